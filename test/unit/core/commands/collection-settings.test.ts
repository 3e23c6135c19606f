import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Output } from '#contract/commands.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Environment } from '#contract/model/session.ts'
import { coreKit } from '../../../support/core-kit.ts'

const SHOP = `opencollection: "1.0.0"
info: { name: Shop } # ours
request:
  headers: [ { name: X-All, value: "1" } ]
extensions:
  posthaste:
    sessions:
      - name: alice
        auth: { type: bearer, token: "{{token}}" }
`
const SEED = 'seed-seed'

async function shop() {
  const kit = await coreKit()
  const dir = join(kit.dataDir, 'shop')
  await mkdir(join(dir, 'environments'), { recursive: true })
  await mkdir(join(dir, 'Users'))
  await writeFile(join(dir, 'opencollection.yml'), SHOP)
  await writeFile(join(dir, 'environments', 'Staging.yml'), 'name: Staging\nvariables:\n  - { secret: true, name: token } # mine\n')
  await writeFile(join(dir, 'Users', 'Get.yml'), 'info: { name: Get, type: http }\nhttp: { method: GET, url: "http://h.test/" }\n')
  const { id: collectionId } = (await kit.call('collection.open', { path: dir })) as Output<'collection.open'>
  const environments = async (): Promise<Output<'environment.list'>['environments']> =>
    ((await kit.call('environment.list', { collectionId })) as Output<'environment.list'>).environments
  const prepare = (document: Partial<RequestDocument>, context: object): Promise<Output<'request.prepare'>> =>
    kit.call('request.prepare', {
      document: { ...emptyRequest(), url: 'http://127.0.0.1/', ...document },
      nodeId: null,
      seed: SEED,
      context: { collectionId, environment: null, session: null, ...context },
    }) as Promise<Output<'request.prepare'>>
  return { ...kit, dir, collectionId, environments, prepare }
}

/** The shop with the sessions alice and bob, and their jars to look into. */
async function shopWithSessions() {
  const kit = await shop()
  const { call, collectionId } = kit
  const { sessions } = (await call('session.list', { collectionId })) as Output<'session.list'>
  const session = (name: string) => ({ ...sessions[0], name })
  await call('session.save', { collectionId, sessions: ['alice', 'bob'].map(session), revision: null })
  return {
    ...kit,
    session,
    setCookie: (name: string, value: string) =>
      call('cookies.set', {
        jar: { collectionId, session: name },
        cookie: {
          name: 'who',
          value,
          domain: 'h.test',
          hostOnly: true,
          path: '/',
          expires: null,
          secure: false,
          httpOnly: false,
          sameSite: null,
        },
        replaces: null,
      }),
    cookiesOf: async (name: string) => {
      const { cookies } = (await call('cookies.list', { jar: { collectionId, session: name } })) as Output<'cookies.list'>
      return cookies.map(({ value }) => value)
    },
  }
}

describe('sessions', () => {
  test('are read and changed in the collection’s file, everything else staying', async () => {
    const { call, dir, collectionId } = await shop()
    const { sessions, revision } = (await call('session.list', { collectionId })) as Output<'session.list'>
    const bob = { ...sessions[0], name: 'bob', auth: { kind: 'none' } }

    await call('session.save', { collectionId, sessions: [...sessions, bob], revision })

    const text = await readFile(join(dir, 'opencollection.yml'), 'utf8')
    expect(text.startsWith(SHOP)).toBe(true)
    expect(text).toContain('- name: bob')
  })

  test('keep their cookies when they are renamed, two that change names too; a new one has none', async () => {
    const { call, collectionId, session, cookiesOf, setCookie } = await shopWithSessions()
    await setCookie('alice', 'a')
    await setCookie('bob', 'b')

    const renamed = [{ from: 'alice', to: 'bob' }, { from: 'bob', to: 'carol' }] // prettier-ignore
    const sessions = ['bob', 'carol', 'alice'].map(session)
    const { removal } = (await call('session.save', { collectionId, sessions, revision: null, renamed })) as Output<'session.save'>

    expect(await Promise.all(['alice', 'bob', 'carol'].map(cookiesOf))).toEqual([[], ['a'], ['b']])
    expect(removal).toBeNull()
  })

  test('that are removed take their cookies along, and bring them back when that is undone', async () => {
    const { call, collectionId, dataDir, session, cookiesOf, setCookie } = await shopWithSessions()
    await setCookie('alice', 'a')
    const save = async (names: string[], more = {}): Promise<string | null> => {
      const saved = await call('session.save', { collectionId, sessions: names.map(session), revision: null, ...more })
      return (saved as Output<'session.save'>).removal
    }

    const removal = await save(['bob'])
    expect(await readdir(join(dataDir, 'cookies'))).toEqual(['removed'])
    await save(['bob', 'alice'])
    const ofAnother = await cookiesOf('alice')
    await save(['bob'])
    await save(['bob', 'alice'], { restore: removal })

    expect(ofAnother).toEqual([])
    expect(await cookiesOf('alice')).toEqual(['a'])
  })

  test('a file that was changed meanwhile, or two of a name, are refused', async () => {
    const { call, dir, collectionId } = await shop()
    const { sessions, revision } = (await call('session.list', { collectionId })) as Output<'session.list'>
    await expect(call('session.save', { collectionId, sessions: [...sessions, ...sessions], revision })).rejects.toThrow('InvalidName')
    await writeFile(join(dir, 'opencollection.yml'), `${SHOP}# later\n`)

    await expect(call('session.save', { collectionId, sessions: [], revision })).rejects.toThrow('Conflict')
    expect(await readFile(join(dir, 'opencollection.yml'), 'utf8')).toBe(`${SHOP}# later\n`)
  })

  test('the tester says which adapter a URL picks', async () => {
    const { call } = await shop()

    expect(
      await call('session.pick', {
        adapters: [{ prefix: 'https://' }, { prefix: 'https://a.test' }, { prefix: 'a' }],
        url: 'https://a.test/x',
      }),
    ).toEqual({ picked: 1, fault: null, prefixFaults: [null, null, expect.stringContaining('no scheme')] })
    expect(await call('session.pick', { adapters: [], url: 'nonsense' })).toMatchObject({
      picked: null,
      fault: expect.stringMatching(/scheme/i),
    })
  })
})

describe('environments', () => {
  test('a new one is a file of its name, and one renamed takes its secrets along', async () => {
    const { call, dir, collectionId, environments, prepare } = await shop()
    const [staging] = await environments()
    const secret = { collectionId, origin: { layer: 'environment', name: 'Staging' }, name: 'token' }
    await call('secret.set', { ...secret, value: 's3cret-token' })
    const environment: Environment = { ...(staging?.environment as Environment), name: 'Live: EU' }

    const saved = await call('environment.save', { collectionId, file: staging?.file, environment, revision: staging?.revision })

    expect(saved).toMatchObject({ file: 'Live- EU.yml' })
    expect(await readdir(join(dir, 'environments'))).toEqual(['Live- EU.yml'])
    expect(await readFile(join(dir, 'environments', 'Live- EU.yml'), 'utf8')).toBe(
      'name: "Live: EU"\nvariables:\n  - { secret: true, name: token } # mine\n',
    )
    const preview = await prepare({}, { environment: 'Live: EU', session: 'alice' })
    expect(preview.headers).toContainEqual(expect.objectContaining({ name: 'Authorization', value: 'Bearer s3cret-token' }))
    expect(preview.layers.secrets).toEqual(['s3cret-token'])
    expect(await call('secret.list', { ...secret, names: ['token'] })).toEqual({ kept: [] })
  })

  test('of two of a name the second is refused; one removed can be had back as it was', async () => {
    const { call, dir, collectionId, environments } = await shop()
    const environment = { name: 'Staging', extends: null, dotEnvPath: null, color: null, variables: [] }
    await expect(call('environment.save', { collectionId, file: null, environment, revision: null })).rejects.toThrow('InvalidName')

    const { text } = (await call('environment.remove', { collectionId, file: 'Staging.yml' })) as Output<'environment.remove'>
    expect(await environments()).toEqual([])
    await call('environment.restore', { collectionId, file: 'Staging.yml', text })
    expect(await readFile(join(dir, 'environments', 'Staging.yml'), 'utf8')).toContain('# mine')
  })

  test('a file that cannot be read is listed with its fault', async () => {
    const { dir, environments } = await shop()
    await writeFile(join(dir, 'environments', 'Torn.yml'), 'variables: [ {')

    expect((await environments()).map(({ file, fault }) => [file, fault?.kind])).toEqual([
      ['Staging.yml', undefined],
      ['Torn.yml', 'Unreadable'],
    ])
  })

  test('a name that leads out of the folder names nothing', async () => {
    const { call, collectionId } = await shop()

    await expect(call('environment.remove', { collectionId, file: '../opencollection.yml' })).rejects.toThrow('NotFound')
  })
})

describe('defaults', () => {
  test('of a folder without a file make one, and requests in it have them', async () => {
    const { call, dir, collectionId } = await shop()
    const { collections } = (await call('workspace.read', {})) as Output<'workspace.read'>
    const nodes = collections.find(({ id }) => id === collectionId)?.nodes ?? []
    const [folder, request] = [nodes.find(({ kind }) => kind === 'folder'), nodes.find(({ kind }) => kind === 'request')]
    const parent = { collectionId, folderId: folder?.id }
    const { defaults, revision } = (await call('defaults.read', { parent })) as Output<'defaults.read'>
    expect(revision).toBeNull()

    await call('defaults.save', {
      parent,
      defaults: { ...defaults, headers: [{ name: 'X-Folder', value: '{{who}}', enabled: true }] },
      revision,
    })

    expect(await readFile(join(dir, 'Users', 'folder.yml'), 'utf8')).toContain('X-Folder')
    const preview = (await call('request.prepare', {
      document: { ...emptyRequest(), url: 'http://127.0.0.1/' },
      nodeId: request?.id,
      seed: SEED,
      context: { collectionId: null, environment: null, session: null, given: { who: 'me' } },
    })) as Output<'request.prepare'>
    expect(preview.headers.filter(({ source }) => source === 'inherited')).toEqual([
      { name: 'X-All', value: '1', source: 'inherited', origin: { layer: 'collection', id: collectionId, name: 'Shop' } },
      { name: 'X-Folder', value: 'me', source: 'inherited', origin: { layer: 'folder', id: folder?.id, name: 'Users' } },
    ])
  })
})

test('scripts of a collection are read and saved with its defaults; without any they are gone from the file', async () => {
  const { call, dir, collectionId } = await shop()
  const parent = { collectionId, folderId: null }
  const read = async (): Promise<Output<'defaults.read'>> => (await call('defaults.read', { parent })) as Output<'defaults.read'>
  const { defaults, revision } = await read()
  expect(defaults).not.toHaveProperty('scripts')
  const scripts = [{ type: 'before-request', code: 'req.setHeader("X", "1")' }]

  await call('defaults.save', { parent, defaults: { ...defaults, scripts }, revision })

  const saved = await read()
  expect(saved.defaults).toEqual({ ...defaults, scripts })
  expect(await readFile(join(dir, 'opencollection.yml'), 'utf8')).toMatch(/info: .*# ours[\s\S]*type: before-request/)
  await call('defaults.save', { parent, defaults, revision: saved.revision })
  expect(await readFile(join(dir, 'opencollection.yml'), 'utf8')).toBe(SHOP)
})

describe('variables', () => {
  test('lists those that can be used, the winner of each name', async () => {
    const { call, collectionId } = await shop()
    await call('captured.set', { collectionId, values: { id: '7' } })
    const document = { ...emptyRequest(), variables: [{ name: 'who', value: 'the {{id}}', enabled: true }] }

    const { variables } = (await call('variables.list', {
      document,
      nodeId: null,
      seed: SEED,
      context: { collectionId, environment: 'Gone', session: null },
    })) as Output<'variables.list'>

    expect(variables.map(({ name, value, origin }) => [name, value, origin.layer])).toEqual(
      expect.arrayContaining([
        ['id', '7', 'captured'],
        ['who', 'the 7', 'request'],
      ]),
    )
  })

  test('an environment that is gone is a problem of the preview, which is still made', async () => {
    const { prepare } = await shop()

    const preview = await prepare({}, { environment: 'Gone' })

    expect(preview.problems).toMatchObject([{ kind: 'NotFound', hint: 'There are: Staging.' }])
    expect(preview.headers).toContainEqual(expect.objectContaining({ name: 'X-All' }))
  })
})

describe('a .env file', () => {
  test('tells the names that it gives; one that is not there, or is no file, gives none', async () => {
    const { call, collectionId, dir } = await shop()
    const namesIn = (path: string) => call('environment.dotEnv', { collectionId, path })
    await writeFile(join(dir, '.env'), 'A=1\n# not this\nexport B="2"\n')
    await writeFile(join(dir, 'empty.env'), '')

    expect(await namesIn('.env')).toEqual({ names: ['A', 'B'] })
    expect(await namesIn(join(dir, '.env'))).toEqual({ names: ['A', 'B'] })
    expect(await namesIn('empty.env')).toEqual({ names: [] })
    expect(await namesIn('nope.env')).toEqual({ names: null })
    expect(await namesIn('environments')).toEqual({ names: null })
  })
})
