import { describe, expect, test } from 'vitest'
import { createAccess } from '../../../../src-main/hosts/web/access.ts'

const SECRET = 'a'.repeat(43)

describe('createAccess', () => {
  test('makes 256 bits that differ each time', () => {
    const tokens = [createAccess(SECRET).token, createAccess(SECRET).token]

    expect(tokens.map((token) => Buffer.from(token, 'base64url').length)).toEqual([32, 32])
    expect(tokens[0]).not.toBe(tokens[1])
  })

  test('does not let the launch token stand for the cookie', () => {
    const access = createAccess(SECRET)

    expect(access.admits(`posthaste_80=${access.token}`, 80)).toBe(false)
  })

  test('finds its cookie among others, and once more where a stale one comes first', () => {
    const access = createAccess(SECRET)
    const pair = access.setCookie(4100).split(';')[0] ?? ''

    expect(access.admits(`a=b; ${pair}; c=d`, 4100)).toBe(true)
    expect(access.admits(`posthaste_4100=stale; ${pair}`, 4100)).toBe(true)
    expect(access.admits(pair, 4101)).toBe(false)
    expect(access.admits(undefined, 4100)).toBe(false)
    expect(access.admits(`x${pair}`, 4100)).toBe(false)
  })

  test('admits again whom an earlier host with the same secret let in, at the same port only', () => {
    const [before, after, other] = [createAccess(SECRET), createAccess(SECRET), createAccess('b'.repeat(43))]
    const pair = before.setCookie(4100).split(';')[0] ?? ''

    expect(after.admits(pair, 4100)).toBe(true)
    expect(other.admits(pair, 4100)).toBe(false)
    expect(after.admits(pair.replace('4100', '4101'), 4101)).toBe(false)
    expect(pair).not.toContain(SECRET)
  })

  test('uses a ticket up, and no other with it', () => {
    const access = createAccess(SECRET)
    const [one, two] = [access.issueTicket(), access.issueTicket()]

    expect([access.accepts(one), access.accepts(one), access.accepts(two), access.accepts('')]).toEqual([true, false, true, false])
  })
})
