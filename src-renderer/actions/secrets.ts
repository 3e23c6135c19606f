/**
 * Values of secret variables: kept encrypted on this machine, written with every key typed, read only to be shown. They pass
 * through here and stay nowhere in the window, but for those that cannot be written: until they are.
 */
import type { WireError } from '#contract/errors.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { secretKey, useSecretsStore, type SecretPlace } from '../stores/secrets-store.ts'
import { platform } from './platform-ref.ts'
import { surroundingsMoved } from './preview.ts'
import { rereadVariables } from './variables.ts'

interface Writing {
  /** Typed while the one before was being written; undefined: nothing. */
  next: string | undefined
  readonly done: Promise<void>
}

const writing = new Map<string, Writing>()
/** How often each was written: an answer to what was asked before a write tells nothing of it. */
const writes = new Map<string, number>()

interface Unwritten {
  readonly place: SecretPlace
  readonly name: string
  readonly value: string
}

/** What the disk did not take, by key: tried again until it does, or until something else is typed. */
const unwritten = new Map<string, Unwritten>()
const AGAIN_MS = 10_000
let again: ReturnType<typeof setTimeout> | undefined

/** Find out which of some secrets have a value here. */
export async function readSecretStates(place: SecretPlace, names: readonly string[]): Promise<void> {
  const asked = names.filter((name) => name.trim() !== '')
  if (asked.length === 0) return
  const before = asked.map((name) => writes.get(secretKey(place, name)))
  const listed = await platform().call('secret.list', { ...place, names: [...asked] })
  if (!listed.ok) return tell(listed.error)
  const kept = new Set(listed.value.kept)
  const told = asked.flatMap((name, index) => {
    const key = secretKey(place, name)
    return writing.has(key) || writes.get(key) !== before[index] ? [] : [[key, kept.has(name)] as const]
  })
  useSecretsStore.getState().set(Object.fromEntries(told))
}

/** The value of a secret; null: it has none, or it cannot be read. */
export async function revealSecret(place: SecretPlace, name: string): Promise<string | null> {
  const key = secretKey(place, name)
  await writing.get(key)?.done
  const held = unwritten.get(key)
  if (held) return held.value === '' ? null : held.value
  const read = await platform().call('secret.read', { ...place, name })
  if (read.ok) return read.value.value
  tell(read.error)
  return null
}

/** Keep a value; an empty one takes it away. Of many in a row the last is what is kept. */
export function setSecret(place: SecretPlace, name: string, value: string): Promise<void> {
  const key = secretKey(place, name)
  writes.set(key, (writes.get(key) ?? 0) + 1)
  useSecretsStore.getState().set({ [key]: value !== '' })
  const underWay = writing.get(key)
  if (underWay) {
    underWay.next = value
    return underWay.done
  }
  const one: Writing = { next: value, done: Promise.resolve() }
  const done = writeAll(place, name, one).finally(() => writing.delete(key))
  writing.set(key, Object.assign(one, { done }))
  return done
}

/** Have a secret in another place, or under another name, too. Returns whether there is one. */
export async function copySecret(from: SecretPlace, fromName: string, to: SecretPlace, toName: string): Promise<boolean> {
  const value = await revealSecret(from, fromName)
  if (value === null) return false
  await setSecret(to, toName, value)
  return true
}

/** Have a secret go by another name. */
export async function moveSecret(place: SecretPlace, from: string, to: string): Promise<void> {
  if (await copySecret(place, from, place, to)) await setSecret(place, from, '')
}

async function writeAll(place: SecretPlace, name: string, one: Writing): Promise<void> {
  while (one.next !== undefined) {
    const value = one.next
    one.next = undefined
    const set = await platform().call('secret.set', { ...place, name, value: value === '' ? null : value })
    written({ place, name, value }, set.ok ? null : set.error)
  }
  surroundingsMoved()
  rereadVariables()
}

/** Of a value that is tried again, the failure was told of before. */
function written(one: Unwritten, error: WireError | null): void {
  const key = secretKey(one.place, one.name)
  const isAgain = unwritten.get(key)?.value === one.value
  unwritten.delete(key)
  if (error && !isAgain) tell(error)
  if (error?.kind !== 'StorageError') return
  unwritten.set(key, one)
  clearTimeout(again)
  again = setTimeout(
    () => unwritten.forEach(({ place, name, value }, held) => void (writing.has(held) || setSecret(place, name, value))),
    AGAIN_MS,
  )
}

function tell(error: WireError): void {
  if (error.kind !== 'Unavailable') useAppStore.getState().addNotice(noticeOf(error))
}
