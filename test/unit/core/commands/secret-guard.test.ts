import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Output } from '#contract/commands.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { coreKit } from '../../../support/core-kit.ts'

const TOKEN = 'tok+en/5f3a9c'

/** A collection with a secret in an environment and one in a folder, both with values on this machine. */
async function shop() {
  const kit = await coreKit()
  const dir = join(kit.dataDir, 'shop')
  await mkdir(join(dir, 'environments'), { recursive: true })
  await mkdir(join(dir, 'Users'))
  await writeFile(
    join(dir, 'opencollection.yml'),
    'opencollection: "1.0.0"\ninfo: { name: Shop }\nextensions: { posthaste: { sessions: [ { name: alice } ] } }\n',
  )
  await writeFile(
    join(dir, 'environments', 'dev.yml'),
    'name: dev\nvariables:\n  - { secret: true, name: token }\n  - { secret: true, name: pin }\n',
  )
  await writeFile(
    join(dir, 'Users', 'folder.yml'),
    'info: { name: Users, type: folder }\nrequest:\n  variables: [ { secret: true, name: inner } ]\n',
  )
  await writeFile(join(dir, 'Users', 'Get.yml'), 'info: { name: Get, type: http }\nhttp: { method: GET, url: "http://h.test/" }\n')
  const { id: collectionId, nodes } = (await kit.call('collection.open', { path: dir })) as Output<'collection.open'>
  const nodeOf = (name: string) => nodes.find((node) => node.name === name)?.id
  const environment = { layer: 'environment', name: 'dev' }
  await kit.call('secret.set', { collectionId, origin: environment, name: 'token', value: TOKEN })
  await kit.call('secret.set', { collectionId, origin: environment, name: 'pin', value: '9123' })
  const folder = { layer: 'folder', id: nodeOf('Users'), name: 'Users' }
  await kit.call('secret.set', { collectionId, origin: folder, name: 'inner', value: 'inner-secret' })
  const document = (change: Partial<RequestDocument>): RequestDocument => ({
    ...emptyRequest(),
    name: 'Get',
    url: 'http://h.test/',
    ...change,
  })
  const failureOf = async (command: string, input: object) => {
    const answer = await kit.core.call(command, input, { signal: new AbortController().signal, clientId: 'test' })
    return answer.ok ? null : answer.error
  }
  return { ...kit, dir, collectionId, usersId: nodeOf('Users'), getId: nodeOf('Get'), document, failureOf }
}

describe('a file that would hold a known secret in clear', () => {
  const places: [name: string, change: Partial<RequestDocument>][] = [
    ['in the credentials', { auth: { kind: 'bearer', token: TOKEN } }],
    ['within a header', { headers: [{ name: 'Authorization', value: `Bearer ${TOKEN}`, enabled: true }] }],
    ['encoded in the URL', { url: `http://h.test/?t=${encodeURIComponent(TOKEN)}` }],
    ['in a disabled row', { headers: [{ name: 'X', value: TOKEN, enabled: false }] }],
  ]
  for (const [name, change] of places) {
    test(`${name} is not written before the user was asked`, async () => {
      const { call, failureOf, dir, getId, document } = await shop()
      const path = join(dir, 'Users', 'Get.yml')
      const before = await readFile(path, 'utf8')
      const input = { id: getId, document: document(change), revision: null }

      const failure = await failureOf('request.save', input)

      expect(failure).toMatchObject({
        kind: 'SecretInFile',
        details: { secrets: [{ name: 'token', origin: { layer: 'environment', name: 'dev' } }] },
      })
      expect(JSON.stringify(failure)).not.toContain(TOKEN)
      expect(await readFile(path, 'utf8')).toBe(before)
      await call('request.save', { ...input, allowSecrets: true })
      expect(await readFile(path, 'utf8')).not.toBe(before)
    })
  }

  test('is not asked of again once it is there', async () => {
    const { call, getId, document } = await shop()
    const auth = { kind: 'bearer', token: TOKEN } as const
    const first = (await call('request.save', { id: getId, document: document({ auth }), revision: null, allowSecrets: true })) as {
      revision: string
    }

    await call('request.save', { id: getId, document: document({ auth, method: 'PUT' }), revision: first.revision })
  })

  test('knows the secrets of its folder, new or saved, and of no other', async () => {
    const { call, failureOf, collectionId, usersId, getId, document } = await shop()
    const holding = document({ url: 'http://h.test/inner-secret' })

    expect(await failureOf('request.create', { parent: { collectionId, folderId: usersId }, document: holding })).toMatchObject({
      kind: 'SecretInFile',
    })
    expect(await failureOf('request.save', { id: getId, document: holding, revision: null })).toMatchObject({ kind: 'SecretInFile' })
    await call('request.create', { parent: { collectionId, folderId: null }, document: holding })
  })

  test('a short secret counts as a whole text only', async () => {
    const { call, failureOf, getId, document } = await shop()

    await call('request.save', { id: getId, document: document({ url: 'http://h.test:9123/' }), revision: null })
    expect(
      await failureOf('request.save', {
        id: getId,
        document: document({ auth: { kind: 'basic', username: 'u', password: '9123' } }),
        revision: null,
      }),
    ).toMatchObject({ kind: 'SecretInFile' })
  })

  test('environments, sessions, defaults and texts are looked at too; references are not', async () => {
    const { call, failureOf, collectionId, usersId, getId } = await shop()
    const parent = { collectionId, folderId: usersId }
    const row = { name: 'copy', value: TOKEN, enabled: true }
    const environment = { name: 'prod', extends: null, dotEnvPath: null, color: null, variables: [row] }
    const headers = [{ name: 'X', value: TOKEN, enabled: true }]
    const { sessions } = (await call('session.list', { collectionId })) as Output<'session.list'>
    const { defaults } = (await call('defaults.read', { parent })) as Output<'defaults.read'>
    const session = { ...sessions[0], headers }

    for (const [command, input] of [
      ['environment.save', { collectionId, file: null, environment, revision: null }],
      ['session.save', { collectionId, sessions: [session], revision: null }],
      ['defaults.save', { parent, defaults: { ...defaults, headers }, revision: null }],
      ['request.saveText', { id: getId, text: `info: { name: Get }\n# ${TOKEN}\n`, revision: null }],
    ] as const) {
      expect(await failureOf(command, input), command).toMatchObject({ kind: 'SecretInFile' })
    }
    const safe = { ...environment, variables: [{ ...row, value: 'Bearer {{token}}' }] }
    await call('environment.save', { collectionId, file: null, environment: safe, revision: null })
  })
})
