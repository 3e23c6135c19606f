import { describe, expect, test } from 'vitest'
import { digestFlow } from '#core/auth/digest.ts'
import { textBody } from '#core/prepare/body-segments.ts'
import type { AuthAnswer, PreparedRequest } from '#core/prepare/prepared-request.ts'
import { parseTargetUrl } from '#core/prepare/target-url.ts'
import { PLAIN_POLICY } from '../../../support/policy.ts'

const CNONCE = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'

function request(change: Partial<PreparedRequest> = {}): PreparedRequest {
  return {
    method: 'GET',
    url: parseTargetUrl('http://www.example.org/dir/index.html'),
    headers: [],
    body: null,
    cookies: [],
    usesJar: true,
    flow: null,
    proxyAuthorization: null,
    policy: PLAIN_POLICY,
    warnings: [],
    ...change,
  }
}

async function answer(
  challenges: string[],
  change: Partial<PreparedRequest> = {},
  cnonce = CNONCE,
  user = 'Mufasa',
  password = 'Circle of Life',
): Promise<AuthAnswer | null> {
  return digestFlow(user, password, () => cnonce).respond(request(change), { status: 401, header: () => challenges })
}

const field = (given: AuthAnswer | null, name: string): string | undefined =>
  given?.kind === 'again' ? new RegExp(`${name}="?([^",]+)`).exec(given.header.value)?.[1] : undefined

describe('digestFlow', () => {
  const rfc7616 = (algorithm: string): string =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`

  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('gives the response of the example in RFC 7616 §3.9.1 for %s', async (algorithm, response) => {
    expect(field(await answer([rfc7616(algorithm)]), 'response')).toBe(response)
  })

  test('gives the response of RFC 2617 §3.5', async () => {
    const challenge =
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
    const given = await answer([challenge], {}, '0a4f113b', 'Mufasa', 'Circle Of Life')

    expect(field(given, 'response')).toBe('6629fae49393a05397450978507c4ef1')
    expect(field(given, 'algorithm')).toBeUndefined()
  })

  test('answers the strongest of several challenges', async () => {
    expect(field(await answer([`Basic realm="x", ${rfc7616('MD5')}`, rfc7616('SHA-256')]), 'algorithm')).toBe('SHA-256')
  })

  test('hashes the body where the server insists on auth-int', async () => {
    const challenge = 'Digest realm="r", nonce="n", qop="auth-int"'
    const one = await answer([challenge], { method: 'POST', body: textBody('one') })
    const two = await answer([challenge], { method: 'POST', body: textBody('two') })

    expect(field(one, 'qop')).toBe('auth-int')
    expect(field(one, 'response')).not.toBe(field(two, 'response'))
  })

  test('escapes a quote in the user name, and gives a name beyond ASCII its extended form', async () => {
    const quote = await answer(['Digest realm="r", nonce="n"'], {}, CNONCE, 'a"b')
    const wide = await answer(['Digest realm="r", nonce="n"'], {}, CNONCE, 'Jäsøn')

    expect(quote?.kind === 'again' && quote.header.value).toContain(String.raw`username="a\"b"`)
    expect(wide?.kind === 'again' && wide.header.value).toContain("username*=UTF-8''J%C3%A4s%C3%B8n")
  })

  test('hides the user name where the server asks for it', async () => {
    const given = await answer(['Digest realm="r", nonce="n", userhash=true'])

    expect(given?.kind === 'again' && given.header.value).not.toContain('Mufasa')
    expect(given?.kind === 'again' && given.header.value).toContain('userhash=true')
  })

  test('answers once, and once more only where its nonce was stale', async () => {
    const flow = digestFlow('u', 'p')
    const respond = async (challenge: string): Promise<string | undefined> =>
      (await flow.respond(request(), { status: 401, header: () => [challenge] }))?.kind

    expect(await respond('Digest realm="r", nonce="1"')).toBe('again')
    expect(await respond('Digest realm="r", nonce="2", stale=true')).toBe('again')
    expect(await respond('Digest realm="r", nonce="3"')).toBe('refused')
  })

  test('never sends again without an answer to the challenge', async () => {
    expect((await answer(['Negotiate', 'Digest realm="r", nonce="n", algorithm=FOO']))?.kind).toBe('refused')
    expect((await answer([]))?.kind).toBe('refused')
    expect(await digestFlow('u', 'p').respond(request(), { status: 200, header: () => [] })).toBeNull()
  })
})
