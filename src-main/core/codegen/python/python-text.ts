/**
 * Python's way of writing texts: string literals in the quotes that black chooses, and f-strings of texts that are read
 * from the environment in part.
 */
import type { CodeText } from '../placeholders.ts'

/** A part of a text: as it is, or an expression, which is told the quotes that it may use. */
export type TextPart = string | ((quote: '"' | "'") => string)

type Delimiter = '"' | "'" | '"""'

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
/** ASCII that needs no escape in double quotes, as most texts are. */
const IS_PLAIN = /^[ !#-[\]-~]*$/
/** What cannot be seen, or makes what stands around it look like something else. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\ufff9-\uffff]|[\ud800-\udfff]/gu

/** A string literal. Lone surrogates stay what they are, as escapes. */
export function pythonString(text: string): string {
  return IS_PLAIN.test(text) ? `"${text}"` : pythonText([text])
}

/** An expression of a text: a literal, the one expression that it is made of, or an f-string. */
export function pythonText(parts: readonly TextPart[]): string {
  const [first] = parts
  if (parts.length === 1 && typeof first === 'function') return first('"')
  const delimiter = quotesFor(parts)
  return `${isFormatted(parts) ? 'f' : ''}${delimiter}${written(parts, delimiter)}${delimiter}`
}

/**
 * A text of several lines as it is laid out, in triple quotes; null where that would not be the very text, or is no help:
 * one line, or carriage returns.
 */
export function pythonLines(parts: readonly TextPart[]): string | null {
  const literal = parts.map((part) => (typeof part === 'string' ? part : 'x')).join('')
  if (!/\n[^\n]/.test(literal) || literal.includes('\r') || literal.includes('"""') || literal.endsWith('"')) return null
  return `${isFormatted(parts) ? 'f' : ''}"""${written(parts, '"""')}"""`
}

/** `os.environ["NAME"]` for each part that is read from the environment. */
export function environParts(text: CodeText): TextPart[] {
  return text.map((part) => {
    if (typeof part === 'string') return part
    // Not in an f-string: another within it would need Python 3.12.
    if ('base64' in part) return () => `base64.b64encode(${pythonText(environParts(part.base64))}.encode()).decode()`
    if (part.isOwn === true) return () => ownName(part.env)
    return (quote) => `os.environ[${quote}${part.env}${quote}]`
  })
}

/** Words and built-in functions of Python, and the names that scripts have for what is theirs. */
const TAKEN: ReadonlySet<string> = new Set(
  (
    'false none true and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield match case type print open str id input len list dict set ' +
    'next hash max min sum all any map filter range format object property vars bytes ' +
    'os requests quote quote_plus response session adapter body query encoder file saved chunk'
  ).split(' '),
)

/** The variable of what a script took from an answer. */
export function ownName(env: string): string {
  const name = env.toLowerCase()
  return TAKEN.has(name) || /^(?:session|adapter|file)_?\d+$/.test(name) ? `${name}_value` : name
}

function isFormatted(parts: readonly TextPart[]): boolean {
  return parts.some((part) => typeof part !== 'string')
}

/** As black: double quotes, unless they would take more backslashes. */
function quotesFor(parts: readonly TextPart[]): '"' | "'" {
  const literal = parts.filter((part) => typeof part === 'string').join('')
  const count = (quote: string): number => literal.split(quote).length - 1
  return count('"') > count("'") ? "'" : '"'
}

function written(parts: readonly TextPart[], delimiter: Delimiter): string {
  const isFString = isFormatted(parts)
  return parts
    .map((part) => {
      // An expression in an f-string holds other quotes than those around it (before Python 3.12).
      if (typeof part !== 'string') return `{${part(delimiter === '"' ? "'" : '"')}}`
      const literal = escaped(part, delimiter)
      return isFString ? literal.replace(/[{}]/g, '$&$&') : literal
    })
    .join('')
}

function escaped(text: string, delimiter: Delimiter): string {
  const kept = delimiter === '"""' ? '\n' : ''
  return text
    .replaceAll('\\', '\\\\')
    .replace(UNSEEN, (character) => (character === kept ? character : (ESCAPES[character] ?? codeOf(character))))
    .replaceAll(delimiter, `\\${delimiter}`)
}

function codeOf(character: string): string {
  const code = character.charCodeAt(0).toString(16)
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`
}
