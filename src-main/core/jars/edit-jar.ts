/** What a person does to a jar: look through it, change, remove, restore, import. Says what was before, for an undo. */
import type { Cookie } from 'tough-cookie'
import type { CookieFields, CookieId, CookieProblem, ImportProblem, KeptCookie } from '#contract/model/cookie.ts'
import { cookieIdOf, cookieOf, idText, isAlive, keptCookie } from '../send/cookie-facts.ts'
import type { CookieBox } from '../send/cookie-jar.ts'
import { isForHost } from '../send/cookie-reach.ts'
import { checkCookie } from './check-cookie.ts'
import { readCookiesJson } from './cookies-json.ts'
import { readCookiesTxt } from './cookies-txt.ts'

export type SetResult =
  | { readonly kind: 'saved'; readonly cookie: KeptCookie; readonly replaced: KeptCookie | null }
  | { readonly kind: 'refused'; readonly problems: CookieProblem[] }

/** Add a cookie, or change the one that `replaces` names; that one keeps its place in the order. */
export function setCookie(jar: CookieBox, given: CookieFields, replaces: CookieId | null): SetResult {
  const old = replaces === null ? null : jar.find(replaces)
  const { fields, problems } = checkCookie(given, { now: Date.now(), ...(old && { knownName: cookieIdOf(old).name }) })
  if (problems.length > 0) return { kind: 'refused', problems: [...problems] }
  const another = jar.find(fields)
  if (another && another !== old && isAlive(another)) {
    return {
      kind: 'refused',
      problems: [{ field: 'name', message: 'There is a cookie of this name, domain and path already.', hint: 'Edit that one.' }],
    }
  }
  const replaced = old && keptCookie(old)
  const cookie = cookieOf({ ...withBytes(fields, replaced), created: null, lastUsed: null })
  if (old && idText(cookieIdOf(old)) !== idText(fields)) jar.remove(cookieIdOf(old))
  jar.put(cookie)
  return { kind: 'saved', cookie: keptCookie(cookie), replaced }
}

/** A value that is not text, and that nobody has changed, stays as it was to the byte. */
function withBytes(fields: CookieFields, old: KeptCookie | null): Omit<KeptCookie, 'created' | 'lastUsed'> {
  return { ...fields, ...(old?.rawValue !== undefined && old.value === fields.value && { rawValue: old.rawValue }) }
}

export function removeCookies(jar: CookieBox, ids: readonly CookieId[]): KeptCookie[] {
  return ids.flatMap((id) => {
    const removed = jar.remove(id)
    return removed ? [keptCookie(removed)] : []
  })
}

/** Those that could go to a host, on some path; all of them where it is null. */
export function cookiesForHost(jar: CookieBox, host: string | null): readonly Cookie[] {
  return jar.all().filter((cookie) => host === null || isForHost(cookie, host))
}

/** @returns how many came back; one that is there again stays as it is */
export function restoreCookies(jar: CookieBox, cookies: readonly KeptCookie[]): number {
  const back = cookies.filter((facts) => {
    const now = jar.find(facts)
    return now === null || !isAlive(now)
  })
  for (const facts of back) jar.put(cookieOf(facts))
  return back.length
}

export interface Imported {
  readonly imported: CookieId[]
  readonly replaced: KeptCookie[]
  readonly problems: ImportProblem[]
}

/** Add what a cookies.txt or a JSON list holds. What cannot be kept is told of, each with its place in the text. */
export function importCookies(jar: CookieBox, text: string): Imported {
  const source = text.replace(/^\uFEFF/, '')
  const read = /^\s*[[{]/.test(source) ? readCookiesJson(source) : readCookiesTxt(source)
  const problems = [...read.problems]
  const imported: CookieId[] = []
  const replaced: KeptCookie[] = []
  const now = Date.now()
  for (const { at, fields: given, rawValue } of read.cookies) {
    const { fields, problems: found } = checkCookie(given, { now, isLenient: true })
    const [first] = found
    if (first) {
      problems.push({ at, unit: read.unit, message: first.message })
      continue
    }
    const known = jar.find(fields)
    if (known && isAlive(known)) replaced.push(keptCookie(known))
    const cookie = cookieOf({ ...fields, created: null, lastUsed: null, ...(rawValue !== undefined && { rawValue }) })
    jar.put(cookie)
    imported.push(cookieIdOf(cookie))
  }
  if (imported.length === 0 && problems.length === 0) {
    problems.push({ at: null, unit: read.unit, message: 'There is no cookie in this text.' })
  }
  return { imported, replaced, problems: problems.sort((one, other) => (one.at ?? 0) - (other.at ?? 0)) }
}
