/** Objects of requests and the libraries around it: credentials, retries, adapters, multipart encoders. */
import type { Part } from '#contract/model/request.ts'
import { emptyAuth } from '#contract/model/request-defaults.ts'
import { argument, type Args } from './args.ts'
import { partsOf } from './call-files.ts'
import { createWriter } from './form-writer.ts'
import { note, unknown, type Machine } from './machine.ts'
import { iterated, pairsOf } from './operators.ts'
import { fieldText } from './python-text.ts'
import type { Span } from './syntax.ts'
import { NONE, plainText, truth, type EncoderValue, type Value } from './values.ts'

type Credentials = Extract<Value, { kind: 'credentials' }>

export function credentials(kind: 'basic' | 'digest', args: Args, at: Span, machine: Machine, isForProxy = false): Credentials {
  const writer = createWriter(machine, at, machine.notes)
  const field = (index: number, name: string): string => {
    const value = argument(args, index, name)
    return value ? writer.text(fieldText(value) ?? []) : ''
  }
  return { kind: 'credentials', auth: { kind, username: field(0, 'username'), password: field(1, 'password') }, isForProxy }
}

/** requests-oauthlib's OAuth1. */
export function oauth1(args: Args, at: Span, machine: Machine): Credentials {
  const writer = createWriter(machine, at, machine.notes)
  const field = (index: number, name: string): string => {
    const value = argument(args, index, name)
    return value && value.kind !== 'none' ? writer.text(fieldText(value) ?? []) : ''
  }
  const auth = emptyAuth('oauth1')
  if (auth.kind !== 'oauth1') throw new Error('Empty credentials are of the kind that was asked for.')
  const method = field(-1, 'signature_method')
  const methods = ['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'RSA-SHA1', 'RSA-SHA256', 'RSA-SHA512', 'PLAINTEXT'] as const
  return {
    kind: 'credentials',
    auth: {
      ...auth,
      consumerKey: field(0, 'client_key'),
      consumerSecret: field(1, 'client_secret'),
      accessToken: field(2, 'resource_owner_key'),
      accessTokenSecret: field(3, 'resource_owner_secret'),
      signatureMethod: methods.find((one) => one === method) ?? 'HMAC-SHA1',
      callbackUrl: field(4, 'callback_uri'),
      verifier: field(-1, 'verifier'),
      realm: field(-1, 'realm'),
    },
    isForProxy: false,
  }
}

/** requests-aws4auth's AWS4Auth, and that of aws-requests-auth. */
export function awsAuth(args: Args, at: Span, machine: Machine): Credentials {
  const writer = createWriter(machine, at, machine.notes)
  const field = (index: number, ...names: readonly string[]): string => {
    const value = names.map((name) => argument(args, index, name)).find((one) => one !== undefined)
    return value && value.kind !== 'none' ? writer.text(fieldText(value) ?? []) : ''
  }
  return {
    kind: 'credentials',
    auth: {
      kind: 'awsv4',
      accessKeyId: field(0, 'access_id', 'aws_access_key'),
      secretAccessKey: field(1, 'secret_key', 'aws_secret_access_key'),
      region: field(2, 'region', 'aws_region'),
      service: field(3, 'service', 'aws_service'),
      sessionToken: field(-1, 'session_token', 'aws_token'),
    },
    isForProxy: false,
  }
}

type Retry = Extract<Value, { kind: 'retry' }>

const COUNTS = { total: 'total', connect: 'connect', read: 'read', status: 'status', other: 'other' } as const
const SECONDS = { backoff_factor: 'backoffFactor', backoff_max: 'backoffMax', backoff_jitter: 'backoffJitter' } as const
const POSITIONS = [
  'total',
  'connect',
  'read',
  'redirect',
  'status',
  'other',
  'allowed_methods',
  'status_forcelist',
  'backoff_factor',
  'backoff_max',
  'raise_on_redirect',
  'raise_on_status',
]

/** urllib3's Retry. */
export function retryFrom(args: Args, at: Span, machine: Machine): Retry {
  const given = (name: string): Value | undefined => argument(args, POSITIONS.indexOf(name), name)
  const retry: { -readonly [K in keyof Retry['retry']]: Retry['retry'][K] } = {}
  for (const [name, key] of Object.entries(COUNTS)) {
    const value = given(name)
    if (value?.kind === 'int') retry[key] = Number(value.value)
    else if (value?.kind === 'bool' && !value.value) retry[key] = 0
    else if (value && value.kind !== 'none') lost(machine, at, `${name}=`)
    else if (value && name === 'total')
      note(
        machine,
        'lost',
        machine.lineOf(at.from),
        'Retries without a limit in all are not known here: the counts of the causes stand beside a total of ten.',
      )
  }
  for (const [name, key] of Object.entries(SECONDS)) {
    const value = given(name)
    if (value?.kind === 'int' || value?.kind === 'float') retry[key] = Number(value.value)
    else if (value && value.kind !== 'none') lost(machine, at, `${name}=`)
  }
  const statuses = given('status_forcelist')
  const codes = statuses ? iterated(statuses) : null
  if (codes) retry.statusForcelist = codes.flatMap((code) => (code.kind === 'int' ? [Number(code.value)] : []))
  const methods = given('allowed_methods') ?? args.named.get('method_whitelist')
  if (methods) {
    const names = iterated(methods)
    if (names) retry.allowedMethods = names.flatMap((name) => plainText(name) ?? [])
    else retry.allowedMethods = null
  }
  const respects = given('respect_retry_after_header')
  if (respects) retry.respectRetryAfter = truth(respects) !== false
  const raises = given('raise_on_status')
  if (raises) retry.raiseOnStatus = truth(raises) !== false
  return { kind: 'retry', retry }
}

function lost(machine: Machine, at: Span, what: string): void {
  note(machine, 'lost', machine.lineOf(at.from), `${what} is not known before the script runs, and is left out.`)
}

/** requests' HTTPAdapter. */
export function adapterFrom(args: Args, at: Span, machine: Machine): Value {
  const retries = argument(args, 2, 'max_retries')
  const [connections, size] = [argument(args, 0, 'pool_connections'), argument(args, 1, 'pool_maxsize')]
  const pool = size?.kind === 'int' ? Number(size.value) : undefined
  if (connections?.kind === 'int') {
    note(
      machine,
      'lost',
      machine.lineOf(at.from),
      'pool_connections, how many hosts a pool is kept for, has no counterpart: there is one for each.',
    )
  }
  if (retries && retries.kind !== 'retry' && retries.kind !== 'int') lost(machine, at, 'max_retries=')
  const count = retries?.kind === 'int' ? Number(retries.value) : 0
  return {
    kind: 'adapter',
    adapter: {
      ...(pool !== undefined && { pool: { maxConnections: pool } }),
      ...(retries?.kind === 'retry' && { retry: retries.retry }),
      ...(count > 0 && { retry: { total: count } }),
    },
  }
}

/** requests-toolbelt's MultipartEncoder: its fields are those of `files=`, and texts are fields. */
export function encoderFrom(args: Args, at: Span, machine: Machine): Value {
  const fields = argument(args, 0, 'fields') ?? NONE
  const pairs = pairsOf(fields)
  if (!pairs) return unknown(machine, 'fields', at, 'computed')
  const writer = createWriter(machine, at, machine.notes)
  const parts = pairs.flatMap(([name, value]): Part[] => partsOf(name, value, writer, 'encoder'))
  if (argument(args, 1, 'boundary') && argument(args, 1, 'boundary')?.kind !== 'none') {
    note(machine, 'lost', machine.lineOf(at.from), 'The boundary of a multipart body is made anew for each request.')
  }
  const made: EncoderValue = { kind: 'encoder', parts }
  return made
}
