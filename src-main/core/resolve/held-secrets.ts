/** Values of secrets in texts: finding them, and putting `{{name}}` in their place. */
import type { Origin } from '#contract/model/origin.ts'

/** A secret variable that has a value on this machine. */
export interface KnownSecret {
  readonly name: string
  readonly origin: Origin
  readonly value: string
}

/** A shorter value is found in too many texts that are not meant. */
const MIN_LENGTH_WITHIN = 8
/** Shorter still, it is not even looked for as a whole text. */
const MIN_LENGTH = 4

/** Those of which a text of the value holds the value. */
export function secretsIn(value: unknown, secrets: readonly KnownSecret[]): KnownSecret[] {
  // Most requests have none around them, and every text of them would be gathered for nothing.
  if (secrets.length === 0) return []
  const texts = [...textsIn(value)]
  return secrets.filter((secret) => texts.some((text) => holds(text, secret.value)))
}

/** As it is, or as it stands in a URL or a form. */
function holds(text: string, secret: string): boolean {
  if (secret.length < MIN_LENGTH) return false
  if (secret.length < MIN_LENGTH_WITHIN) return text === secret
  return text.includes(secret) || text.includes(encodeURIComponent(secret))
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsIn(part)
}

/** Puts `{{name}}` in the place of each value that a save would be refused for, wherever a text holds it. */
export function withReferences<T>(value: T, secrets: readonly KnownSecret[]): T {
  // A longer one first, in case it holds another.
  return mapped(
    value,
    secretsIn(value, secrets).toSorted((a, b) => b.value.length - a.value.length),
  )
}

function mapped<T>(value: T, secrets: readonly KnownSecret[]): T {
  // A copy of plain data has its shape, which the type system cannot follow through its keys.
  if (typeof value === 'string') return secrets.reduce<string>(replaced, value) as T
  if (Array.isArray(value)) return value.map((part: unknown) => mapped(part, secrets)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapped<unknown>(part, secrets)])) as T
}

function replaced(text: string, { name, value }: KnownSecret): string {
  if (!holds(text, value)) return text
  return text.replaceAll(value, `{{${name}}}`).replaceAll(encodeURIComponent(value), `{{${name}}}`)
}
