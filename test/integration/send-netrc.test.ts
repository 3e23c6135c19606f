import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { coreKit } from '../support/core-kit.ts'
import { httpServer } from '../support/http-server.ts'
import { tempDir } from '../support/temp-dir.ts'

async function recorder(redirectTo?: string): Promise<{ url: string; port: number; seen: (string | undefined)[] }> {
  const seen: (string | undefined)[] = []
  const server = await httpServer((request, response) => {
    seen.push(request.headers.authorization)
    if (redirectTo !== undefined) response.writeHead(302, { location: redirectTo })
    response.end()
  })
  return { url: server.url, port: server.port, seen }
}

async function netrc(text: string | Buffer): Promise<string> {
  const path = join(await tempDir(), 'netrc')
  await writeFile(path, text)
  return path
}

const basic = (login: string, password: string): string => `Basic ${btoa(`${login}:${password}`)}`

describe('netrc', () => {
  test('that is not UTF-8 is read as Latin-1', async () => {
    const { url, seen } = await recorder()
    const kit = await coreKit({ NETRC: await netrc(Buffer.from('machine 127.0.0.1 login ren\xe9 password x\n', 'latin1')) })

    await kit.send({ url, options: { behaviour: 'requests' } })

    expect(seen).toEqual([basic('ren\xe9', 'x')])
  })

  test('sends the credentials of the host, and the preview says where they are from', async () => {
    const { url, seen } = await recorder()
    const kit = await coreKit({ NETRC: await netrc('machine 127.0.0.1 login ada password lovelace\n') })

    await kit.send({ url })
    const preview = await kit.call('request.prepare', { document: { ...emptyRequest(), url }, nodeId: null, seed: '0123456789' })

    expect(seen).toEqual([basic('ada', 'lovelace')])
    expect(preview).toMatchObject({
      headers: expect.arrayContaining([expect.objectContaining({ source: 'netrc', value: basic('ada', 'lovelace') })]),
    })
  })

  test('is found in the home folder, too', async () => {
    const { url, seen } = await recorder()
    const home = await tempDir()
    await writeFile(join(home, '_netrc'), 'default login any password one\n')
    const kit = await coreKit({ HOME: home })

    await kit.send({ url })

    expect(seen).toEqual([basic('any', 'one')])
  })

  test('comes last: a typed header, Auth and the URL win, and not trusting the environment turns it off', async () => {
    const { url, port, seen } = await recorder()
    const kit = await coreKit({ NETRC: await netrc('default login ada password lovelace\n') })

    await kit.send({ url, headers: [{ name: 'authorization', value: 'Mine', enabled: true }] })
    await kit.send({ url, auth: { kind: 'bearer', token: 't' } })
    await kit.send({ url: `http://me:too@127.0.0.1:${port}` })
    await kit.send({ url, options: { trustEnv: false } })

    expect(seen).toEqual(['Mine', 'Bearer t', basic('me', 'too'), undefined])
  })

  test('wins over a typed header and the URL where the behaviour is that of requests, and the preview says so', async () => {
    const { url, port, seen } = await recorder()
    const kit = await coreKit({ NETRC: await netrc('default login ada password lovelace\n') })
    const options = { behaviour: 'requests' } as const
    const typed = { url, options, headers: [{ name: 'authorization', value: 'Mine', enabled: true }] }

    const ofTyped = await kit.send(typed)
    const ofUrl = await kit.send({ url: `http://me:too@127.0.0.1:${port}`, options })
    await kit.send({ url, options, auth: { kind: 'bearer', token: 't' } })
    const preview = await kit.call('request.prepare', { document: { ...emptyRequest(), ...typed }, nodeId: null, seed: '0123456789' })

    expect(seen).toEqual([basic('ada', 'lovelace'), basic('ada', 'lovelace'), 'Bearer t'])
    expect(ofTyped.warnings).toContain('The Authorization header from netrc is sent instead of the typed one, as by requests.')
    expect(ofUrl.warnings).toContain('The Authorization header from netrc is sent instead of the one from the URL, as by requests.')
    expect(preview).toMatchObject({ headerNotes: [{ row: 0, message: 'Not sent: the one from netrc is.' }] })
  })

  test('is asked where the behaviour is ours or that of requests: curl has to be told to, browsers know none', async () => {
    const { url, seen } = await recorder()
    const kit = await coreKit({ NETRC: await netrc('default login ada password lovelace\n') })

    for (const behaviour of ['posthaste', 'requests', 'curl', 'browser'] as const) await kit.send({ url, options: { behaviour } })

    expect(seen).toEqual([basic('ada', 'lovelace'), basic('ada', 'lovelace'), undefined, undefined])
  })

  test('is looked up again where a redirect leads to another host', async () => {
    const target = await recorder()
    const { url, seen } = await recorder(`http://localhost:${target.port}/`)
    const kit = await coreKit({ NETRC: await netrc('machine 127.0.0.1 login a password 1\nmachine localhost login b password 2\n') })

    await kit.send({ url })
    await kit.send({ url, auth: { kind: 'bearer', token: 't' } })

    expect(seen).toEqual([basic('a', '1'), 'Bearer t'])
    expect(target.seen).toEqual([basic('b', '2'), basic('b', '2')])
  })

  test('a file that cannot be understood is left out, with a warning that names its line', async () => {
    const { url, seen } = await recorder()
    const kit = await coreKit({ NETRC: await netrc('machine a login b password c\nsesame\n') })

    const exchange = await kit.send({ url })

    expect([seen, exchange.warnings.join()]).toEqual([[undefined], expect.stringContaining('line 2')])
  })
})
