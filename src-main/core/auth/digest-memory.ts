/**
 * What a session remembers of Digest challenges: the nonce of each protection space and how often it was used, so that a
 * later request needs no 401 first (requests' `HTTPDigestAuth` object does the same). Lost when the app closes.
 */
import type { Challenge } from './challenges.ts'

export interface DigestOffer {
  readonly challenge: Challenge
  /** As the server wrote it; null where it named none, which means MD5. */
  readonly algorithm: string | null
  /** Node's name of it. */
  readonly hash: string
  readonly isSession: boolean
  readonly qop: 'auth' | 'auth-int' | null
  readonly rank: number
}

export interface KnownNonce {
  readonly offer: DigestOffer
  /** One for each nonce of the server: a `-sess` key is made of both (RFC 7616 §3.4.2). */
  readonly cnonce: string
  /** The count that comes next. */
  readonly next: () => number
  /** Takes the next count. Two exchanges at once never get the same one. */
  readonly take: () => number
}

export interface DigestMemory {
  readonly find: (space: string) => KnownNonce | null
  readonly learn: (space: string, offer: DigestOffer, cnonce: string) => KnownNonce
  /** The server named its next nonce. */
  readonly renew: (space: string, nonce: string, cnonce: string) => void
  readonly forget: (space: string) => void
}

/** The one used longest ago goes first. */
const MAX_SPACES = 1000

export function createDigestMemory(): DigestMemory {
  const known = new Map<string, KnownNonce>()
  const learn: DigestMemory['learn'] = (space, offer, cnonce) => {
    const nonce = knownNonce(offer, cnonce)
    known.delete(space)
    known.set(space, nonce)
    const [oldest] = known.keys()
    if (known.size > MAX_SPACES && oldest !== undefined) known.delete(oldest)
    return nonce
  }
  return {
    find: (space) => known.get(space) ?? null,
    learn,
    renew: (space, nonce, cnonce) => {
      const before = known.get(space)
      const { challenge } = before?.offer ?? {}
      // The same one again is no new one: its count goes on.
      if (!before || !challenge || challenge.params.get('nonce') === nonce) return
      const params = new Map(challenge.params).set('nonce', nonce)
      learn(space, { ...before.offer, challenge: { ...challenge, params } }, cnonce)
    },
    forget: (space) => void known.delete(space),
  }
}

/** The part of a memory that is one owner's: sessions share neither nonces nor their counts. */
export function digestMemoryOf(memory: DigestMemory, owner: string): DigestMemory {
  const own = (space: string): string => JSON.stringify([owner, space])
  return {
    find: (space) => memory.find(own(space)),
    learn: (space, offer, cnonce) => memory.learn(own(space), offer, cnonce),
    renew: (space, nonce, cnonce) => memory.renew(own(space), nonce, cnonce),
    forget: (space) => memory.forget(own(space)),
  }
}

function knownNonce(offer: DigestOffer, cnonce: string): KnownNonce {
  let used = 0
  return {
    offer,
    cnonce,
    next: () => used + 1,
    take: () => {
      used += 1
      return used
    },
  }
}
