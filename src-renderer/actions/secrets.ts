/**
 * Values of secret variables: kept encrypted on this machine, written with every key typed, read only to be shown. They pass
 * through here and stay nowhere in the window.
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
  await writing.get(secretKey(place, name))?.done
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
    if (!set.ok) tell(set.error)
  }
  surroundingsMoved()
  rereadVariables()
}

function tell(error: WireError): void {
  if (error.kind !== 'Unavailable') useAppStore.getState().addNotice(noticeOf(error))
}
