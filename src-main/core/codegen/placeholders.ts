/**
 * Texts that stand for values which code reads from its environment: secrets above all. They are of letters and digits, so
 * that whatever encodes a request leaves them as they are, and are found again in what was made of it.
 */
import { createHash } from 'node:crypto'
import { envNameOf } from '../lib/env-name.ts'

/** A text of which parts are read from the environment when the code runs. */
export type CodeText = readonly (string | { readonly env: string })[]

export interface Placeholders {
  /** The text that stands for a variable's value. */
  readonly of: (name: string) => string
  /** A text taken apart at the placeholders in it; no empty parts, and an empty text has none. */
  readonly parts: (text: string) => CodeText
  /** Whether any stands in the text. */
  readonly isIn: (text: string) => boolean
  /** Names of the environment variables that were asked for, in order. */
  readonly names: () => string[]
}

/** @param seed the same seed, the same texts: they must not occur in the request by themselves */
export function createPlaceholders(seed: string): Placeholders {
  const mark = `ph${createHash('sha256').update(seed).digest('hex').slice(0, 16)}n`
  const pattern = new RegExp(`${mark}(\\d+)z`, 'g')
  const envNames = new Map<string, string>()
  const byIndex = (index: number): string => [...envNames.values()][index] ?? ''
  return {
    of: (name) => {
      if (!envNames.has(name)) envNames.set(name, freeEnvName(name, new Set(envNames.values())))
      return `${mark}${[...envNames.keys()].indexOf(name)}z`
    },
    // What a pattern with one group splits at stands at every second place.
    parts: (text) =>
      text.split(pattern).flatMap((part, index): CodeText => {
        if (index % 2 === 1) return [{ env: byIndex(Number(part)) }]
        return part === '' ? [] : [part]
      }),
    isIn: (text) => text.includes(mark),
    names: () => [...envNames.values()],
  }
}

function freeEnvName(name: string, taken: ReadonlySet<string>): string {
  const wanted = envNameOf(name)
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? wanted : `${wanted}_${number}`
    if (!taken.has(candidate)) return candidate
  }
}
