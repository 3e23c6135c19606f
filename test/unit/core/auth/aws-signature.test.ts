import { describe, expect, test } from 'vitest'
import type { AwsAuth } from '#contract/model/auth.ts'
import { awsFlow } from '#core/auth/aws-signature.ts'
import { textBody } from '#core/prepare/body-segments.ts'
import type { BodySource, PreparedRequest } from '#core/prepare/prepared-request.ts'
import BOTOCORE from '../../../fixtures/aws/botocore.json' with { type: 'json' }
import { headerLines, headerOf, preparedRequest } from '../../../support/prepared.ts'

const SUITE: AwsAuth = {
  kind: 'awsv4',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: '',
  service: 'service',
  region: 'us-east-1',
}
const HOST = 'example.amazonaws.com'
const AT = Date.UTC(2015, 7, 30, 12, 36, 0)

async function signed(auth: AwsAuth, request: PreparedRequest, at = AT): Promise<PreparedRequest> {
  const made = await awsFlow(auth, () => at).sign?.(request, 'send')
  if (!made) throw new Error('The flow signs.')
  return made
}

const signatureOf = (request: PreparedRequest): string | undefined =>
  /Signature=([0-9a-f]{64})/.exec(headerOf(request, 'authorization') ?? '')?.[1]
const signedNames = (request: PreparedRequest): string | undefined =>
  /SignedHeaders=([^,]+)/.exec(headerOf(request, 'authorization') ?? '')?.[1]

interface Vector {
  readonly method?: string
  readonly target?: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string
  readonly signature: string
}

/** AWS's published test suite for Signature Version 4. */
const VECTORS: Readonly<Record<string, Vector>> = {
  'get-vanilla': { signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  'get-vanilla-query-order-key-case': {
    target: '/?Param2=value2&Param1=value1',
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  'get-vanilla-query-unreserved': {
    target:
      '/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
    signature: '9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197',
  },
  'get-unreserved': {
    target: '/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
    signature: '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
  },
  'get-header-key-duplicate': {
    headers: [
      ['My-Header1', 'value2'],
      ['My-Header1', 'value2'],
      ['My-Header1', 'value1'],
    ],
    signature: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
  },
  'get-header-value-trim': {
    headers: [
      ['My-Header1', ' value1'],
      ['My-Header2', ' "a   b   c"'],
    ],
    signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  },
  'post-vanilla': { method: 'POST', signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b' },
  'post-header-key-sort': {
    method: 'POST',
    headers: [['My-Header1', 'value1']],
    signature: 'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
  },
  'post-x-www-form-urlencoded': {
    method: 'POST',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: 'Param1=value1',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
}

describe('awsFlow', () => {
  test.each(Object.entries(VECTORS))(
    "signs AWS's vector %s",
    async (_name, { method = 'GET', target = '/', headers = [], body, signature }) => {
      const request = preparedRequest(`https://${HOST}${target}`, {
        method,
        headers: headerLines(HOST, ...headers),
        body: body === undefined ? null : textBody(body),
      })

      expect(signatureOf(await signed(SUITE, request))).toBe(signature)
    },
  )

  test.each(BOTOCORE.cases)(
    'signs as botocore does: $method $service $url',
    async ({ service, method, url, headers, body, token, ...made }) => {
      const auth = { ...SUITE, accessKeyId: 'AKID', secretAccessKey: 'sec/ret+key', sessionToken: token, service, region: 'eu-west-1' }
      const { host } = new URL(url)
      const request = preparedRequest(url, {
        method,
        headers: headerLines(host, ...headers.map(([name = '', value = '']) => [name, value] as const)),
        body: body === '' ? null : textBody(body),
      })

      const ours = await signed(auth, request, Date.UTC(2026, 0, 2, 3, 4, 5))

      expect(headerOf(ours, 'authorization')).toBe(made.authorization)
    },
  )

  test('signs what is no text as it is sent', async () => {
    const at = (target: string): Promise<PreparedRequest> =>
      signed({ ...SUITE, service: 's3' }, preparedRequest(`https://${HOST}${target}`, { headers: headerLines(HOST) }))

    const made = await Promise.all(['/%E9', '/%EF%BF%BD', '/%E8'].map(at))

    expect(new Set(made.map(signatureOf)).size).toBe(3)
  })

  const bucket = 'examplebucket.s3.amazonaws.com'
  const s3: AwsAuth = {
    ...SUITE,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    service: '',
    region: '',
  }
  const s3At = Date.UTC(2013, 4, 24)

  test("signs the GET of Amazon S3's documentation, service and region found from the host", async () => {
    const request = preparedRequest(`https://${bucket}/test.txt`, { headers: headerLines(bucket, ['Range', 'bytes=0-9']) })
    const made = await signed(s3, request, s3At)

    expect(signedNames(made)).toBe('host;range;x-amz-content-sha256;x-amz-date')
    expect(signatureOf(made)).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41')
  })

  test("signs the PUT of Amazon S3's documentation, its body hashed and its key encoded once", async () => {
    const request = preparedRequest(`https://${bucket}/test%24file.text`, {
      method: 'PUT',
      headers: headerLines(bucket, ['Date', 'Fri, 24 May 2013 00:00:00 GMT'], ['x-amz-storage-class', 'REDUCED_REDUNDANCY']),
      body: textBody('Welcome to Amazon S3.'),
    })
    const made = await signed(s3, request, s3At)

    expect(headerOf(made, 'x-amz-content-sha256')).toBe('44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072')
    expect(signatureOf(made)).toBe('98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd')
  })

  test('leaves a large body for S3 unsigned over https, and hashes it over http', async () => {
    const large: BodySource = { ...textBody('x'), bytes: 9 * 1024 * 1024 }
    const put = (scheme: string): PreparedRequest =>
      preparedRequest(`${scheme}://${bucket}/k`, { method: 'PUT', headers: headerLines(bucket), body: large })

    expect(headerOf(await signed(s3, put('https')), 'x-amz-content-sha256')).toBe('UNSIGNED-PAYLOAD')
    expect(headerOf(await signed(s3, put('http')), 'x-amz-content-sha256')).toMatch(/^[0-9a-f]{64}$/)
  })

  test('what is typed stands, and is signed', async () => {
    const headers = headerLines(bucket, ['x-amz-content-sha256', 'UNSIGNED-PAYLOAD'], ['X-Amz-Date', '20130524T000000Z'])
    const made = await signed(s3, preparedRequest(`https://${bucket}/k`, { headers }))

    expect(made.headers.filter(({ name }) => /^x-amz-/i.test(name))).toHaveLength(2)
    expect(headerOf(made, 'authorization')).toContain('/20130524/')
    expect(signedNames(made)).toBe('host;x-amz-content-sha256;x-amz-date')
  })

  test('sends and signs a session token, and the hash only where the service wants it', async () => {
    const made = await signed({ ...SUITE, sessionToken: 'session' }, preparedRequest(`https://${HOST}/`, { headers: headerLines(HOST) }))

    expect(headerOf(made, 'x-amz-security-token')).toBe('session')
    expect(signedNames(made)).toBe('host;x-amz-date;x-amz-security-token')
    expect(headerOf(made, 'x-amz-content-sha256')).toBeUndefined()
  })

  test('names the field that is missing', async () => {
    const elsewhere = preparedRequest('https://api.test/', { headers: headerLines('api.test') })

    await expect(signed({ ...SUITE, secretAccessKey: '' }, elsewhere)).rejects.toMatchObject({
      parts: { where: { field: 'secretAccessKey' } },
    })
    await expect(signed({ ...SUITE, service: '' }, elsewhere)).rejects.toMatchObject({ parts: { where: { field: 'service' } } })
  })
})
