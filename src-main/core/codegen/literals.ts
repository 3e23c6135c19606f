/** How a language writes a text of which parts come from the environment. */
import type { CodePart, CodeText, Placeholders } from './placeholders.ts'

export interface LiteralRules {
  /** A string literal. */
  readonly quote: (text: string) => string
  /** An expression for the value of an environment variable, as a text. */
  readonly env: (name: string) => string
  /** An expression for all of these, one after the other. */
  readonly join: (expressions: readonly string[]) => string
  /** An expression for the Base64 of the UTF-8 of one; absent: the language is given names and passwords as they are. */
  readonly base64?: (expression: string) => string
}

/** How a text of the request is written as an expression. */
export type Text = (value: string) => string

/** @returns what writes any text of the request as an expression */
export function literals(placeholders: Placeholders, { quote, env, join, base64 }: LiteralRules): Text {
  const partCode = (part: CodePart): string => {
    if (typeof part === 'string') return quote(part)
    if ('env' in part) return env(part.env)
    if (!base64) throw new Error('The language has no Base64.')
    return base64(code(part.base64))
  }
  const code = (text: CodeText): string => {
    const parts = text.map(partCode)
    const [first] = parts
    if (first === undefined) return quote('')
    return parts.length === 1 ? first : join(parts)
  }
  // Lone surrogates are no text: what is sent has U+FFFD for them.
  return (text) => code(placeholders.parts(text.toWellFormed()))
}

/** As `literals`, for a URL, in which a value has to be encoded. @param encode wraps an expression of a text */
export function addressLiterals(placeholders: Placeholders, rules: LiteralRules, encode: (expression: string) => string): Text {
  return literals(placeholders, { ...rules, env: (name) => encode(rules.env(name)) })
}

export const plus = (expressions: readonly string[]): string => expressions.join(' + ')

const C_ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Characters that turn the text after them round, so that code looks like other code. In a class of a regular expression. */
export const BIDI = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069'
const ESCAPED = new RegExp(`["\\\\$#\\p{Cc}\\u2028\\u2029\\ufeff\\p{Cs}${BIDI}]`, 'gu')

/** A literal in double quotes with the escapes that C, Java, Go, C#, Swift and Kotlin share. @param also further characters to escape */
export function cString(text: string, also: Readonly<Record<string, string>> = {}, unicode = javaUnicode): string {
  const inner = text.replace(ESCAPED, (character) => {
    const known = also[character] ?? C_ESCAPES[character]
    if (known !== undefined) return known
    return /[$#]/.test(character) ? character : unicode(character.charCodeAt(0))
  })
  return `"${inner}"`
}

export function javaUnicode(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`
}

/** As Swift, Rust and Ruby have it. */
export function bracedUnicode(code: number): string {
  return `\\u{${code.toString(16)}}`
}

/** A literal in single quotes, in which only a quote and a backslash are escaped, as PHP and R have it. */
export function singleQuoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`
}

/** Lines, indented. */
export function indented(lines: readonly string[], by: string): string[] {
  return lines.map((line) => (line === '' ? line : by + line))
}

/** Lines as a text that ends with a line break. */
export function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
