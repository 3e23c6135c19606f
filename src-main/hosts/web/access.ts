/**
 * Who may speak to the web host: whoever knows the launch token. It is traded for a cookie that scripts cannot read and
 * other sites cannot send. A browser that Posthaste opens itself gets a ticket instead, good once: the arguments of a
 * program can be read by every user of the machine.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { newSecret } from './admission-secret.ts'

export interface Access {
  /** The launch token: 256 random bits, base64url. */
  readonly token: string
  /** A token that is good for one use. */
  readonly issueTicket: () => string
  /** Whether a token or ticket is right. A ticket is used up by this. */
  readonly accepts: (token: string) => boolean
  /**
   * `Set-Cookie` value that lets a browser in. Cookies know no ports, so its name carries it, and its value is of no use
   * at another: every server on this machine that the browser visits is sent it.
   */
  readonly setCookie: (port: number) => string
  /** Whether a `Cookie` header holds that cookie. */
  readonly admits: (cookieHeader: string | undefined, port: number) => boolean
}

/** @param secret what cookies are made from: the same secret admits the same browsers again */
export function createAccess(secret: string): Access {
  const token = newSecret()
  const cookieAt = (port: number): string => createHmac('sha256', secret).update(`admission:${port}`).digest('base64url')
  const tickets = new Set<string>()
  return {
    token,
    issueTicket: () => {
      const ticket = newSecret()
      tickets.add(ticket)
      return ticket
    },
    accepts: (given) => {
      if (isSame(given, token)) return true
      const used = [...tickets].find((ticket) => isSame(given, ticket))
      return used !== undefined && tickets.delete(used)
    },
    setCookie: (port) => `${cookieName(port)}=${cookieAt(port)}; Path=/; HttpOnly; SameSite=Strict`,
    admits: (header, port) => valuesOf(header, cookieName(port)).some((value) => isSame(value, cookieAt(port))),
  }
}

function cookieName(port: number): string {
  return `posthaste_${port}`
}

/** Takes the same time wherever the two differ; of the digests, since their lengths are equal. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

function valuesOf(header: string | undefined, name: string): string[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const [key, value] = pair.trim().split('=', 2)
    return key === name && value !== undefined ? [value] : []
  })
}
