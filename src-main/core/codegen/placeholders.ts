/**
 * Texts that stand for values which code reads from its environment: secrets above all. They are of letters and digits, so
 * that whatever encodes a request leaves them as they are, and are found again in what was made of it.
 */
import { createHash } from 'node:crypto'
import { envNameOf } from '../lib/env-name.ts'

/** A text of which parts are read from the environment when the code runs, or are the Base64 of one that is. */
export type CodeText = readonly CodePart[]
export type CodePart =
  | string
  /** `isOwn`: a variable that the code itself has set before. */
  | { readonly env: string; readonly isOwn?: true }
  | { readonly base64: CodeText }

export interface Placeholders {
  /** The text that stands for a variable's value. */
  readonly of: (name: string) => string
  /** The text that stands for what the code takes from an answer; another variable than one of that name that it is given. */
  readonly ofOwn: (name: string) => string
  /** The text that stands for the Base64 of a text with placeholders in it. */
  readonly base64Of: (text: string) => string
  /** A text taken apart at the placeholders in it; no empty parts, and an empty text has none. */
  readonly parts: (text: string) => CodeText
  /** Whether any stands in the text. */
  readonly isIn: (text: string) => boolean
  /** Names of the environment variables that were asked for, in order. */
  readonly names: () => string[]
  /** Those that a text reads; what the code itself has set is none. */
  readonly namesIn: (text: string) => string[]
  /** The environment variable of a variable; null: it was not asked for. */
  readonly envOf: (name: string) => string | null
}

/** @param seed the same seed, the same texts: they must not occur in the request by themselves */
export function createPlaceholders(seed: string): Placeholders {
  const mark = `ph${createHash('sha256').update(seed).digest('hex').slice(0, 16)}n`
  const pattern = new RegExp(`${mark}(b?\\d+)z`, 'g')
  const envNames = new Map<string, string>()
  const own = new Set<string>()
  const encoded: string[] = []
  const byIndex = (index: number): CodePart => {
    const env = [...envNames.values()][index] ?? ''
    return own.has(env) ? { env, isOwn: true } : { env }
  }
  // A variable's name has no line breaks.
  const ownKey = (name: string): string => `${name}\n`
  const markOf = (key: string, name: string): string => {
    if (!envNames.has(key)) envNames.set(key, freeEnvName(name, new Set(envNames.values())))
    return `${mark}${[...envNames.keys()].indexOf(key)}z`
  }
  // What a pattern with one group splits at stands at every second place.
  const parts = (text: string): CodeText =>
    text.split(pattern).flatMap((part, index): CodeText => {
      if (index % 2 === 0) return part === '' ? [] : [part]
      return [part.startsWith('b') ? { base64: parts(encoded[Number(part.slice(1))] ?? '') } : byIndex(Number(part))]
    })
  return {
    of: (name) => markOf(name, name),
    ofOwn: (name) => {
      const text = markOf(ownKey(name), name)
      own.add(envNames.get(ownKey(name)) ?? '')
      return text
    },
    base64Of: (text) => `${mark}b${encoded.push(text) - 1}z`,
    parts,
    isIn: (text) => text.includes(mark),
    names: () => [...envNames.values()].filter((name) => !own.has(name)),
    namesIn: (text) => namesOf(parts(text)),
    envOf: (name) => envNames.get(name) ?? null,
  }
}

function namesOf(text: CodeText): string[] {
  return text.flatMap((part) => (typeof part === 'string' ? [] : 'env' in part ? (part.isOwn ? [] : [part.env]) : namesOf(part.base64)))
}

function freeEnvName(name: string, taken: ReadonlySet<string>): string {
  const wanted = envNameOf(name)
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? wanted : `${wanted}_${number}`
    if (!taken.has(candidate)) return candidate
  }
}
