/**
 * Cookies as a JSON list, as the extensions EditThisCookie and Cookie-Editor write it; and what Playwright, Selenium,
 * Puppeteer and our own files call the same things.
 */
import { z } from 'zod'
import { jsonFault, jsonFaultWords } from '#contract/json-text.ts'
import type { CookieFields, ImportProblem, KeptCookie } from '#contract/model/cookie.ts'
import { isoOf, type ReadCookie, type ReadCookies } from './cookies-txt.ts'

const text = z.string().max(65_536)
const date = z.union([z.number(), text]).nullish()

const EntrySchema = z.object({
  name: text.optional(),
  /** What our own jars call the name. */
  key: text.optional(),
  value: text,
  domain: text.optional(),
  host: text.optional(),
  hostOnly: z.boolean().nullish(),
  path: text.nullish(),
  secure: z.boolean().nullish(),
  httpOnly: z.boolean().nullish(),
  session: z.boolean().nullish(),
  sameSite: z.unknown().optional(),
  /** Seconds since 1970, whole or not. */
  expirationDate: date,
  /** Seconds (Playwright: -1 for none), or a date in words. */
  expires: date,
  expiry: date,
  rawValue: text.optional(),
})
type Entry = z.infer<typeof EntrySchema>

/** Read a list of cookies, or an object that has one under `cookies`. */
export function readCookiesJson(source: string): ReadCookies {
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch {
    // The parser's own message quotes the text, and with it a value.
    const fault = jsonFault(source)
    return none(fault ? `This is no JSON. ${jsonFaultWords(fault)}` : 'This is no JSON.')
  }
  const list = listOf(value)
  if (list === null) return none('This JSON holds no list of cookies.')
  const cookies: ReadCookie[] = []
  const problems: ImportProblem[] = []
  for (const [index, item] of list.entries()) {
    const read = cookieOfEntry(item)
    if (typeof read === 'string') problems.push({ at: index + 1, unit: 'entry', message: read })
    else cookies.push({ at: index + 1, ...read })
  }
  return { unit: 'entry', cookies, problems }
}

function none(message: string): ReadCookies {
  return { unit: 'entry', cookies: [], problems: [{ at: null, unit: 'entry', message }] }
}

function listOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as readonly unknown[]
  if (typeof value !== 'object' || value === null) return null
  if ('cookies' in value) return Array.isArray(value.cookies) ? (value.cookies as readonly unknown[]) : null
  // One cookie, copied out of a list.
  return 'value' in value ? [value] : null
}

function cookieOfEntry(item: unknown): Omit<ReadCookie, 'at'> | string {
  const parsed = EntrySchema.safeParse(item)
  if (!parsed.success) {
    const key = parsed.error.issues[0]?.path.join('.') ?? ''
    return key === '' ? 'It is no object.' : `Its “${key}” is missing or not of the right kind.`
  }
  const entry = parsed.data
  const name = entry.name ?? entry.key
  const domain = entry.domain ?? entry.host
  if (name === undefined) return 'Its “name” is missing.'
  if (domain === undefined) return 'Its “domain” is missing.'
  const expires = expiryOf(entry)
  if (expires === undefined) return 'Its date of expiry is no date.'
  const fields: CookieFields = {
    name,
    value: entry.value,
    domain: domain.replace(/^\./, ''),
    hostOnly: entry.hostOnly ?? !domain.startsWith('.'),
    path: entry.path ?? '/',
    expires,
    secure: entry.secure ?? false,
    httpOnly: entry.httpOnly ?? false,
    sameSite: sameSiteOf(entry.sameSite),
  }
  return { fields, ...(entry.rawValue !== undefined && { rawValue: entry.rawValue }) }
}

/** Null: until the session ends. Undefined: what is there is no date. */
function expiryOf({ session, expirationDate, expires, expiry }: Entry): string | null | undefined {
  const given = expirationDate ?? expires ?? expiry ?? null
  if (session === true || given === null || given === '' || given === 'Infinity' || given === 'Session') return null
  const number = Number(given)
  if (Number.isNaN(number)) {
    const time = Date.parse(String(given))
    return Number.isNaN(time) ? undefined : isoOf(time)
  }
  // Seconds that large would be of the year 5138: they are milliseconds.
  return number <= 0 ? null : isoOf(number > 1e11 ? number : number * 1000)
}

/** `no_restriction` and `unspecified` are what Chromium's extensions say. */
function sameSiteOf(value: unknown): CookieFields['sameSite'] {
  const word = typeof value === 'string' ? value.toLowerCase() : ''
  if (word === 'strict' || word === 'lax') return word
  return word === 'none' || word === 'no_restriction' ? 'none' : null
}

/** Write the cookies so that the extensions of browsers can read them. */
export function writeCookiesJson(cookies: readonly KeptCookie[]): string {
  const entries = cookies.map(({ expires, sameSite, created: _created, lastUsed: _lastUsed, ...cookie }) => ({
    ...cookie,
    domain: cookie.hostOnly ? cookie.domain : `.${cookie.domain}`,
    sameSite: sameSite === null ? 'unspecified' : sameSite === 'none' ? 'no_restriction' : sameSite,
    session: expires === null,
    ...(expires !== null && { expirationDate: Date.parse(expires) / 1000 }),
  }))
  return `${JSON.stringify(entries, null, 2)}\n`
}
