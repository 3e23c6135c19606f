/**
 * Texts that stand for values which code reads from its environment: secrets above all. They are of letters and digits, so
 * that whatever encodes a request leaves them as they are, and are found again in what was made of it.
 */
import { createHash } from 'node:crypto'
import { envNameOf } from '../lib/env-name.ts'

/** A text of which parts are read from the environment when the code runs, or are the Base64 of one that is. */
export type CodeText = readonly CodePart[]
export type CodePart = string | { readonly env: string } | { readonly base64: CodeText }

export interface Placeholders {
  /** The text that stands for a variable's value. */
  readonly of: (name: string) => string
  /** The text that stands for the Base64 of a text with placeholders in it. */
  readonly base64Of: (text: string) => string
  /** A text taken apart at the placeholders in it; no empty parts, and an empty text has none. */
  readonly parts: (text: string) => CodeText
  /** Whether any stands in the text. */
  readonly isIn: (text: string) => boolean
  /** Names of the environment variables that were asked for, in order. */
  readonly names: () => string[]
  /** Those that a text reads. */
  readonly namesIn: (text: string) => string[]
  /** The environment variable of a variable; null: it was not asked for. */
  readonly envOf: (name: string) => string | null
}

/** @param seed the same seed, the same texts: they must not occur in the request by themselves */
export function createPlaceholders(seed: string): Placeholders {
  const mark = `ph${createHash('sha256').update(seed).digest('hex').slice(0, 16)}n`
  const pattern = new RegExp(`${mark}(b?\\d+)z`, 'g')
  const envNames = new Map<string, string>()
  const encoded: string[] = []
  const byIndex = (index: number): string => [...envNames.values()][index] ?? ''
  // What a pattern with one group splits at stands at every second place.
  const parts = (text: string): CodeText =>
    text.split(pattern).flatMap((part, index): CodeText => {
      if (index % 2 === 0) return part === '' ? [] : [part]
      return [part.startsWith('b') ? { base64: parts(encoded[Number(part.slice(1))] ?? '') } : { env: byIndex(Number(part)) }]
    })
  return {
    of: (name) => {
      if (!envNames.has(name)) envNames.set(name, freeEnvName(name, new Set(envNames.values())))
      return `${mark}${[...envNames.keys()].indexOf(name)}z`
    },
    base64Of: (text) => `${mark}b${encoded.push(text) - 1}z`,
    parts,
    isIn: (text) => text.includes(mark),
    names: () => [...envNames.values()],
    namesIn: (text) => namesOf(parts(text)),
    envOf: (name) => envNames.get(name) ?? null,
  }
}

function namesOf(text: CodeText): string[] {
  return text.flatMap((part) => (typeof part === 'string' ? [] : 'env' in part ? [part.env] : namesOf(part.base64)))
}

function freeEnvName(name: string, taken: ReadonlySet<string>): string {
  const wanted = envNameOf(name)
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? wanted : `${wanted}_${number}`
    if (!taken.has(candidate)) return candidate
  }
}
