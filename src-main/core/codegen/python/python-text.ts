/** Python's way of writing texts: string literals, and expressions of texts that are read from the environment in part. */
import type { Placeholders } from '../placeholders.ts'

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A string literal in double quotes. Lone surrogates stay what they are, as escapes. */
export function pythonString(text: string): string {
  return `"${escaped(text)}"`
}

/** An expression of the text's value: a literal, `os.environ["NAME"]`, or an f-string of both. */
export function pythonText(text: string, placeholders: Placeholders): string {
  const parts = placeholders.parts(text)
  const [first] = parts
  if (parts.every((part) => typeof part === 'string')) return pythonString(text)
  if (parts.length === 1 && typeof first === 'object') return environ(first.env)
  const inner = parts.map((part) =>
    typeof part === 'string' ? escaped(part).replace(/[{}]/g, '$&$&') : `{${environ(part.env).replaceAll('"', "'")}}`,
  )
  return `f"${inner.join('')}"`
}

function environ(name: string): string {
  return `os.environ["${name}"]`
}

function escaped(text: string): string {
  return text.replace(/["\\\n\r\t]|[\u0000-\u001f\u007f\u0080-\u009f\u2028\u2029\ufeff]|[\ud800-\udfff]/gu, (character) => {
    return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
