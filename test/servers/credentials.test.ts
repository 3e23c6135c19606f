import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { coreKit } from '../support/core-kit.ts'
import { httpServer } from '../support/http-server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { findPython } from './support/python.ts'

const run = promisify(execFile)
const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

async function python(code: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  await run(await findPython(), ['-c', `import requests\n${code}`], { env: { ...process.env, ...env } })
}

function fieldOf({ headers }: IncomingMessage, name: string): string | undefined {
  return new RegExp(`(?:^Digest |, )${name}="?([^",]+)`).exec(headers.authorization ?? '')?.[1]
}

/** Lets `u` with the password `p` in, each count of a nonce once; keeps what was sent of each request. */
async function digestServer(algorithm: string): Promise<{ url: string; seen: unknown[] }> {
  const seen: unknown[] = []
  const counts = new Set<string>()
  const server = await httpServer((request, response) => {
    const field = (name: string): string => fieldOf(request, name) ?? ''
    const hash = (text: string): string =>
      createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
        .update(text)
        .digest('hex')
    const proof = hash(
      `${hash('u:r:p')}:${field('nonce')}:${field('nc')}:${field('cnonce')}:auth:${hash(`${request.method}:${request.url}`)}`,
    )
    const use = `${field('cnonce')} ${field('nc')}`
    const isIn = field('response') === proof && !counts.has(use)
    counts.add(use)
    seen.push([isIn, ...['username', 'realm', 'nonce', 'uri', 'algorithm', 'qop', 'nc', 'opaque'].map((name) => fieldOf(request, name))])
    const challenge = `Digest realm="r", nonce="${md5(algorithm)}", qop="auth", opaque="o", algorithm=${algorithm}`
    response.writeHead(isIn ? 200 : 401, isIn ? {} : { 'www-authenticate': challenge })
    response.end('x')
  })
  return { url: server.url, seen }
}

describe('Digest, as Python requests sends it', () => {
  test.each(['MD5', 'SHA-256'])('%s: one challenge, then counted up, for three requests of a session', async (algorithm) => {
    const { url, seen } = await digestServer(algorithm)
    const kit = await coreKit()
    const paths = ['/a?b=c%20d', '/a?b=c%20d', '/e/f']

    for (const path of paths) await kit.send({ url: url + path, auth: { kind: 'digest', username: 'u', password: 'p' } })
    const ours = seen.splice(0)
    await python(
      `s = requests.Session(); a = requests.auth.HTTPDigestAuth("u", "p")\nfor path in ${JSON.stringify(paths)}: s.get("${url}" + path, auth=a)`,
    )

    expect(ours).toHaveLength(4)
    expect(ours).toEqual(seen)
  })
})

describe('what Python requests sends of netrc', () => {
  test.each([
    ['an entry of the host', 'machine 127.0.0.1 login ada password lovelace\n'],
    ['a default', 'machine other.test login a password b\ndefault login any password "two words"\n'],
    ['the later of two', 'machine 127.0.0.1 login a password 1\nmachine 127.0.0.1 login b password 2\n'],
    ['an account in place of a login', 'machine 127.0.0.1 account acc password pw\n'],
    [
      'comments, macros and a hash in a password',
      '# c\nmacdef init\nmachine 127.0.0.1 login x\n\nmachine 127.0.0.1 login b password #2 # mine\n',
    ],
    ['what stands before an empty word', 'machine 127.0.0.1 login a password b\n"" sesame open\n'],
    ['a form feed in a password', 'machine 127.0.0.1 login a password b\fc\r\n'],
    ['a macro with a line of blanks', 'macdef init\n cd x\n \n put y\n\nmachine 127.0.0.1 login a password b\n'],
    ['nothing for another host', 'machine other.test login a password b\n'],
    ['nothing of a broken file', 'machine 127.0.0.1 login a password b\nsesame open\n'],
  ])('%s', async (_what, text) => {
    const seen: (string | undefined)[] = []
    const { url } = await httpServer((request, response) => {
      seen.push(request.headers.authorization)
      response.end()
    })
    const file = join(await tempDir(), 'netrc')
    await writeFile(file, text)
    const kit = await coreKit({ NETRC: file })

    await kit.send({ url })
    await python(`requests.get("${url}")`, { NETRC: file })

    expect(seen).toHaveLength(2)
    expect(seen[0]).toBe(seen[1])
  })
})

test('over what of a typed header, the URL and `auth=` Python requests puts netrc', async () => {
  const seen: (string | undefined)[] = []
  const { port } = await httpServer((request, response) => {
    seen.push(request.headers.authorization)
    if (request.url === '/old') response.writeHead(302, { location: '/' })
    response.end()
  })
  const file = join(await tempDir(), 'netrc')
  await writeFile(file, 'machine 127.0.0.1 login ada password lovelace\n')
  const kit = await coreKit({ NETRC: file })
  const [plain, withUser] = [`http://127.0.0.1:${port}/`, `http://me:too@127.0.0.1:${port}/`]
  const options = { behaviour: 'requests' } as const

  await kit.send({ url: plain, options, headers: [{ name: 'Authorization', value: 'Mine', enabled: true }] })
  await kit.send({ url: withUser, options })
  await kit.send({ url: `${plain}old`, options, auth: { kind: 'basic', username: 'a', password: 'b' } })
  const ours = seen.splice(0)
  await python(
    `requests.get("${plain}", headers={"Authorization": "Mine"}); requests.get("${withUser}"); requests.get("${plain}old", auth=("a", "b"))`,
    { NETRC: file },
  )

  expect(ours).toHaveLength(4)
  expect(ours).toEqual(seen)
})

describe('Basic, as Python requests sends it', () => {
  test.each([
    ['', 'secret'],
    ['user', ''],
    ['jörg', 'pässwörd'],
  ])('user %j, password %j, in Latin-1', async (username, password) => {
    const seen: (string | undefined)[] = []
    const { url } = await httpServer((request, response) => {
      seen.push(request.headers.authorization)
      response.end()
    })
    const kit = await coreKit()

    await kit.send({ url, auth: { kind: 'basic', username, password, charset: 'latin-1' } })
    await python(`requests.get("${url}", auth=(${JSON.stringify(username)}, ${JSON.stringify(password)}))`)

    expect(seen[0]).toBe(seen[1])
  })
})
