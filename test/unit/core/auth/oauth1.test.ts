import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import type { OAuth1Auth } from '#contract/model/auth.ts'
import { emptyAuth } from '#contract/model/request-defaults.ts'
import { oauth1Flow, signatureBase } from '#core/auth/oauth1.ts'
import { textBody } from '#core/prepare/body-segments.ts'
import type { PreparedRequest } from '#core/prepare/prepared-request.ts'
import { parseTargetUrl } from '#core/prepare/target-url.ts'
import { headerLines, headerOf, preparedRequest } from '../../../support/prepared.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const

function credentials(change: Partial<OAuth1Auth>): OAuth1Auth {
  const empty = emptyAuth('oauth1')
  if (empty.kind !== 'oauth1') throw new Error('The defaults are of another kind.')
  return { ...empty, ...change }
}

async function signed(auth: OAuth1Auth, request: PreparedRequest, baseDir: string | null = null): Promise<PreparedRequest> {
  const made = await oauth1Flow(auth, { seed: 'a seed', now: () => 1_700_000_000_999, baseDir }).sign?.(request, 'send')
  if (!made) throw new Error('The flow signs.')
  return made
}

const field = (request: PreparedRequest, name: string): string | undefined => {
  const found = new RegExp(`${name}="([^"]*)"`).exec(headerOf(request, 'authorization') ?? '')?.[1]
  return found === undefined ? undefined : decodeURIComponent(found)
}

/** OAuth Core 1.0, appendix A.5. */
const PHOTOS = credentials({
  consumerKey: 'dpf43f3p2l4k3l03',
  consumerSecret: 'kd94hf93k423kf44',
  accessToken: 'nnch734d00sl2jdk',
  accessTokenSecret: 'pfkkdhi9sl3r4s00',
  timestamp: '1191242096',
  nonce: 'kllo9940pd9333jh',
})
const VACATION = 'http://photos.example.net/photos?file=vacation.jpg&size=original'

describe('signatureBase', () => {
  test('is that of RFC 5849 §3.4.1.1', () => {
    const base = signatureBase({ method: 'POST', url: parseTargetUrl('http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b') }, [
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
      ...new URLSearchParams('b5=%3D%253D&a3=a&c%40=&a2=r%20b'),
      ...new URLSearchParams('c2&a3=2+q'),
    ])

    expect(base).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    )
  })

  test('keeps a port that is not the default of the scheme', () => {
    expect(signatureBase({ method: 'GET', url: parseTargetUrl('https://www.example.net:8080/?q=1') }, [])).toContain(
      'example.net%3A8080%2F',
    )
  })
})

describe('oauth1Flow', () => {
  test('signs the example of OAuth Core 1.0 by HMAC-SHA1', async () => {
    const made = await signed({ ...PHOTOS, realm: 'http://photos.example.net/' }, preparedRequest(VACATION))

    expect(field(made, 'oauth_signature')).toBe('tR3+Ty81lMeYAr/Fid0kMTYa/WM=')
    expect(headerOf(made, 'authorization')).toMatch(
      /^OAuth realm="http:\/\/photos\.example\.net\/", oauth_consumer_key="dpf43f3p2l4k3l03", /,
    )
  })

  test("signs Twitter's published example, query and form together", async () => {
    const auth = credentials({
      consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
      consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
      accessToken: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
      accessTokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
      nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
      timestamp: '1318622958',
    })
    const request = preparedRequest('https://api.twitter.com/1.1/statuses/update.json?include_entities=true', {
      method: 'POST',
      headers: headerLines('api.twitter.com', FORM),
      body: textBody('status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21'),
    })

    expect(field(await signed(auth, request), 'oauth_signature')).toBe('hCtSmYh+iHYCEqBWrE7C7hYmtUk=')
  })

  test('sends the secrets themselves by PLAINTEXT, each encoded', async () => {
    const auth = { ...PHOTOS, consumerSecret: 'a&b', accessTokenSecret: 'c d', signatureMethod: 'PLAINTEXT' as const }

    expect(field(await signed(auth, preparedRequest(VACATION)), 'oauth_signature')).toBe('a%26b&c%20d')
  })

  test.each([
    ['RSA-SHA1', 'sha1'],
    ['RSA-SHA256', 'sha256'],
    ['RSA-SHA512', 'sha512'],
  ] as const)('signs by %s so that the public key proves it, the key given or in a file', async (signatureMethod, hash) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const folder = await tempDir()
    await writeFile(join(folder, 'key.pem'), pem)
    const auth = { ...PHOTOS, signatureMethod, privateKey: pem }

    const made = await signed(auth, preparedRequest(VACATION))
    const fromFile = await signed({ ...auth, privateKey: 'key.pem', privateKeyIn: 'file' }, preparedRequest(VACATION), folder)

    const base = signatureBase(preparedRequest(VACATION), [
      ['oauth_consumer_key', PHOTOS.consumerKey],
      ['oauth_token', PHOTOS.accessToken],
      ['oauth_signature_method', signatureMethod],
      ['oauth_timestamp', PHOTOS.timestamp],
      ['oauth_nonce', PHOTOS.nonce],
      ['oauth_version', '1.0'],
      ['file', 'vacation.jpg'],
      ['size', 'original'],
    ])
    expect(verify(hash, Buffer.from(base), publicKey, Buffer.from(field(made, 'oauth_signature') ?? '', 'base64'))).toBe(true)
    expect(field(fromFile, 'oauth_signature')).toBe(field(made, 'oauth_signature'))
    const pasted = await signed({ ...auth, privateKey: pem.replaceAll('\n', '') }, preparedRequest(VACATION))
    expect(field(pasted, 'oauth_signature')).toBe(field(made, 'oauth_signature'))
  })

  test('puts the parameters into the query, or after the form', async () => {
    const request = preparedRequest('http://x.test/a?b=1', {
      method: 'POST',
      headers: [...headerLines('x.test', FORM), { name: 'content-length', value: '3', source: 'body' }],
      body: textBody('c=2'),
    })
    const inQuery = await signed({ ...PHOTOS, placement: 'query' }, request)
    const inBody = await signed({ ...PHOTOS, placement: 'body' }, request)
    const form = (await buffer(inBody.body?.open() ?? textBody('').open())).toString()

    expect(inQuery.url.target).toMatch(/^\/a\?b=1&oauth_consumer_key=.*&oauth_signature=/)
    expect(form).toMatch(/^c=2&oauth_consumer_key=.*&oauth_signature=/)
    expect(headerOf(inBody, 'content-length')).toBe(String(form.length))
    expect(headerOf(inQuery, 'authorization')).toBeUndefined()
  })

  test('hashes a body that is no form, where that is wanted', async () => {
    const request = preparedRequest('http://x.test/', {
      method: 'POST',
      headers: headerLines('x.test', ['Content-Type', 'text/plain']),
      body: textBody('Hello'),
    })

    expect(field(await signed({ ...PHOTOS, includeBodyHash: true }, request), 'oauth_body_hash')).toBe(
      createHash('sha1').update('Hello').digest('base64'),
    )
  })

  test('the same seed gives the same nonce, another address another one; the time is that of sending', async () => {
    const auth = { ...PHOTOS, timestamp: '', nonce: '' }
    const once = await signed(auth, preparedRequest(VACATION))

    expect(field(await signed(auth, preparedRequest(VACATION)), 'oauth_nonce')).toBe(field(once, 'oauth_nonce'))
    expect(field(await signed(auth, preparedRequest('http://x.test/')), 'oauth_nonce')).not.toBe(field(once, 'oauth_nonce'))
    expect(field(once, 'oauth_timestamp')).toBe('1700000000')
  })

  test.each([
    [{ signatureMethod: 'RSA-SHA1', privateKey: '' }, 'privateKey'],
    [{ signatureMethod: 'RSA-SHA1', privateKey: 'not a key' }, 'privateKey'],
    [{ signatureMethod: 'RSA-SHA1', privateKey: 'gone.pem', privateKeyIn: 'file' }, 'privateKey'],
    [{ placement: 'body' }, 'placement'],
  ] as const)('names the field of what cannot be signed: %o', async (change, at) => {
    await expect(signed({ ...PHOTOS, ...change }, preparedRequest(VACATION))).rejects.toMatchObject({ parts: { where: { field: at } } })
  })
})
