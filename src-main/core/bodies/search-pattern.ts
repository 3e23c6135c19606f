/**
 * What is looked for, made ready to be looked for: plain text or a regular expression, with or without its case, in whole
 * words. Where it is looked for is the caller's.
 */
import type { TextQuery } from '#contract/model/body-search.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'

export interface Span {
  readonly start: number
  /** Behind the last unit. */
  readonly end: number
}

export interface Matcher {
  /** Cannot match over a line break, so that many lines may be searched at once. */
  readonly isPlain: boolean
  /** Is the same in the bytes of UTF-8 as in the text, and looks at nothing beside a match. */
  readonly isBytewise: boolean
  /** Of what is plain: how many units every match has. */
  readonly length: number
  /** The next match that begins at `from` or later; never empty. */
  readonly next: (text: string, from: number) => Span | null
}

/** @throws {CoreError} `InvalidOption`: not a regular expression */
export function matcherOf({ text, matchCase, wholeWord, regex }: TextQuery): Matcher {
  const flags = matchCase ? 'g' : 'gi'
  const pattern = regex ? expressionOf(text, flags) : new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags)
  const next = (within: string, from: number): Span | null => {
    pattern.lastIndex = from
    for (let found = pattern.exec(within); found !== null; found = pattern.exec(within)) {
      const span = { start: found.index, end: found.index + found[0].length }
      if (span.end === span.start) pattern.lastIndex = span.end + ((within.codePointAt(span.end) ?? 0) > 0xffff ? 2 : 1)
      else if (!wholeWord || isWhole(within, span)) return span
    }
    return null
  }
  return { isPlain: !regex, isBytewise: !regex && !wholeWord && /^[\x20-\x7e]+$/.test(text), length: text.length, next }
}

/** Characters as wholes where the expression allows it, else as JavaScript takes it without the `u` flag. */
function expressionOf(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `${flags}u`)
  } catch {
    try {
      return new RegExp(source, flags)
    } catch (error) {
      const reason = messageOf(error).replace(/^Invalid regular expression: \/.*\/[a-z]*: /s, '')
      throw new CoreError('InvalidOption', 'call', `Not a regular expression: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}.`, {
        cause: error,
      })
    }
  }
}

/** Whether a match neither begins nor ends within a word. */
function isWhole(text: string, { start, end }: Span): boolean {
  return !(isWordBefore(text, start) && isWordAt(text, start)) && !(isWordBefore(text, end) && isWordAt(text, end))
}

const WORD = /^[\p{L}\p{N}\p{M}_]/u

function isWordAt(text: string, index: number): boolean {
  const code = text.codePointAt(index)
  return code !== undefined && WORD.test(String.fromCodePoint(code))
}

function isWordBefore(text: string, index: number): boolean {
  const isLow = (text.charCodeAt(index - 1) & 0xfc00) === 0xdc00
  return index > 0 && isWordAt(text, index - (isLow && index > 1 ? 2 : 1))
}
