/**
 * AWS Signature Version 4 in the Authorization header, made by `aws4` over the request exactly as it goes out. Signed
 * are Host, Content-Type, everything typed and every `x-amz-` header; what a proxy may change on the way is not.
 *
 * The body's hash is taken by streaming it. Only for S3 over https is a body of more than 8 MiB left unsigned
 * (`UNSIGNED-PAYLOAD`, which S3 takes there): TLS keeps it whole, and a preview need not read a gigabyte.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash } from 'node:crypto'
import aws4, { type Request as SignerRequest } from 'aws4'
import type { AwsAuth } from '#contract/model/auth.ts'
import type { PreparedHeader } from '#contract/model/prepared.ts'
import { CoreError } from '../lib/core-error.ts'
import { withCredentials } from '../prepare/head.ts'
import { isTyped, type AuthFlow, type BodySource, type PreparedRequest } from '../prepare/prepared-request.ts'
import { ExactSigner } from './aws-canonical.ts'

const UNSIGNED_ABOVE_BYTES = 8 * 1024 * 1024
const UNSIGNED = 'UNSIGNED-PAYLOAD'

/** What the library reads beyond its published types. */
interface SignedRequest extends SignerRequest {
  extraHeadersToInclude: Record<string, boolean>
  extraHeadersToIgnore: Record<string, boolean>
}

/** @param now milliseconds since the epoch: a signature holds for minutes from then */
export function awsFlow(auth: AwsAuth, now: () => number): AuthFlow {
  const hashes = new WeakMap<BodySource, Promise<string>>()
  const hashOf = (body: BodySource | null): Promise<string> => {
    if (body === null) return Promise.resolve(createHash('sha256').digest('hex'))
    const known = hashes.get(body) ?? bodyHash(body)
    hashes.set(body, known)
    return known
  }
  return {
    sign: async (request) => {
      const scope = scopeOf(auth, request)
      const mayLeaveUnsigned = scope.service === 's3' && request.url.scheme === 'https'
      const isUnsigned = mayLeaveUnsigned && (request.body?.bytes ?? 0) > UNSIGNED_ABOVE_BYTES
      const hash = isUnsigned ? UNSIGNED : await hashOf(request.body)
      return {
        ...request,
        headers: withCredentials(request.headers, signedHeaders(auth, scope, request, hash, now()), request.policy.rules),
      }
    },
    respond: async () => null,
  }
}

interface Scope {
  readonly service: string
  readonly region: string
}

/** As given, or from the host where that is one of AWS. */
function scopeOf(auth: AwsAuth, { url }: PreparedRequest): Scope {
  const missing = (field: 'accessKeyId' | 'secretAccessKey', name: string): CoreError =>
    new CoreError('InvalidHeader', 'prepare', `AWS Signature needs the ${name}, and none is given.`, { where: { section: 'auth', field } })
  if (auth.accessKeyId === '') throw missing('accessKeyId', 'access key id')
  if (auth.secretAccessKey === '') throw missing('secretAccessKey', 'secret access key')
  const { service, region } = new aws4.RequestSigner(
    { host: url.host, ...(auth.service !== '' && { service: auth.service }), ...(auth.region !== '' && { region: auth.region }) },
    {},
  )
  if (service !== '') return { service, region }
  throw new CoreError('InvalidHeader', 'prepare', `Which AWS service ${url.host} belongs to cannot be told from its name.`, {
    hint: 'Name the service, such as execute-api or s3.',
    where: { section: 'auth', field: 'service' },
  })
}

function signedHeaders(auth: AwsAuth, scope: Scope, request: PreparedRequest, bodyHash: string, now: number): PreparedHeader[] {
  const { url, method } = request
  const typed = (name: string): string | undefined => request.headers.find((header) => header.name.toLowerCase() === name)?.value
  // What is typed stands: a date of one's own, or `UNSIGNED-PAYLOAD`.
  const signedHash = typed('x-amz-content-sha256') ?? bodyHash
  const wanted = [
    ['X-Amz-Date', new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '')],
    ['X-Amz-Security-Token', auth.sessionToken],
    ['X-Amz-Content-Sha256', scope.service === 's3' ? bodyHash : ''],
  ] as const
  const added = wanted.filter(([name, value]) => value !== '' && typed(name.toLowerCase()) === undefined)
  const headers = joined([...request.headers.filter(isSigned).map(({ name, value }) => [name, value] as const), ...added])
  const signing: SignedRequest = {
    host: url.host,
    method,
    path: url.target,
    ...scope,
    // The library takes the body's hash from this header; where the service does not want it, it is neither sent nor signed.
    headers: { ...headers, 'x-amz-content-sha256': signedHash },
    extraHeadersToInclude: Object.fromEntries(Object.keys(headers).map((name) => [name, true])),
    extraHeadersToIgnore: 'x-amz-content-sha256' in headers ? {} : { 'x-amz-content-sha256': true },
  }
  const signer = new ExactSigner(signing, { accessKeyId: auth.accessKeyId, secretAccessKey: auth.secretAccessKey })
  const { headers: made } = signer.sign()
  const note = `Signed for ${scope.service} in ${scope.region} at ${new Date(now).toISOString().slice(11, 19)} UTC; signed anew when it is sent.`
  return [
    // Only the token is a secret.
    ...added.map(([name, value]): PreparedHeader => ({ name, value, source: name === 'X-Amz-Security-Token' ? 'auth' : 'engine' })),
    { name: 'Authorization', value: String(made?.['Authorization']), source: 'auth', note },
  ]
}

function isSigned({ name, source }: PreparedHeader): boolean {
  const lower = name.toLowerCase()
  if (lower === 'host' || lower === 'content-type' || lower.startsWith('x-amz-')) return true
  return isTyped({ source }) && !UNSIGNABLE.has(lower)
}

/** The transport or a proxy may write them anew. */
const UNSIGNABLE = new Set(['connection', 'user-agent', 'expect', 'x-amzn-trace-id', 'accept-encoding', 'authorization'])

/** By lower case name; lines of one name as one, separated by commas. */
function joined(headers: readonly (readonly [name: string, value: string])[]): Record<string, string> {
  const byName = new Map<string, string>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const before = byName.get(key)
    byName.set(key, before === undefined ? value : `${before},${value}`)
  }
  return Object.fromEntries(byName)
}

async function bodyHash(body: BodySource): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of body.open() as AsyncIterable<Buffer>) digest.update(chunk)
  return digest.digest('hex')
}
