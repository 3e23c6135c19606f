/** Cookie jars by name, and cookies in words. */
import type { CookieId, JarKey, KeptCookie } from '#contract/model/cookie.ts'
import type { Collection } from '#contract/model/workspace.ts'
import { listed } from './listed.ts'
import { t } from './t.ts'
import { formatNumber } from './format-number.ts'

/** One text for a jar, to choose it by. */
export function jarValue({ collectionId, session }: JarKey): string {
  return JSON.stringify([collectionId, session])
}

/** Whose session it is: the name of the collection. */
export function jarGroup({ collectionId }: JarKey, collections: readonly Collection[]): string {
  if (collectionId === null) return t`No collection`
  return collections.find(({ id }) => id === collectionId)?.name ?? t`A closed collection`
}

export function isSameJar(one: JarKey, other: JarKey): boolean {
  return jarValue(one) === jarValue(other)
}

export function cookieIdOf({ name, domain, path }: KeptCookie): CookieId {
  return { name, domain, path }
}

/** A domain as browsers show it: with a dot before it where it goes to the hosts under it too. */
export function domainText({ domain, hostOnly }: Pick<KeptCookie, 'domain' | 'hostOnly'>): string {
  return hostOnly ? domain : `.${domain}`
}

/** `the cookie sid`, `3 cookies`. */
export function cookiesWords(cookies: readonly { readonly name: string }[]): string {
  const [first] = cookies
  return cookies.length === 1 && first ? t`the cookie “${first.name}”` : t`${formatNumber(cookies.length)} cookies`
}

/** What clearing a host takes: its own cookies and those of the domains above it, in a sentence. */
export function clearWords(host: string, cookies: readonly KeptCookie[]): string {
  if (cookies.length === 0) return t`The jar has no cookie that could go to ${host}.`
  const own = cookies.filter(({ domain }) => domain === host.trim().toLowerCase().replace(/^\./, '')).length
  const above = [...new Set(cookies.filter(({ domain }) => domain !== host.trim().toLowerCase().replace(/^\./, '')).map(domainText))]
  const total = t`${formatNumber(cookies.length)} ${cookies.length === 1 ? t`cookie could` : t`cookies could`} be sent to ${host}.`
  if (above.length === 0) return total
  const rest = cookies.length - own
  return t`${total} ${own === 0 ? t`None of them is` : own === 1 ? t`One is` : t`${formatNumber(own)} are`} its own; ${rest === 1 ? t`one is` : t`${formatNumber(rest)} are`} of ${listed(above)} and would be gone for the other hosts there too.`
}
