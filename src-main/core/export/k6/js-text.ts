/** JavaScript of a k6 script: texts with references as template literals over `vars`. */
import { partsOf } from '../references.ts'

const UNSEEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** Dynamic values that a script makes itself, by what stands for them. */
export const DYNAMIC: Readonly<Record<string, string>> = {
  $uuid: 'uuid()',
  $guid: 'uuid()',
  $randomUUID: 'uuid()',
  $timestamp: 'Math.floor(Date.now() / 1000)',
  $timestampMs: 'Date.now()',
  $isoTimestamp: 'new Date().toISOString()',
  $isoDate: 'new Date().toISOString().slice(0, 10)',
  $randomInt: 'Math.floor(Math.random() * 1001)',
  $randomFloat: '(Math.random() * 1000).toFixed(2)',
  $randomBoolean: '(Math.random() < 0.5)',
}

/** A literal of the text; of one with references a template. @param encode what is put around each value */
export function jsText(text: string, encode = ''): string {
  const parts = partsOf(text)
  if (parts.every((part) => typeof part === 'string') && !text.includes('\n')) return quoted(text)
  const [only] = parts
  if (parts.length === 1 && only !== undefined && typeof only !== 'string' && encode === '') return `String(${jsValue(only.name)})`
  return `\`${parts.map((part) => (typeof part === 'string' ? templateText(part) : `\${${encode === '' ? jsValue(part.name) : `${encode}(${jsValue(part.name)})`}}`)).join('')}\``
}

export function jsValue(name: string): string {
  if (Object.hasOwn(DYNAMIC, name)) return DYNAMIC[name] ?? ''
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `vars.${name}` : `vars[${quoted(name)}]`
}

export function jsKey(name: string): string {
  if (name === '__proto__') return "['__proto__']" // else it would be no key
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)
}

/** In single quotes, as people write it. */
export function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${unseenEscaped(inside)}'`
}

/** The name of a check or of a group, in which k6 takes no `::`. */
export function nameText(name: string): string {
  return quoted(name.replaceAll('::', ': :'))
}

function templateText(text: string): string {
  return unseenEscaped(text.toWellFormed().replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll('\r', '\\r'))
}

/** Line breaks that some readers do not take for any, and what turns text round. A line feed stays. */
function unseenEscaped(code: string): string {
  return code.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The lines, each two spaces further in; what is inside a template must not be. */
export function indented(lines: readonly string[], by = '  '): string[] {
  return lines.map((line) => (line === '' ? line : by + line))
}
