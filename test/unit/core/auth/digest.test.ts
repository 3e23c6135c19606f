import { describe, expect, test } from 'vitest'
import { createDigestMemory } from '#core/auth/digest-memory.ts'
import { digestFlow } from '#core/auth/digest.ts'
import { RULES } from '#core/prepare/behaviour.ts'
import { textBody } from '#core/prepare/body-segments.ts'
import type { AuthAnswer, PreparedRequest } from '#core/prepare/prepared-request.ts'
import { parseTargetUrl } from '#core/prepare/target-url.ts'
import { newProxyAuth } from '../../../support/proxy-auth.ts'
import { PLAIN_POLICY } from '../../../support/policy.ts'

const CNONCE = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'

function request(change: Partial<PreparedRequest> = {}): PreparedRequest {
  return {
    method: 'GET',
    isSocket: false,
    url: parseTargetUrl('http://www.example.org/dir/index.html'),
    headers: [],
    body: null,
    cookies: [],
    usesJar: true,
    flow: null,
    ambient: null,
    proxyAuthorization: null,
    proxyAuth: newProxyAuth(),
    policy: PLAIN_POLICY,
    policyFor: null,
    parts: null,
    secretParams: [],
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
  return digestFlow({ username: user, password }, createDigestMemory(), () => cnonce).respond(request(change), {
    status: 401,
    header: () => challenges,
  })
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

  test('is written as requests writes it where its rules hold: its order and quotation marks, nothing escaped or hidden', async () => {
    const challenge = String.raw`Digest realm="a \"b\"", nonce="n", qop="auth", opaque="o", algorithm=md5, userhash=true`
    const given = await answer([challenge], { policy: { ...PLAIN_POLICY, rules: RULES.requests } }, 'c', 'ü"x')

    expect(given?.kind === 'again' && given.header.value).toMatch(
      /^Digest username="ü"x", realm="a "b"", nonce="n", uri="\/dir\/index\.html", response="[0-9a-f]{32}", opaque="o", algorithm="md5", qop="auth", nc=00000001, cnonce="c"$/,
    )
  })

  test('answers once, and once more only where its nonce was stale', async () => {
    const flow = digestFlow({ username: 'u', password: 'p' }, createDigestMemory())
    const respond = async (challenge: string): Promise<string | undefined> =>
      (await flow.respond(request(), { status: 401, header: () => [challenge] }))?.kind

    expect(await respond('Digest realm="r", nonce="1"')).toBe('again')
    expect(await respond('Digest realm="r", nonce="2", stale=true')).toBe('again')
    expect(await respond('Digest realm="r", nonce="3"')).toBe('refused')
  })

  test('does not go on for ever with a server that calls each of its nonces stale', async () => {
    const flow = digestFlow({ username: 'u', password: 'p' }, createDigestMemory())
    const given = []
    for (let count = 1; count <= 5; count += 1) {
      given.push(await flow.respond(request(), { status: 401, header: () => [`Digest realm="r", nonce="${count}", stale=true`] }))
    }

    expect(given.map((one) => one?.kind)).toEqual(['again', 'again', 'again', 'again', 'refused'])
    expect(given[4]).toMatchObject({
      warning: 'The server called every nonce stale that it had given (Digest), so it was not answered again.',
    })
  })

  test('never sends again without an answer to the challenge', async () => {
    expect((await answer(['Negotiate', 'Digest realm="r", nonce="n", algorithm=FOO']))?.kind).toBe('refused')
    expect((await answer([]))?.kind).toBe('refused')
    expect(
      await digestFlow({ username: 'u', password: 'p' }, createDigestMemory()).respond(request(), { status: 200, header: () => [] }),
    ).toBeNull()
  })

  test.each([
    ['Negotiate, Digest realm="r", nonce="n", algorithm=FOO', 'negotiate, digest FOO'],
    ['Digest realm="r", nonce="n", qop="token"', 'digest qop=token'],
    ['Digest realm="r"', 'digest without a nonce'],
    ['Basic realm="r"', 'basic'],
  ])('says what it cannot answer: %s', async (challenge, words) => {
    const given = await answer([challenge])

    expect(given?.kind === 'refused' && given.warning).toBe(
      `The server asks for ${words}, which Digest cannot answer; no credentials were sent.`,
    )
  })

  describe('with what it remembers', () => {
    const secrets = { username: 'u', password: 'p' }
    const challenge = (nonce: string, more = ''): { status: number; header: () => string[] } => ({
      status: 401,
      header: () => [`Digest realm="r", nonce="${nonce}", qop="auth"${more}`],
    })
    const sent = async (
      flow: ReturnType<typeof digestFlow>,
      use: 'show' | 'send',
      change: Partial<PreparedRequest> = {},
    ): Promise<string> => (await flow.sign?.(request(change), use))?.headers.map(({ value }) => value).join() ?? ''

    test('sends nothing ahead before a challenge', async () => {
      expect(await sent(digestFlow(secrets, createDigestMemory()), 'send')).toBe('')
    })

    test('counts one up for every request with a nonce, and a preview takes no count', async () => {
      const memory = createDigestMemory()
      await digestFlow(secrets, memory).respond(request(), challenge('n1'))

      const shown = await sent(digestFlow(secrets, memory), 'show')
      const first = await sent(digestFlow(secrets, memory), 'send')
      const second = await sent(digestFlow(secrets, memory), 'send')

      expect(shown).toContain('nc=00000002')
      expect(first).toBe(shown)
      expect(second).toContain('nc=00000003')
    })

    test('is asked anew at another origin, and for other credentials', async () => {
      const memory = createDigestMemory()
      await digestFlow(secrets, memory).respond(request(), challenge('n1'))

      expect(await sent(digestFlow(secrets, memory), 'send', { url: parseTargetUrl('http://www.example.org:8080/') })).toBe('')
      expect(await sent(digestFlow({ ...secrets, password: 'q' }, memory), 'send')).toBe('')
    })

    test('answers a nonce that went stale, and counts from one again', async () => {
      const memory = createDigestMemory()
      await digestFlow(secrets, memory).respond(request(), challenge('n1'))
      const flow = digestFlow(secrets, memory)
      await sent(flow, 'send')

      const given = await flow.respond(request(), challenge('n2', ', stale=true'))

      expect(field(given, 'nonce')).toBe('n2')
      expect(field(given, 'nc')).toBe('00000001')
      expect(await sent(flow, 'show')).toContain('nc=00000002')
    })

    test('takes the nonce that the server names as the next', async () => {
      const memory = createDigestMemory()
      const flow = digestFlow(secrets, memory)
      await flow.respond(request(), challenge('n1'))

      await flow.respond(request(), { status: 200, header: (name) => (name === 'authentication-info' ? ['qop=auth, nextnonce="n2"'] : []) })

      expect(await sent(flow, 'send')).toMatch(/nonce="n2".*nc=00000001/)
    })

    test('forgets what the server did not accept', async () => {
      const memory = createDigestMemory()
      const flow = digestFlow(secrets, memory)
      await flow.respond(request(), challenge('n1'))

      expect((await flow.respond(request(), challenge('n2')))?.kind).toBe('refused')
      expect(await sent(digestFlow(secrets, memory), 'send')).toBe('')
    })
  })
})
