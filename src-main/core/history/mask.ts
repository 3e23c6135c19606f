/**
 * Takes the values of secret variables out of what is kept. They are found in every form that a request writes a text in,
 * and in the credentials of Basic.
 */
import { encodeFormText } from '#contract/model/url-query.ts'

export const MASK = '••••••••'
/** Shorter ones stand everywhere by chance; to mask them would leave nothing to read. */
const SHORTEST_SECRET = 3

/** What a host can hold, and is long enough not to be an everyday word. */
const IN_HOST = /^[\w.-]{6,}$/

export type Mask = (text: string) => string

/** @returns null where there is nothing to mask */
export function maskFor(secrets: readonly string[]): Mask | null {
  const forms = new Set(secrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(writtenForms))
  if (forms.size === 0) return null
  // The longest first: one secret may hold another.
  const ordered = [...forms].sort((a, b) => b.length - a.length)
  const plain: Mask = (text) => ordered.reduce((masked, form) => masked.replaceAll(form, MASK), text)
  return (text) => plain(text.replace(/\bBasic +([A-Za-z0-9+/]{4,}={0,2})/gi, (whole, code: string) => maskedBasic(whole, code, plain)))
}

/** The same data with every text in it masked; ids are no text. */
export function masked<T>(value: T, mask: Mask | null): T {
  // What comes out has the shape of what went in: only the content of strings differs.
  return mask === null ? value : (walk(value, mask) as T)
}

function walk(value: unknown, mask: Mask): unknown {
  if (typeof value === 'string') return mask(value)
  if (Array.isArray(value)) return value.map((item) => walk(item, mask))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === 'bodyId' || key === 'arrivalsId' || key === 'id' ? item : walk(item, mask)]),
  )
}

function maskedBasic(whole: string, code: string, plain: Mask): string {
  const credentials = Buffer.from(code, 'base64').toString('utf8')
  return plain(credentials) === credentials ? whole : `Basic ${MASK}`
}

/** Every way that a request writes a text: as it is, in a URL, in a form, in JSON with and without escapes, and as the bytes of a head. */
function writtenForms(secret: string): string[] {
  const encoded = encodeURIComponent(secret.toWellFormed())
  const json = JSON.stringify(secret).slice(1, -1)
  return [
    // In the host of a URL.
    ...(IN_HOST.test(secret) ? [secret.toLowerCase()] : []),
    secret,
    encoded,
    encoded.replaceAll('%20', '+'),
    encodeFormText(secret),
    json,
    json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    Buffer.from(secret, 'utf8').toString('latin1'),
  ]
}
