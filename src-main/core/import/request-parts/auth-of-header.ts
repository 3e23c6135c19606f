/** Credentials that stand in an Authorization header, as Auth has them: Bearer and Basic, where the same header comes out. */
import type { Auth } from '#contract/model/request.ts'

/** @returns null where there is no such header, more than one, or one of another kind */
export function authOfHeader(headers: readonly (readonly [name: string, value: string])[]): Auth | null {
  const [found, ...more] = headers.filter(([name]) => name.toLowerCase() === 'authorization')
  return found && more.length === 0 ? authOfText(found[1]) : null
}

export function authOfText(value: string): Auth | null {
  const token = /^Bearer ([^\s]+)$/.exec(value)?.[1]
  if (token !== undefined) return { kind: 'bearer', token }
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(value)?.[1]
  return encoded === undefined ? null : basicOf(encoded)
}

function basicOf(encoded: string): Auth | null {
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  const isSame = Buffer.from(text, 'utf8').toString('base64') === encoded
  if (!isSame || colon < 0 || /[\0-\x1f\x7f]/.test(text) || text.includes('{{')) return null
  return { kind: 'basic', username: text.slice(0, colon), password: text.slice(colon + 1) }
}
