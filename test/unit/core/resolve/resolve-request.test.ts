import { describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { NodeIdSchema } from '#contract/model/ids.ts'
import type { RequestDocument, Row } from '#contract/model/request.ts'
import type { Defaults, Environment, Session } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import { parseTargetUrl } from '#core/prepare/target-url.ts'
import { emptySession, NO_COLLECTION, type CollectionLayers } from '#core/resolve/collection-layers.ts'
import { dynamicValues } from '#core/resolve/dynamic.ts'
import { resolveRequest, type ResolveInput, type Resolved } from '#core/resolve/resolve-request.ts'

const NOTHING: Defaults = { headers: [], auth: { kind: 'none' }, variables: [], options: {} }

function row(name: string, value: string, more: Partial<Row> = {}): Row {
  return { name, value, enabled: true, ...more }
}

function variable(name: string, value: string, more: Partial<Variable> = {}): Variable {
  return { name, value, enabled: true, ...more }
}

function environment(name: string, variables: Variable[], more: Partial<Environment> = {}): Environment {
  return { name, extends: null, dotEnvPath: null, color: null, variables, ...more }
}

function folder(name: string, defaults: Partial<Defaults>): CollectionLayers['folders'][number] {
  return { id: NodeIdSchema.parse(`c/${name}`), name, defaults: { ...NOTHING, ...defaults } }
}

function session(name: string, more: Partial<Session>): Session {
  return { ...emptySession(name), ...more }
}

function resolve(
  document: Partial<RequestDocument>,
  layers: Partial<CollectionLayers>,
  more: Partial<ResolveInput> = {},
): Promise<Resolved> {
  return resolveRequest({
    document: { ...emptyRequest(), url: 'http://h.test/', ...document },
    layers: { ...NO_COLLECTION, name: 'Shop', ...layers },
    session: null,
    environment: null,
    given: {},
    captured: {},
    secretOf: async () => null,
    dotEnv: async () => null,
    env: {},
    builtIn: async () => null,
    dynamic: async () => dynamicValues('seed', 0),
    ...more,
  })
}

function headersOf({ inherited }: Resolved): string[] {
  return inherited.headers.flatMap(({ row: { name, value }, origin, hidden }) => (hidden ? [] : [`${name}: ${value} (${origin.layer})`]))
}

describe('rows from around a request', () => {
  const layers = {
    collection: { ...NOTHING, headers: [row('X-All', '1'), row('X-Who', 'all')] },
    sessions: [session('default', { headers: [row('x-who', 'alice')] })],
    folders: [folder('Outer', { headers: [row('X-Deep', 'outer')] }), folder('Inner', { headers: [row('X-Deep', 'inner')] })],
  }

  test('the nearer of two of a name is sent, the others are shown as hidden', async () => {
    const resolved = await resolve({}, layers)

    expect(headersOf(resolved)).toEqual(['X-All: 1 (collection)', 'x-who: alice (session)', 'X-Deep: inner (folder)'])
    expect(resolved.layers.headers.filter(({ hidden }) => hidden).map(({ row: { value } }) => value)).toEqual(['all', 'outer'])
  })

  test('a row of the request hides them, a disabled one does not', async () => {
    const resolved = await resolve({ headers: [row('x-all', '2'), row('X-Deep', 'mine', { enabled: false })] }, layers)

    expect(headersOf(resolved)).toEqual(['x-who: alice (session)', 'X-Deep: inner (folder)'])
  })

  test('a hidden row says which layer hides it, the nearest first, and whether that takes the name away', async () => {
    const inner = folder('Inner', { headers: [row('x-deep', '', { omit: true })] })
    const resolved = await resolve({ headers: [row('X-All', '2')] }, { ...layers, folders: [...layers.folders.slice(0, 1), inner] })

    expect(
      resolved.layers.headers.map(({ row: { name, value }, hiddenBy }) => [name, value, hiddenBy?.origin.layer, hiddenBy?.omits]),
    ).toEqual([
      ['X-All', '1', undefined, undefined],
      ['X-Who', 'all', 'session', false],
      ['x-who', 'alice', undefined, undefined],
      ['X-Deep', 'outer', 'folder', true],
    ])
  })

  test('None takes a name away, here and for everything further out', async () => {
    const resolved = await resolve(
      { headers: [row('X-Deep', '', { omit: true })], options: { omitHeaders: ['User-Agent'] } },
      { ...layers, sessions: [session('default', { headers: [row('X-Who', '', { omit: true })] })] },
    )

    expect(headersOf(resolved)).toEqual(['X-All: 1 (collection)'])
    expect([...resolved.omitted].sort()).toEqual(['user-agent', 'x-deep', 'x-who'])
  })

  test('a name that a nearer layer gives again is not taken away by a further one', async () => {
    const resolved = await resolve(
      {},
      {
        folders: [folder('Inner', { headers: [row('Accept', 'text/plain')] })],
        sessions: [session('default', { headers: [row('Accept', '', { omit: true })] })],
      },
    )

    expect(headersOf(resolved)).toEqual(['Accept: text/plain (folder)'])
    expect([...resolved.omitted]).toEqual([])
  })
})

describe('credentials', () => {
  const bearer = (token: string): { kind: 'bearer'; token: string } => ({ kind: 'bearer', token })
  const layers = {
    collection: { ...NOTHING, auth: bearer('collection') },
    sessions: [session('alice', { auth: bearer('alice') })],
    folders: [folder('Outer', { auth: bearer('outer') }), folder('Inner', { auth: { kind: 'inherit' } })],
  }

  test.each([
    ['inherit, in folders', { kind: 'inherit' }, layers, 'alice', 'outer'],
    ['inherit, with a session', { kind: 'inherit' }, { ...layers, folders: [] }, 'alice', 'alice'],
    ['inherit, without a session', { kind: 'inherit' }, { ...layers, folders: [] }, null, 'collection'],
    ['none, with a session', { kind: 'none' }, layers, 'alice', 'alice'],
  ] as const)('%s', async (_what, auth, around, chosen, expected) => {
    const { document } = await resolve({ auth }, around, { session: chosen })

    expect(document.auth).toEqual(bearer(expected))
  })

  test('none says nothing to folders, and can refuse those of the session', async () => {
    expect((await resolve({ auth: { kind: 'none' } }, layers)).document.auth).toEqual({ kind: 'none' })
    const refused = await resolve({ auth: { kind: 'none' }, options: { omitAuth: true } }, layers, { session: 'alice' })
    expect(refused.document.auth).toEqual({ kind: 'none' })
  })
})

describe('sessions', () => {
  test('a request that names one goes with it, unless the command line says otherwise', async () => {
    const sessions = [session('alice', {}), session('bob', {})]
    const pinned = { options: { session: 'alice' } }

    expect((await resolve(pinned, { sessions }, { session: 'bob' })).layers.session).toEqual({ name: 'alice', isPinned: true })
    const forced = await resolve(pinned, { sessions }, { session: 'bob', sessionWins: true })
    expect(forced.layers.session).toEqual({ name: 'bob', isPinned: false })
  })

  test('one that is not there is an empty one, and that is said', async () => {
    const resolved = await resolve({}, {}, { session: 'nobody' })

    expect(resolved.session).toEqual(emptySession('nobody'))
    expect(resolved.warnings).toEqual([expect.stringContaining('Shop has no session “nobody”')])
  })

  test('one that is required and not there is refused, and the others are named', async () => {
    const sessions = [session('alice', {})]

    await expect(resolve({}, { sessions }, { session: 'nobody', isSessionRequired: true })).rejects.toMatchObject({
      kind: 'NotFound',
      message: 'There is no session “nobody”: Shop has none of that name.',
      parts: { hint: 'There are: default, alice.' },
    })
    const alone = await resolve({}, { name: '' }, { session: 'nobody', isSessionRequired: true })
    expect(alone.session).toEqual(emptySession('nobody'))
  })

  test('an option of the request wins also where it says what is so by default; what is around stays known', async () => {
    const { document, layers } = await resolve(
      { options: { verify: true } },
      {
        sessions: [session('default', { options: { verify: false, session: 'x' } })],
        collection: { ...NOTHING, options: { verify: '/ca.pem' } },
      },
    )

    expect(document.options).toEqual({ verify: true })
    expect(layers.options).toEqual([])
    expect(layers.outerOptions.map(({ key, value, origin }) => [key, value, origin.layer])).toEqual([
      ['verify', false, 'session'],
      ['verify', '/ca.pem', 'collection'],
    ])
  })

  test('options come from the nearest layer that has them, tables entry by entry', async () => {
    const { document, layers, adapters } = await resolve(
      { options: { timeout: { read: 1 } } },
      {
        folders: [folder('F', { options: { timeout: { connect: 2 }, verify: false } })],
        sessions: [session('default', { options: { verify: '/ca.pem', http2: true, proxies: { http: 'http://p:1', https: null } } })],
        collection: { ...NOTHING, options: { proxies: { http: 'http://q:1', all: 'http://r:1' } } },
      },
    )

    expect(document.options).toEqual({
      timeout: { connect: 2, read: 1 },
      verify: false,
      http2: true,
      proxies: { http: 'http://p:1', https: null, all: 'http://r:1' },
    })
    expect(layers.options.map(({ key, origin }) => `${key} ${origin.layer}`)).toEqual([
      'timeout folder',
      'verify folder',
      'http2 session',
      'proxies session',
    ])
    const origins = adapters.variants[0]?.origins ?? new Map()
    expect(Object.fromEntries([...origins].map(([option, { layer }]) => [option, layer]))).toEqual({
      'timeout.read': 'request',
      'timeout.connect': 'folder',
      verify: 'folder',
      http2: 'session',
      'proxies.http': 'session',
      'proxies.https': 'session',
      'proxies.all': 'collection',
    })
  })

  test('settings are the outermost layer of options', async () => {
    const { document, layers } = await resolve(
      { options: { timeout: { read: 1 } } },
      { collection: { ...NOTHING, options: { http2: false, proxies: { http: 'http://q:1' } } } },
      { settings: { timeout: { read: 9, connect: 2 }, http2: true, verify: false, proxies: { http: 'http://s:1', all: null } } },
    )

    expect(document.options).toEqual({
      timeout: { read: 1, connect: 2 },
      http2: false,
      verify: false,
      proxies: { http: 'http://q:1', all: null },
    })
    expect(layers.options.map(({ key, origin }) => `${key} ${origin.layer}`)).toEqual([
      'http2 collection',
      'proxies collection',
      'timeout settings',
      'verify settings',
    ])
  })

  test('an adapter is picked by the URL that is sent, and for another URL anew', async () => {
    const adapters = [
      { prefix: 'https://', retry: { total: 1 } },
      { prefix: 'https://api.test/v2', retry: { total: 2 }, timeout: { connect: 3 } },
    ]
    const resolved = await resolve(
      { url: '{{base}}/v2/users', options: { timeout: { read: 1 } } },
      { sessions: [session('default', { adapters, options: { timeout: { connect: 9, total: 9 } } })] },
      { given: { base: 'https://api.test' } },
    )

    expect(resolved.layers.adapter).toBe('https://api.test/v2')
    expect(resolved.document.options).toEqual({ retry: { total: 2 }, timeout: { read: 1, connect: 3, total: 9 } })
    const { variants, pick } = resolved.adapters
    const elsewhere = variants[pick(parseTargetUrl('https://other.test/'))]?.options
    expect(elsewhere).toEqual({ retry: { total: 1 }, timeout: { read: 1, connect: 9, total: 9 } })
  })
})

describe('variables', () => {
  async function textOf(text: string, layers: Partial<CollectionLayers>, more: Partial<ResolveInput> = {}): Promise<unknown> {
    const { variables } = await resolve({ docs: '', headers: [row('X', text)], ...more.document }, layers, more)
    const name = text.slice(2, -2)
    const looked = variables.lookUp(name)
    return looked.kind === 'value' ? looked.value : looked.fault
  }

  const staging = environment('Staging', [variable('host', 'staging'), variable('both', 'environment')], {
    extends: 'Base',
    dotEnvPath: '.env',
  })
  const layers = {
    collection: { ...NOTHING, variables: [variable('both', 'collection'), variable('far', 'collection')] },
    environments: [staging, environment('Base', [variable('host', 'base'), variable('low', 'base'), variable('dot', 'base')])],
    folders: [folder('Outer', { variables: [variable('deep', 'outer')] }), folder('Inner', { variables: [variable('deep', 'inner')] })],
  }
  const chosen = { environment: 'Staging', dotEnv: async () => ({ dot: 'file', both: 'file' }) }

  test.each([
    ['{{host}}', 'staging'],
    ['{{low}}', 'base'],
    ['{{dot}}', 'file'],
    ['{{both}}', 'environment'],
    ['{{far}}', 'collection'],
    ['{{deep}}', 'inner'],
  ])('%s is that of the nearest scope', async (text, value) => {
    expect(await textOf(text, layers, chosen)).toBe(value)
  })

  test('given ones win over all, captured ones over what files say', async () => {
    expect(await textOf('{{deep}}', layers, { ...chosen, captured: { deep: 'captured' } })).toBe('captured')
    expect(await textOf('{{deep}}', layers, { ...chosen, captured: { deep: 'captured' }, given: { deep: 'given' } })).toBe('given')
  })

  test('a value may refer to others', async () => {
    const nested = { collection: { ...NOTHING, variables: [variable('base', 'https://{{host}}/{{version}}'), variable('version', 'v2')] } }

    expect(await textOf('{{base}}', { ...layers, ...nested }, chosen)).toBe('https://staging/v2')
  })

  test('one that is nowhere, while no environment is chosen, says that too', async () => {
    expect(await textOf('{{host}}', { ...layers, environments: [] }, {})).toMatchObject({
      kind: 'UndefinedVariable',
      message: expect.stringMatching(/collection Shop, and no environment is chosen\.$/),
    })
  })

  test('those that refer to each other in a circle are told as such', async () => {
    const circle = { collection: { ...NOTHING, variables: [variable('a', '{{b}}'), variable('b', 'x{{a}}')] } }

    expect(await textOf('{{a}}', circle)).toMatchObject({
      kind: 'InvalidVariable',
      message: expect.stringContaining('{{a}} → {{b}} → {{a}}'),
    })
  })

  test('one that is nowhere says where it was looked for, and what may have been meant', async () => {
    expect(await textOf('{{hosst}}', layers, chosen)).toEqual({
      kind: 'UndefinedVariable',
      message:
        'The variable {{hosst}} has no value: it is not in the request, folder Inner, folder Outer, environment Staging, .env, environment Base, collection Shop.',
      hint: 'Did you mean {{host}}?',
    })
  })

  test('one that an environment has, while none is chosen, names that', async () => {
    const environments = [environment('Empty', []), environment('Staging', [variable('host', 'h')])]

    expect(await textOf('{{host}}', { environments }, {})).toMatchObject({
      hint: 'Environment Staging has it: choose that.',
      details: { variable: 'host', choose: 'Staging' },
    })
    expect(await textOf('{{host}}', { environments }, { environment: 'Empty' })).not.toHaveProperty('details')
  })

  test('one that the .env file of an environment has, while none is chosen, names that environment', async () => {
    const environments = [environment('Empty', []), environment('Staging', [], { dotEnvPath: '.env' })]
    const dotEnv = async (path: string) => (path === '.env' ? { host: 'h' } : null)

    expect(await textOf('{{host}}', { environments }, { dotEnv })).toMatchObject({
      hint: 'Environment Staging has it: choose that.',
      details: { variable: 'host', choose: 'Staging' },
    })
  })

  test('one that stands somewhere with no value here, or a wrong one, says where', async () => {
    const variables = [variable('token', '', { secret: true }), variable('page', 'x', { rules: { type: 'integer' } })]
    const around = { environments: [environment('Staging', [], { extends: 'Base' }), environment('Base', variables)] }
    const origin = { layer: 'environment', name: 'Base' }

    expect(await textOf('{{token}}', around, chosen)).toMatchObject({ kind: 'UndefinedVariable', details: { variable: 'token', origin } })
    expect(await textOf('{{page}}', around, chosen)).toMatchObject({ kind: 'InvalidVariable', details: { variable: 'page', origin } })
  })

  test('the environment of the process is asked by name only, and its text is not looked into', async () => {
    expect(await textOf('{{process.env.TOKEN}}', {}, { env: { TOKEN: 'a{{b}}' } })).toBe('a{{b}}')
    expect(await textOf('{{TOKEN}}', {}, { env: { TOKEN: 'a' } })).toMatchObject({ kind: 'UndefinedVariable' })
  })

  test('a secret comes from the vault, and it and what is made of it are masked', async () => {
    const secrets = {
      collection: { ...NOTHING, variables: [variable('token', '', { secret: true }), variable('line', 'Bearer {{token}}')] },
    }
    const resolved = await resolve({ headers: [row('Authorization', '{{line}}')] }, secrets, { secretOf: async () => 's3cret' })

    expect(resolved.variables.lookUp('line')).toMatchObject({ value: 'Bearer s3cret' })
    expect([...resolved.layers.secrets].sort()).toEqual(['Bearer s3cret', 's3cret'])
    expect(resolved.layers.variables).toMatchObject([
      { name: 'line', secret: true },
      { name: 'token', secret: true },
    ])
    expect(await textOf('{{token}}', secrets)).toMatchObject({ message: expect.stringContaining('its value is not kept on this machine') })
  })

  test('one that is asked for has no value until it is given, and is then held to its rules', async () => {
    const asked = { collection: { ...NOTHING, variables: [variable('otp', '', { ask: true, rules: { pattern: '\\d{6}' } })] } }
    const resolved = await resolve({ headers: [row('X-Otp', '{{otp}}')] }, asked)

    expect(resolved.layers.asks).toMatchObject([{ name: 'otp', secret: false, rules: { pattern: '\\d{6}' } }])
    expect(await textOf('{{otp}}', asked)).toMatchObject({ kind: 'UndefinedVariable', details: { ask: 'otp' } })
    expect(await textOf('{{otp}}', asked, { given: { otp: '123456' } })).toBe('123456')
    expect(await textOf('{{otp}}', asked, { given: { otp: 'abc' } })).toMatchObject({ kind: 'InvalidVariable' })
  })

  test('dynamic ones differ at each place and are the same again for the same seed', async () => {
    const first = await resolve({ headers: [row('X', '{{$uuid}}')] }, {})
    const again = await resolve({ headers: [row('X', '{{$uuid}}')] }, {})
    const values = [first, first, again, again].map(({ variables }) => {
      const looked = variables.lookUp('$uuid')
      return looked.kind === 'value' ? looked.value : ''
    })

    expect(values[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(values[1]).not.toBe(values[0])
    expect(values.slice(2)).toEqual(values.slice(0, 2))
  })

  test('an environment that is not there, or extends itself, is told of', async () => {
    await expect(resolve({}, layers, { environment: 'Nope' })).rejects.toMatchObject({
      kind: 'NotFound',
      parts: { hint: 'There are: Staging, Base.' },
    })
    const circle = [environment('A', [], { extends: 'B' }), environment('B', [], { extends: 'A' })]
    await expect(resolve({}, { environments: circle }, { environment: 'A' })).rejects.toMatchObject({ kind: 'InvalidVariable' })
  })
})
