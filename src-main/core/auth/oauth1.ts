/**
 * OAuth 1.0: signs method, address, query and form with a secret that is never sent. The parameters go into a header,
 * the query or a form. Own code, because no maintained library leaves the request to us.
 *
 * @see RFC 5849; OAuth Request Body Hash 1.0 (draft of 2009) for `oauth_body_hash`
 */
import { createHash, createHmac, createPrivateKey, createSign, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { OAuth1Auth } from '#contract/model/auth.ts'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { textBody } from '../prepare/body-segments.ts'
import { withCredentials } from '../prepare/head.ts'
import type { AuthFlow, BodySource, PreparedRequest } from '../prepare/prepared-request.ts'
import { withQueryPairs } from '../prepare/target-url.ts'

type Pair = readonly [name: string, value: string]

/** Longer forms are not signed: they would have to be in memory whole. */
const MAX_FORM_BYTES = 4 * 1024 * 1024

export interface OAuth1Surroundings {
  readonly seed: string
  readonly now: () => number
  readonly baseDir: string | null
}

export function oauth1Flow(auth: OAuth1Auth, around: OAuth1Surroundings): AuthFlow {
  return {
    sign: async (request) => {
      const form = isForm(request) ? await formText(request.body) : null
      if (auth.placement === 'body' && form === null) {
        throw fault('placement', 'The OAuth 1.0 parameters can only be added to a body that is a form.', 'Choose the header or the query.')
      }
      const own = await protocolPairs(auth, request, form === null, around)
      const base = signatureBase(request, [...own, ...queryPairs(request.url.target), ...decodedPairs(form ?? '')])
      const signature = await sign(auth, base, around.baseDir)
      return placed(auth, request, form ?? '', [...own, ['oauth_signature', signature]])
    },
    respond: async () => null,
  }
}

async function protocolPairs(
  auth: OAuth1Auth,
  request: PreparedRequest,
  mayHashBody: boolean,
  { seed, now }: OAuth1Surroundings,
): Promise<Pair[]> {
  const nonce = createHash('sha256').update(`oauth1 nonce ${seed} ${request.method} ${request.url.href}`).digest('hex').slice(0, 32)
  const given = (name: string, value: string): Pair[] => (value === '' ? [] : [[name, value]])
  return [
    ['oauth_consumer_key', auth.consumerKey],
    ...given('oauth_token', auth.accessToken),
    ['oauth_signature_method', auth.signatureMethod],
    ['oauth_timestamp', auth.timestamp === '' ? String(Math.floor(now() / 1000)) : auth.timestamp],
    ['oauth_nonce', auth.nonce === '' ? nonce : auth.nonce],
    ['oauth_version', auth.version === '' ? '1.0' : auth.version],
    ...given('oauth_callback', auth.callbackUrl),
    ...given('oauth_verifier', auth.verifier),
    ...(auth.includeBodyHash && mayHashBody ? given('oauth_body_hash', await bodyHash(auth, request.body)) : []),
  ]
}

/** The parameters where they are wanted; the header's are `realm` first, which is not signed (RFC 5849 §3.5.1). */
function placed(auth: OAuth1Auth, request: PreparedRequest, form: string, pairs: readonly Pair[]): PreparedRequest {
  const encoded = pairs.map(([name, value]) => `${percent(name)}=${percent(value)}`)
  switch (auth.placement) {
    case 'query':
      return { ...request, url: withQueryPairs(request.url, encoded) }
    case 'body':
      return withForm(request, [...(form === '' ? [] : [form]), ...encoded].join('&'))
    case 'header': {
      const realm = auth.realm === '' ? [] : [`realm="${auth.realm.replace(/(["\\])/g, '\\$1')}"`]
      const value = `OAuth ${[...realm, ...pairs.map(([name, text]) => `${percent(name)}="${percent(text)}"`)].join(', ')}`
      const note = 'Signed for this moment; signed anew when it is sent.'
      return {
        ...request,
        headers: withCredentials(request.headers, [{ name: 'Authorization', value, source: 'auth', note }], request.policy.rules),
      }
    }
  }
}

function withForm(request: PreparedRequest, form: string): PreparedRequest {
  const body = textBody(form)
  const headers = request.headers.map((header) =>
    header.name.toLowerCase() === 'content-length' ? { ...header, value: String(body.bytes) } : header,
  )
  return { ...request, body, headers }
}

/** @see RFC 5849 §3.4.1 */
export function signatureBase(request: Pick<PreparedRequest, 'method' | 'url'>, pairs: readonly Pair[]): string {
  const { scheme, host, port, target } = request.url
  const isDefaultPort = port === (scheme === 'https' ? 443 : 80)
  const name = host.includes(':') ? `[${host}]` : host
  const path = target.split('?', 1)[0] ?? '/'
  const address = `${scheme}://${name}${isDefaultPort ? '' : `:${port}`}${path}`
  const normalized = pairs
    .map(([key, value]): Pair => [percent(key), percent(value)])
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([key, value]) => `${key}=${value}`)
    .join('&')
  return [request.method, address, normalized].map(percent).join('&')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

async function sign(auth: OAuth1Auth, base: string, baseDir: string | null): Promise<string> {
  const secret = `${percent(auth.consumerSecret)}&${percent(auth.accessTokenSecret)}`
  if (auth.signatureMethod === 'PLAINTEXT') return secret
  const hash = hashOf(auth)
  if (auth.signatureMethod.startsWith('HMAC')) return createHmac(hash, secret).update(base).digest('base64')
  return createSign(hash)
    .update(base)
    .sign(await privateKey(auth, baseDir), 'base64')
}

function hashOf({ signatureMethod }: OAuth1Auth): 'sha1' | 'sha256' | 'sha512' {
  if (signatureMethod.endsWith('SHA512')) return 'sha512'
  return signatureMethod.endsWith('SHA256') ? 'sha256' : 'sha1'
}

async function privateKey({ privateKey: given, privateKeyIn }: OAuth1Auth, baseDir: string | null): Promise<KeyObject> {
  if (given.trim() === '') throw fault('privateKey', 'The signature method needs a private key, and none is given.')
  const text = privateKeyIn === 'file' ? await keyFile(given, baseDir) : given
  try {
    const key = createPrivateKey(withLines(text))
    if (key.asymmetricKeyType === 'rsa') return key
  } catch {
    // What the library says of a broken key names its inner parts, and helps no one.
  }
  throw fault('privateKey', 'The private key is not an RSA key in PEM form.', 'It begins with -----BEGIN PRIVATE KEY-----.')
}

/** A field of one line has lost the line breaks of the PEM text that was pasted into it. */
function withLines(pem: string): string {
  return pem.replace(
    /(-----BEGIN [A-Z ]+-----)([^-]*)(-----END [A-Z ]+-----)/g,
    (_whole, begin: string, content: string, end: string) => `${begin}\n${content.replace(/\s+/g, '').replace(/.{64}/g, '$&\n')}\n${end}\n`,
  )
}

async function keyFile(path: string, baseDir: string | null): Promise<string> {
  if (!isAbsolute(path) && baseDir === null) {
    throw fault('privateKey', `"${path}" is a relative path, and this request is in no collection yet.`, 'Save the request first.')
  }
  const whole = resolve(baseDir ?? '/', path)
  try {
    return await readFile(whole, 'utf8')
  } catch (error) {
    const why = systemCode(error) === 'ENOENT' ? 'is not there' : 'could not be read'
    throw new CoreError('FileNotFound', 'prepare', `The private key's file ${why}: ${whole}.`, {
      where: { section: 'auth', field: 'privateKey' },
    })
  }
}

function fault(field: string, message: string, hint?: string): CoreError {
  return new CoreError('InvalidHeader', 'prepare', message, { where: { section: 'auth', field }, ...(hint !== undefined && { hint }) })
}

/** A body whose parameters are signed (RFC 5849 §3.4.1.3.1). */
function isForm({ headers, body }: PreparedRequest): boolean {
  const type = headers.find((header) => header.name.toLowerCase() === 'content-type')?.value ?? ''
  return body !== null && /^application\/x-www-form-urlencoded(?:\s*;|\s*$)/i.test(type)
}

async function formText(body: BodySource | null): Promise<string> {
  if (body === null) return ''
  if (body.bytes > MAX_FORM_BYTES) throw fault('placement', 'The form is too large to be signed: more than 4 MiB.')
  return (await buffer(body.open())).toString('utf8')
}

function queryPairs(target: string): Pair[] {
  const mark = target.indexOf('?')
  return mark < 0 ? [] : decodedPairs(target.slice(mark + 1))
}

function decodedPairs(text: string): Pair[] {
  return [...new URLSearchParams(text)]
}

async function bodyHash(auth: OAuth1Auth, body: BodySource | null): Promise<string> {
  const digest = createHash(hashOf(auth))
  if (body) for await (const chunk of body.open() as AsyncIterable<Buffer>) digest.update(chunk)
  return digest.digest('base64')
}

/** RFC 5849 §3.6: everything but letters, digits and `-._~`. */
function percent(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
