/** Puts references in the place of values: wherever a text of a document holds one, as it is or encoded for a URL. */

export interface NamedValue {
  readonly name: string
  readonly value: string
}

/** @returns a copy of the same shape; keys and everything that is no text stay */
export function withReferences<T>(document: T, values: readonly NamedValue[]): T {
  // A copy of plain data has its shape, which the type system cannot follow through its keys.
  return mapped(document, values) as T
}

function mapped(value: unknown, values: readonly NamedValue[]): unknown {
  if (typeof value === 'string') return values.reduce(replaced, value)
  if (Array.isArray(value)) return value.map((part) => mapped(part, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapped(part, values)]))
}

function replaced(text: string, { name, value }: NamedValue): string {
  return value === '' ? text : text.replaceAll(value, `{{${name}}}`).replaceAll(encodeURIComponent(value), `{{${name}}}`)
}
