/**
 * Request items of HTTPie: `Name:value`, `name==value`, `name=value`, `name:=json`, `name@file` and their kin. The first
 * separator decides, of several at one place the longest; a backslash takes its meaning from a character.
 *
 * @see https://httpie.io/docs/cli/request-items
 */

export const SEPARATORS = [':=@', '==@', ':@', '=@', ':=', '==', ':', ';', '=', '@'] as const
export type Separator = (typeof SEPARATORS)[number]

export interface Item {
  readonly name: string
  readonly separator: Separator
  readonly value: string
  readonly line: number
}

/** @returns null for a word that is no item */
export function itemOf(text: string, line: number): Item | null {
  let name = ''
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? ''
    const next = text[at + 1] ?? ''
    if (char === '\\' && next !== '') {
      // In front of brackets the backslash stays, for the path of the field to read.
      name += /[:;=@]/.test(next) ? next : char + next
      at += 1
      continue
    }
    const separator = SEPARATORS.find((one) => text.startsWith(one, at))
    const isEmpty = separator === ';' && at < text.length - 1
    if (separator !== undefined && !isEmpty) return { name, separator, value: plain(text.slice(at + separator.length)), line }
    name += char
  }
  return null
}

function plain(text: string): string {
  return text.replace(/\\([:;=@])/g, '$1')
}
