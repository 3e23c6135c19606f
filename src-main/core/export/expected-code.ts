/** What an assertion compares with, as JavaScript; values that hold references are texts that are made when the script runs. */
import { REFERENCE } from '../prepare/references.ts'
import { expectedList, expectedOf, type Expected } from '../checks/expected.ts'

/** How a program's script writes a text with references in it. */
export type TextCode = (text: string) => string

/** @returns null for `undefined`, which no text stands for */
export function valueCode(typed: string, isText: boolean, textCode: TextCode): string | null {
  return codeOf(expectedOf(typed), isText, textCode)
}

/** The values of `in` and `between`. */
export function valueCodes(typed: string, isText: boolean, textCode: TextCode): (string | null)[] {
  return expectedList(typed).map((one) => codeOf(one, isText, textCode))
}

/** As a number; null where it is none. */
export function numberCode(typed: string, textCode: TextCode): string | null {
  return numberOf(expectedOf(typed), textCode)
}

/** The two ends of `between`; null where they are none. */
export function endCodes(typed: string, textCode: TextCode): readonly [low: string, high: string] | null {
  const [low, high, ...more] = expectedList(typed).map((one) => numberOf(one, textCode))
  return low && high && more.length === 0 ? [low, high] : null
}

/** What is looked for in a text: without quotes around it. */
export function partCode(typed: string, textCode: TextCode): string {
  return textCode(expectedOf(typed).text)
}

export function hasReference(text: string): boolean {
  return text.search(REFERENCE) >= 0
}

function codeOf({ value, text }: Expected, isText: boolean, textCode: TextCode): string | null {
  if (isText || typeof value === 'string' || hasReference(text)) return textCode(text)
  return value === undefined ? null : JSON.stringify(value)
}

function numberOf({ value, text }: Expected, textCode: TextCode): string | null {
  if (hasReference(text)) return `Number(${textCode(text)})`
  return typeof value === 'number' ? String(value) : null
}
