/**
 * What an assertion compares with, from its text, as Bruno reads it: numbers, `true`, `false`, `null` and `undefined` are
 * themselves, a text in quotes is that text, anything else is a text as it stands; lists and objects in JSON are themselves, too.
 */
import { parseLosslessJson } from '../bodies/lossless-json.ts'
import { known, type Known } from './value.ts'

export interface Expected extends Known {
  /** As typed, without space around it and without quotes. */
  readonly text: string
}

const WORDS: Readonly<Record<string, boolean | null | undefined>> = { true: true, false: false, null: null, undefined }
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$|^0[xX][\da-fA-F]{1,13}$/

export function expectedOf(typed: string): Expected {
  const text = typed.trim()
  if (Object.hasOwn(WORDS, text)) return { ...known(WORDS[text]), text }
  const quoted = unquoted(text)
  if (quoted !== null) return { ...known(quoted), text: quoted }
  if (NUMBER.test(text)) return { ...known(Number(text), text), text }
  if (/^[[{]/.test(text)) {
    const json = parseLosslessJson(text)
    if (json.kind === 'json' && json.several === null) return { ...known(json.root, text), text }
  }
  return { ...known(text), text }
}

/** The values of `in` and `between`: `[1, 2]` or `1, 2`, parted at commas that are in no quotes and no brackets. */
export function expectedList(typed: string): Expected[] {
  const text = typed.trim()
  const inside = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
  return parted(inside).map(expectedOf)
}

/** The pattern of `matches`: `/…/flags`, or the expression itself. */
export function patternOf(typed: string): { readonly pattern: string; readonly flags: string } {
  const found = /^\/(.*)\/([dgimsuvy]*)$/s.exec(typed.trim())
  return found ? { pattern: found[1] ?? '', flags: found[2] ?? '' } : { pattern: typed.trim(), flags: '' }
}

function unquoted(text: string): string | null {
  const quote = text.charAt(0)
  if (text.length < 2 || (quote !== '"' && quote !== "'") || !text.endsWith(quote)) return null
  return text.slice(1, -1)
}

function parted(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if ((character === '"' || character === "'") && text.slice(start, at).trim() === '') quote = character
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    else if (character === ',' && depth <= 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim())
}
