/** A jar's file and the changes that are not yet in it, made one. What another process wrote there stays. */
import type { Cookie } from 'tough-cookie'
import type { CookieChange } from '../send/cookie-jar.ts'
import { cookieIdOf, idText } from '../send/cookie-facts.ts'

/** Changes by the cookie they are about: of several to one cookie the last holds. */
export type PendingChanges = ReadonlyMap<string, CookieChange>

/** Under which key a change is pending. */
export function changedId(change: CookieChange): string {
  return idText(change.kind === 'removed' ? change.id : cookieIdOf(change.cookie))
}

/** The change that two of the same cookie, one after the other, come to. */
export function joined(first: CookieChange | undefined, then: CookieChange): CookieChange {
  // A cookie that was set and then sent is still to be written whole.
  return first?.kind === 'set' && then.kind === 'used' ? { kind: 'set', cookie: then.cookie } : then
}

/** @returns the file's cookies in their order, changed; new ones after them */
export function mergeChanges(inFile: readonly Cookie[], pending: PendingChanges): Cookie[] {
  const cookies = new Map(inFile.map((cookie) => [idText(cookieIdOf(cookie)), cookie]))
  for (const [id, change] of pending) {
    const known = cookies.get(id)
    if (change.kind === 'removed') cookies.delete(id)
    else if (change.kind === 'set') {
      if (known) change.cookie.creation = known.creation
      cookies.set(id, change.cookie)
    } else if (known) known.lastAccessed = later(known, change.cookie)
  }
  return [...cookies.values()]
}

function later(one: Cookie, other: Cookie): Cookie['lastAccessed'] {
  const timeOf = ({ lastAccessed }: Cookie): number => (lastAccessed instanceof Date ? lastAccessed.getTime() : 0)
  return timeOf(one) > timeOf(other) ? one.lastAccessed : other.lastAccessed
}
