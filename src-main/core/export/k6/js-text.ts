/** JavaScript of a k6 script: texts with references as template literals over `vars`. */
import { partsOf } from '../references.ts'

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
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)
}

/** In single quotes, as people write it. */
export function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inside.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}

function templateText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll('\r', '\\r')
}

/** The lines, each two spaces further in; what is inside a template must not be. */
export function indented(lines: readonly string[], by = '  '): string[] {
  return lines.map((line) => (line === '' ? line : by + line))
}
