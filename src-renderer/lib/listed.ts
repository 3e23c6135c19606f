/** Things named one after another, as the window's language writes them. What is data, a header say, keeps its commas. */
import { localeOfTexts } from './t.ts'

/** `a, b, c`; in Chinese `a、b、c`. */
export function listed(items: readonly string[]): string {
  return listFormat('narrow').format(items)
}

/** `a, b and c`; in Chinese `a、b和c`. */
export function listedWithAnd(items: readonly string[]): string {
  return listFormat('long').format(items)
}

const formats = new Map<string, Intl.ListFormat>()

function listFormat(style: 'narrow' | 'long'): Intl.ListFormat {
  const key = `${localeOfTexts()} ${style}`
  const format = formats.get(key) ?? new Intl.ListFormat(localeOfTexts(), { style })
  formats.set(key, format)
  return format
}
