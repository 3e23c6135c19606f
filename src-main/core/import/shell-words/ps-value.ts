/** A value of PowerShell, as `powershell-values.ts` reads it, and what one comes to. */

export type PsValue =
  /** `literal`: a number, `$true`, `$false` or `$null`, which JSON has too. */
  | { readonly kind: 'text'; readonly text: string; readonly line: number; readonly literal?: boolean; readonly isQuoted?: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[]; readonly line: number }
  | { readonly kind: 'hash'; readonly entries: readonly (readonly [string, PsValue])[]; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly PsValue[]; readonly line: number }
  /** A method of a variable (`target`) or of a type. */
  | {
      readonly kind: 'call'
      readonly target: string | null
      readonly name: string
      readonly args: readonly PsValue[]
      readonly line: number
    }
  | { readonly kind: 'command'; readonly words: readonly PsValue[]; readonly line: number }

/** The text of a value that is one; null for others. */
export function textOf(value: PsValue | undefined): string | null {
  return value?.kind === 'text' ? value.text : null
}

/** `[Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes("…"))`, as scripts make a Basic header. */
export function base64Of(name: string, [bytes]: readonly PsValue[]): string | null {
  if (!/^\[(?:System\.)?Convert\]::ToBase64String$/i.test(name) || bytes?.kind !== 'call') return null
  const text = /::(?:UTF8|ASCII|Default)\.GetBytes$/i.test(bytes.name) ? textOf(bytes.args[0]) : null
  return text === null || text.includes('{{') ? null : Buffer.from(text, 'utf8').toString('base64')
}

/** Texts with `+` between them as one. */
export function joinedTexts(words: readonly PsValue[]): string | null {
  if (words.length < 3 || words.length % 2 === 0) return null
  const isJoined = words.every((word, index) => (index % 2 === 1 ? textOf(word) === '+' : textOf(word) !== null))
  return isJoined ? words.map((word, index) => (index % 2 === 1 ? '' : (textOf(word) ?? ''))).join('') : null
}
