import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { OAuth2Auth } from '#contract/model/auth.ts'
import type { Exchange, ExchangeStep } from '#contract/model/exchange.ts'
import { HistoryReadSchema } from '#contract/model/history.ts'
import { emptyAuth, emptyRequest } from '#contract/model/request-defaults.ts'
import { TokenSchema } from '#contract/model/token.ts'
import { coreKit, type CoreKit } from '../support/core-kit.ts'
import { OAUTH_CLIENT, startOAuthServer, type OAuthServer } from '../support/oauth-server.ts'

async function oauthServer(): Promise<OAuthServer> {
  const server = await startOAuthServer()
  onTestFinished(server.close)
  return server
}

function credentials(server: OAuthServer, change: Partial<OAuth2Auth> = {}): OAuth2Auth {
  const empty = emptyAuth('oauth2')
  if (empty.kind !== 'oauth2') throw new Error('The defaults are of another kind.')
  const { id, secret, user, password } = OAUTH_CLIENT
  return {
    ...empty,
    accessTokenUrl: `${server.url}/token`,
    authorizationUrl: `${server.url}/authorize?prompt=none`,
    clientId: id,
    clientSecret: secret,
    username: user,
    password,
    ...change,
  }
}

const subject = (auth: OAuth2Auth): object => ({
  document: { ...emptyRequest(), url: 'http://x.test/', auth },
  nodeId: null,
  seed: '0123456789',
})

const facts = ({ ok, response, history, error }: Exchange): unknown => [ok, response?.status ?? null, history.length, error?.kind ?? null]

/** A browser: goes where it is sent. */
const browser = (step: ExchangeStep): void => {
  if (step.kind === 'authorize') void fetch(step.url)
}

describe('client credentials and password', () => {
  test.each([
    ['client_credentials', 'basic'],
    ['client_credentials', 'body'],
    ['password', 'basic'],
    ['password', 'body'],
  ] as const)('%s, the client in the %s: Send gets a token, and the next Send uses it', async (flow, clientAuth) => {
    const server = await oauthServer()
    const kit = await coreKit()
    const auth = credentials(server, { flow, clientAuth, scope: 'read write' })

    const first = await kit.send({ url: `${server.url}/me`, auth })
    const second = await kit.send({ url: `${server.url}/me`, auth })

    expect([facts(first), facts(second)]).toEqual([
      [true, 200, 1, null],
      [true, 200, 0, null],
    ])
    expect(server.calls).toHaveLength(1)
    expect(server.calls[0]?.form).toMatchObject({ grant_type: flow, scope: 'read write' })
    expect(server.calls[0]?.authorization === undefined).toBe(clientAuth === 'body')
    expect(server.seen[0]).toMatch(/^Bearer access-/)
  })

  test('the hop of the token request is shown, and holds no secret', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const secrets = [OAUTH_CLIENT.secret, encodeURIComponent(OAUTH_CLIENT.secret), OAUTH_CLIENT.password, 'access-', 'refresh-']

    for (const clientAuth of ['basic', 'body'] as const) {
      const { history } = await kit.send({
        url: `${server.url}/me`,
        auth: credentials(server, { flow: 'password', clientAuth, tokenId: clientAuth }),
      })
      const hop = history[0]
      const bodies = await Promise.all([hop?.request.bodyId, hop?.response.bodyId].map((id) => bodyText(kit, id ?? '')))

      expect(history.map(({ kind }) => kind)).toEqual(['token'])
      expect(hop?.request).toMatchObject({ method: 'POST', url: `${server.url}/token` })
      expect(hop?.because).toContain('access token')
      expect(bodies[0]).toContain('grant_type=password')
      expect(bodies[1]).toContain('"expires_in": 3600')
      for (const secret of secrets) expect(JSON.stringify(hop) + bodies.join()).not.toContain(secret)
      expect(JSON.stringify(hop)).not.toMatch(/Basic [A-Za-z0-9]/)
    }
  })

  test('further parameters go where they are wanted, disabled ones nowhere', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const tokenParams = [
      { name: 'audience', value: 'https://api.test', enabled: true, placement: 'body' },
      { name: 'resource', value: 'a b', enabled: true, placement: 'query' },
      { name: 'X-Tenant', value: 'seven', enabled: true, placement: 'header' },
      { name: 'off', value: '1', enabled: false, placement: 'body' },
    ] as const

    await kit.send({ url: `${server.url}/me`, auth: credentials(server, { tokenParams: [...tokenParams] }) })

    const call = server.calls[0]
    expect([call?.form['audience'], call?.query, call?.headers['x-tenant'], call?.form['off']]).toEqual([
      'https://api.test',
      '?resource=a+b',
      'seven',
      undefined,
    ])
  })

  test('the token may go into the query, or with another word', async () => {
    const server = await oauthServer()
    const kit = await coreKit()

    const inQuery = await kit.send({ url: `${server.url}/me`, auth: credentials(server, { tokenPlacement: 'query' }) })
    await kit.send({ url: `${server.url}/me`, auth: credentials(server, { tokenPrefix: 'Token' }) })

    expect(inQuery.response?.status).toBe(200)
    expect(server.seen[1]).toMatch(/^Token access-/)
    expect(server.calls).toHaveLength(1)
  })
})

describe('a token that ends', () => {
  test('is refreshed before it ends, and the rotated refresh token is kept', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const auth = credentials(server, { flow: 'password' })
    await kit.send({ url: `${server.url}/me`, auth })

    for (const expected of [2, 3]) {
      kit.clock.now += 3600_000 - 10_000
      expect(facts(await kit.send({ url: `${server.url}/me`, auth }))).toEqual([true, 200, 1, null])
      expect(server.calls).toHaveLength(expected)
    }
    expect(server.calls.map(({ form }) => form['grant_type'])).toEqual(['password', 'refresh_token', 'refresh_token'])
  })

  test.each([
    [20, [1, 1, 2]],
    [400, [1, 1, 1]],
  ])('that holds for %d seconds is used for nine tenths of its life, or until half a minute before its end', async (seconds, questions) => {
    const server = await oauthServer()
    server.expiresIn = seconds
    const kit = await coreKit()
    const auth = credentials(server, { flow: 'password' })

    const asked: number[] = []
    for (const step of [0, 17_000, 1500]) {
      kit.clock.now += step
      await kit.send({ url: `${server.url}/me`, auth })
      asked.push(server.calls.length)
    }

    expect(asked).toEqual(questions)
  })

  test('is not taken for one that holds for hours where the clock was set back, and where it was set forward it has ended', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const auth = credentials(server, { flow: 'password' })
    await kit.send({ url: `${server.url}/me`, auth })

    for (const [step, asked] of [
      [-5_000, 1],
      [-6 * 3600_000, 2],
      [1000, 2],
      [8 * 365 * 86_400_000, 3],
      [1000, 3],
    ] as const) {
      kit.clock.now += step
      await kit.send({ url: `${server.url}/me`, auth })
      expect([step, server.calls.length]).toEqual([step, asked])
    }
  })

  test('is got anew where the refresh token is used up', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const auth = credentials(server, { flow: 'password' })
    await kit.send({ url: `${server.url}/me`, auth })
    server.answer = { status: 400, contentType: 'application/json', body: '{"error":"invalid_grant"}' }
    kit.clock.now += 3600_000
    const refused = await kit.send({ url: `${server.url}/me`, auth })
    server.answer = null

    const sent = await kit.send({ url: `${server.url}/me`, auth: { ...auth, refreshTokenUrl: `${server.url}/token` } })

    expect(facts(refused)).toEqual([false, null, 2, 'TokenError'])
    expect(facts(sent)).toEqual([true, 200, 1, null])
  })

  test('is used to its end, with a warning, where the server has no answer to an early refresh', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const auth = credentials(server, { flow: 'password' })
    await kit.send({ url: `${server.url}/me`, auth })
    server.answer = { status: 503, contentType: 'text/plain', body: 'Come back later' }

    kit.clock.now += 3600_000 - 10_000
    const early = await kit.send({ url: `${server.url}/me`, auth })
    kit.clock.now += 11_000
    const late = await kit.send({ url: `${server.url}/me`, auth })

    expect(facts(early)).toEqual([true, 200, 1, null])
    expect(early.warnings).toEqual([
      expect.stringMatching(/^The access token could not be refreshed, and is used while it holds: .* answered 503/),
    ])
    expect(server.seen).toHaveLength(2)
    expect(facts(late)).toEqual([false, null, 1, 'TokenError'])
  })

  test('is sent as it is, with a warning, where nothing may be got', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const auth = credentials(server)
    await kit.send({ url: `${server.url}/me`, auth })
    kit.clock.now += 7200_000

    const exchange = await kit.send({ url: `${server.url}/me`, auth: { ...auth, autoFetch: false, autoRefresh: false } })

    expect([server.calls.length, exchange.warnings.join()]).toEqual([1, expect.stringContaining('expired')])
  })

  test('without one, and with nothing to be got, nothing is sent', async () => {
    const server = await oauthServer()
    const kit = await coreKit()

    const exchange = await kit.send({ url: `${server.url}/me`, auth: credentials(server, { autoFetch: false }) })

    expect([facts(exchange), server.seen, exchange.error?.where]).toEqual([
      [false, null, 0, 'TokenError'],
      [],
      { section: 'auth', field: 'autoFetch' },
    ])
  })
})

describe('refusals', () => {
  test.each([
    ['a wrong client', { clientSecret: 'no' }, 'invalid_client (Unknown client)'],
    ['a wrong password', { flow: 'password', password: 'no' }, 'invalid_grant (Wrong password)'],
    ['a scope', { scope: 'forbidden' }, 'invalid_scope (Not this one)'],
  ] as const)('%s: the error and its description are said, with what to do', async (_what, change, words) => {
    const server = await oauthServer()
    const kit = await coreKit()

    const exchange = await kit.send({ url: `${server.url}/me`, auth: credentials(server, change) })

    expect(facts(exchange)).toEqual([false, null, 1, 'TokenError'])
    expect(exchange.error?.message).toContain(words)
    expect(exchange.error?.hint).toBeTruthy()
    expect(server.seen).toEqual([])
  })

  test.each([
    ['a page', 500, 'text/html', '<h1>Oops</h1>', 'names no error of OAuth'],
    ['no token', 200, 'application/json', '{"ok":true}', 'holds no access_token'],
    ['no JSON', 200, 'text/plain', 'hello', 'is not JSON'],
    ['a token with a line break', 200, 'application/json', '{"access_token":"a\\r\\nX: y"}', 'holds what no header can carry'],
    ['an error under 200', 200, 'application/json', '{"error":"bad_verification_code"}', 'bad_verification_code'],
  ])('%s in place of a token is said to be that', async (_what, status, contentType, body, words) => {
    const server = await oauthServer()
    server.answer = { status, contentType, body }
    const kit = await coreKit()

    const exchange = await kit.send({ url: `${server.url}/me`, auth: credentials(server) })

    expect([exchange.error?.kind, exchange.error?.message]).toEqual(['TokenError', expect.stringContaining(words)])
  })

  test('what many servers do against the letter is taken', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const answers = [
      ['application/x-www-form-urlencoded', 'access_token=form&scope=repo'],
      ['application/json', '{"access_token":"text","expires_in":"60","scope":["a","b"],"id_token":"not.a.jwt"}'],
      ['text/plain', '{"access_token":"plain","token_type":"MAC"}'],
      ['application/json', '\uFEFF{"access_token":"marked"}'],
    ] as const

    const tokens = []
    for (const [index, [contentType, body]] of answers.entries()) {
      server.answer = { status: 200, contentType, body }
      tokens.push(await kit.call('oauth2.get', subject(credentials(server, { tokenId: String(index) }))))
    }

    expect(tokens).toMatchObject([
      { kind: 'token', token: { accessToken: 'form', scope: 'repo', expiresAt: null } },
      { kind: 'token', token: { accessToken: 'text', scope: 'a b', expiresAt: kit.clock.now + 60_000, idToken: 'not.a.jwt' } },
      { kind: 'token', token: { accessToken: 'plain', tokenType: 'MAC' } },
      { kind: 'token', token: { accessToken: 'marked' } },
    ])
  })

  test.each([
    [{ accessTokenUrl: '' }, 'accessTokenUrl'],
    [{ accessTokenUrl: 'id.test/token' }, 'accessTokenUrl'],
    [{ flow: 'authorization_code', authorizationUrl: '' }, 'authorizationUrl'],
    [{ flow: 'authorization_code', clientId: '' }, 'clientId'],
    [{ flow: 'authorization_code', callbackUrl: 'https://elsewhere.test/cb' }, 'callbackUrl'],
  ] as const)('what is missing or wrong is named by its field: %o', async (change, field) => {
    const server = await oauthServer()
    const kit = await coreKit()

    const { error } = await kit.send({ url: `${server.url}/me`, auth: credentials(server, change) })

    expect(error?.where).toEqual({ section: 'auth', field })
  })
})

describe('authorization code', () => {
  test.each([true, false])('with PKCE %s: the browser comes back, the code becomes a token', async (pkce) => {
    const server = await oauthServer()
    const kit = await coreKit()

    const exchange = await kit.send(
      { url: `${server.url}/me`, auth: credentials(server, { flow: 'authorization_code', pkce }) },
      { onStep: browser },
    )

    expect(facts(exchange)).toEqual([true, 200, 1, null])
    expect(server.calls[0]?.form['code_verifier'] === undefined).toBe(!pkce)
    expect(server.calls[0]?.form['redirect_uri']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/)
  })

  test('the parameters of the sign-in and S256 are in its address', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const authorizationParams = [{ name: 'audience', value: 'x y', enabled: true, placement: 'query' as const }]

    const begun = (await kit.call(
      'oauth2.get',
      subject(credentials(server, { flow: 'authorization_code', scope: 'read', authorizationParams })),
    )) as {
      url: string
    }

    expect(Object.fromEntries(new URL(begun.url).searchParams)).toMatchObject({
      prompt: 'none',
      response_type: 'code',
      client_id: OAUTH_CLIENT.id,
      scope: 'read',
      code_challenge_method: 'S256',
      audience: 'x y',
    })
  })

  test('a refusal in the browser is a refusal here', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const auth = credentials(server, { flow: 'authorization_code', authorizationUrl: `${server.url}/authorize?deny=1` })

    const { error } = await kit.send({ url: `${server.url}/me`, auth }, { onStep: browser })

    expect([error?.kind, error?.message, error?.hint]).toEqual([
      'TokenError',
      expect.stringContaining('access_denied (The user said no)'),
      expect.any(String),
    ])
  })

  test('an answer with another state is turned away, and the right one still taken', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    let forged = 0
    const onStep = (step: ExchangeStep): void => {
      if (step.kind !== 'authorize') return
      const back = new URL(new URL(step.url).searchParams.get('redirect_uri') ?? '')
      void fetch(`${back.href}?code=evil&state=guess`)
        .then((response) => (forged = response.status))
        .then(() => fetch(step.url))
    }

    const exchange = await kit.send({ url: `${server.url}/me`, auth: credentials(server, { flow: 'authorization_code' }) }, { onStep })

    expect([forged, exchange.response?.status]).toEqual([400, 200])
  })

  test('cancelling gives up the sign-in and frees its port', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const controller = new AbortController()
    let redirect = ''
    const onStep = (step: ExchangeStep): void => {
      if (step.kind !== 'authorize') return
      redirect = new URL(step.url).searchParams.get('redirect_uri') ?? ''
      controller.abort()
    }

    const { error } = await kit.send(
      { url: `${server.url}/me`, auth: credentials(server, { flow: 'authorization_code' }) },
      { signal: controller.signal, onStep },
    )

    expect(error?.kind).toBe('Cancelled')
    await expect(fetch(redirect)).rejects.toThrow()
  })

  test.each(['the first', 'the second'])('of two that wait for one sign-in %s is cancelled alone', async (who) => {
    const server = await oauthServer()
    const kit = await coreKit()
    const request = { url: `${server.url}/me`, auth: credentials(server, { flow: 'authorization_code' }) }
    const controllers = [new AbortController(), new AbortController()]
    const told = controllers.map(() => Promise.withResolvers<string>())
    const send = (index: number): Promise<Exchange> =>
      kit.send(request, {
        ...(controllers[index] && { signal: controllers[index].signal }),
        onStep: (step) => step.kind === 'authorize' && told[index]?.resolve(step.url),
      })
    const first = send(0)
    const url = await told[0]?.promise
    const second = send(1)
    expect(await told[1]?.promise).toBe(url)

    const [given, kept] = who === 'the first' ? [first, second] : [second, first]
    controllers[who === 'the first' ? 0 : 1]?.abort()
    expect((await given).error?.kind).toBe('Cancelled')
    void fetch(url ?? '')

    expect((await kept).response?.status).toBe(200)
    expect(server.calls).toHaveLength(1)
  })
})

describe('the commands', () => {
  test('get, status, refresh and delete', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const input = subject(credentials(server, { flow: 'password' }))

    expect(await kit.call('oauth2.status', input)).toEqual({ token: null })
    const got = await kit.call('oauth2.get', input)
    expect(await kit.call('oauth2.status', input)).toEqual({ token: (got as { token: unknown }).token })
    const refreshed = await kit.call('oauth2.refresh', input)
    expect(refreshed).not.toEqual(got)
    expect(await kit.call('oauth2.delete', input)).toEqual({ token: null })
    expect(await kit.call('oauth2.status', input)).toEqual({ token: null })
    await expect(kit.call('oauth2.refresh', input)).rejects.toThrow('no refresh token')
  })

  test('a sign-in is begun, then finished; another one puts an end to it', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const input = subject(credentials(server, { flow: 'authorization_code' }))
    const begin = async (): Promise<{ kind: string; url: string; attemptId: string }> =>
      (await kit.call('oauth2.get', input)) as { kind: string; url: string; attemptId: string }

    const first = await begin()
    const given = kit.call('oauth2.finish', { attemptId: first.attemptId }).catch((error: unknown) => String(error))
    const second = await begin()
    void fetch(second.url)

    expect(await given).toContain('Cancelled')
    expect(await kit.call('oauth2.finish', { attemptId: second.attemptId })).toMatchObject({ token: { tokenType: 'Bearer' } })
  })
})

describe('where tokens are kept', () => {
  test('they outlive the app, encrypted, in files of their owner alone', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    const auth = credentials(server)
    await kit.send({ url: `${server.url}/me`, auth })
    await kit.core.close()

    const files = await filesBelow(kit.dataDir)
    const contents = await Promise.all(files.map((file) => readFile(file, 'latin1')))
    const modes = await Promise.all(files.filter((file) => file.includes('secrets')).map(async (file) => (await stat(file)).mode & 0o777))
    const again = await coreKit({}, kit.dataDir)
    await again.send({ url: `${server.url}/me`, auth })

    expect(contents.join()).not.toContain(server.seen[0]?.slice('Bearer '.length) ?? 'no token')
    expect(modes).toEqual([0o600, 0o600])
    expect(server.calls).toHaveLength(1)
    expect(server.seen[1]).toBe(server.seen[0])
  })

  test('an answer says that the token it was sent with is to be hidden, also where that came on the way', async () => {
    const server = await oauthServer()
    const kit = await coreKit()
    let told: readonly string[] | undefined
    const onStep = (step: ExchangeStep): void => {
      if (step.kind === 'done') told = step.secrets
    }
    const auth = credentials(server)
    await kit.send({ url: `${server.url}/me`, auth }, { onStep })
    const token = TokenSchema.parse(z.object({ token: z.unknown() }).parse(await kit.call('oauth2.status', subject(auth))).token)

    expect(told).toContain(token.accessToken)
  })

  test.each(['header', 'query'] as const)('the history has one in the %s masked, and resends it', async (tokenPlacement) => {
    const server = await oauthServer()
    const kit = await coreKit()
    const auth = credentials(server, { tokenPlacement })
    const { id, request } = await kit.send({ url: `${server.url}/me`, auth })
    const token = TokenSchema.parse(z.object({ token: z.unknown() }).parse(await kit.call('oauth2.status', subject(auth))).token)
    const { exchange } = HistoryReadSchema.parse(await kit.call('history.read', { id }))
    const done = new Promise<Exchange>((resolve) => {
      kit.core.on(({ name, payload }) => name === 'exchange.progressed' && payload.step.kind === 'done' && resolve(payload.step.exchange))
    })
    await kit.call('history.resend', { id, draftId: null })

    expect(JSON.stringify(request)).toContain(token.accessToken)
    expect(JSON.stringify(exchange)).not.toContain(token.accessToken)
    expect(JSON.stringify(exchange.request)).toContain('••••••••')
    expect(facts(await done)).toEqual([true, 200, 0, null])
  })
})

async function bodyText(kit: CoreKit, id: string): Promise<string> {
  const body = await kit.core.openBody(id)
  if (!body) return ''
  const chunks: Buffer[] = []
  for await (const chunk of body.stream() as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
