/** Arguments of programs that follow GNU's conventions: `--name value`, `--name=value`, letters that stand together. */
import type { Word } from '../shell-words/shell-text.ts'

export interface OptionTable {
  /** Names of options that take a value. */
  readonly valued: ReadonlySet<string>
  readonly flags: ReadonlySet<string>
  readonly shorts: Readonly<Record<string, string>>
}

export type ReadWord =
  | { readonly kind: 'option'; readonly name: string; readonly value: string; readonly line: number }
  | { readonly kind: 'unknown'; readonly name: string; readonly line: number }
  | { readonly kind: 'word'; readonly text: string; readonly line: number }

export function names(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/))
}

/** What each word is, in order. A beginning that only one option has stands for it. */
export function readOptions(words: readonly Word[], table: OptionTable): ReadWord[] {
  const found: ReadWord[] = []
  const rest = [...words].reverse()
  const value = (): string => rest.pop()?.text ?? ''
  let takesOptions = true
  for (let word = rest.pop(); word; word = rest.pop()) {
    const { text, line } = word
    if (!takesOptions || !/^-./.test(text)) found.push({ kind: 'word', text, line })
    else if (text === '--') takesOptions = false
    else if (text.startsWith('--')) {
      const equals = text.indexOf('=')
      const name = fullName(text.slice(2, equals < 0 ? undefined : equals), table)
      if (name === null) found.push({ kind: 'unknown', name: text.slice(0, equals < 0 ? undefined : equals), line })
      else if (!table.valued.has(name)) found.push({ kind: 'option', name, value: '', line })
      else found.push({ kind: 'option', name, value: equals < 0 ? value() : text.slice(equals + 1), line })
    } else found.push(...letters(text.slice(1), line, table, value))
  }
  return found
}

function letters(text: string, line: number, { valued, shorts }: OptionTable, value: () => string): ReadWord[] {
  const found: ReadWord[] = []
  let at = 0
  while (at < text.length) {
    // wget has options of two letters, such as -nv.
    const two = text.slice(at, at + 2)
    const key = two.length === 2 && Object.hasOwn(shorts, two) ? two : (text[at] ?? '')
    const name = Object.hasOwn(shorts, key) ? shorts[key] : undefined
    at += key.length
    if (name === undefined) found.push({ kind: 'unknown', name: `-${key}`, line })
    else if (valued.has(name)) {
      const glued = text.slice(at).replace(/^=/, '')
      found.push({ kind: 'option', name, value: at < text.length ? glued : value(), line })
      break
    } else found.push({ kind: 'option', name, value: '', line })
  }
  return found
}

function fullName(name: string, { valued, flags }: OptionTable): string | null {
  if (valued.has(name) || flags.has(name)) return name
  const likely = [...valued, ...flags].filter((one) => one.startsWith(name))
  return likely.length === 1 ? (likely[0] ?? null) : null
}
