/**
 * Paths into a JSON text as JSONPath writes them: the one normalized form, which names exactly one place, and the short
 * one people read. Finding what a path leads to is core's; both ends write paths, so the writing is here.
 *
 * @see RFC 9535 §2.5.1.1 (shorthand names), §2.7 (normalized paths)
 */

/** One step down: the name of a member or the index of an item, from 0. */
export type JsonStep = string | number

/**
 * The normalized path, such as `$['items'][0]['id']`. The RFC has no way to write half of a surrogate pair; it is written
 * as its escape, `\ud83d`, which a reader of JSON strings knows.
 */
export function normalizedJsonPath(steps: readonly JsonStep[]): string {
  return `$${steps.map(bracketed).join('')}`
}

/** The same path with `.name` wherever a name is letters, digits and `_`: `$.items[0].id`, `$['two words']`. */
export function shortJsonPath(steps: readonly JsonStep[]): string {
  return `$${steps.map((step) => (typeof step === 'string' && PLAIN_NAME.test(step) ? `.${step}` : bracketed(step))).join('')}`
}

/** Fewer than the RFC lets stand behind a dot: not those that cannot be seen or told apart, such as spaces beyond ASCII. */
const PLAIN_NAME = /^[\p{L}_][\p{L}\p{Nd}_]*$/u

function bracketed(step: JsonStep): string {
  return typeof step === 'number' ? `[${step}]` : `['${step.replaceAll(TO_ESCAPE, escaped)}']`
}

// With the `u` flag a pair is one character, so that only lone halves are matched here.
const TO_ESCAPE = /['\\\p{Cc}\p{Cs}]/gu

const ESCAPES: Readonly<Record<string, string>> = {
  "'": "\\'",
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function escaped(character: string): string {
  const code = character.charCodeAt(0)
  // What is a control character only beyond ASCII must stand as it is.
  if (code >= 0x7f && code < 0xd800) return character
  return ESCAPES[character] ?? `\\u${code.toString(16).padStart(4, '0')}`
}
