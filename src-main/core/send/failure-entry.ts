/**
 * An entry of the table of failures: what to call one, in a sentence that names the host, and what to do. The tables
 * themselves are in `http-failures.ts` and `tls-failures.ts`; `transport-errors.ts` chooses.
 */
import type { ErrorKind, Stage } from '#contract/errors.ts'
import { messageOf } from '../lib/core-error.ts'

/** What was going on when it failed. */
export interface FailureContext {
  /** `host:port` as in the URL. */
  readonly peer: string
  readonly host: string
  /** Whether the peer is a proxy on the way. */
  readonly isProxy?: boolean
  readonly scheme: 'http' | 'https'
  readonly stage: Stage
  /** Whether the head of the reply had come. */
  readonly hasHead: boolean
  /** Bytes received before the head was understood, or instead of one. */
  readonly received: Buffer
  readonly bodyBytes: number
  /** Length of the body that the head promised; null where it did not. */
  readonly expectedBytes: number | null
  /** Of a body that had begun to go out, and had not gone to its end: what had. */
  readonly unfinished?: { readonly sent: number; readonly total: number } | null
  /** Whether the reply was read strictly: the lenient reader may understand it. */
  readonly isStrict: boolean
  /** Whether a client certificate was given. */
  readonly hasClientCertificate?: boolean
  /** The versions of TLS that were offered, where the request bounds them. */
  readonly versions?: string | null
}

/** By the code of a failure. */
export type Table = Readonly<Record<string, Entry>>

export interface Entry {
  readonly kind: ErrorKind
  readonly stage: Stage
  readonly message: (context: FailureContext, error: unknown) => string
  readonly hint?: string | ((context: FailureContext, error: unknown) => string)
  /** The option that the hint asks to change. */
  readonly option?: string
}

export const VERIFY_HINT = 'Turn off Verify in Options for this request, or give the CA file that signed it.'

export const refuses = (message: Entry['message'], hint: string): Entry => ({ kind: 'ConnectionError', stage: 'connect', message, hint })
export const distrusts = (message: Entry['message'], hint: Entry['hint'] & {} = VERIFY_HINT): Entry => ({
  kind: 'SSLError',
  stage: 'tls',
  message,
  hint,
})
export const bug = (): Entry => ({
  kind: 'Bug',
  stage: 'send',
  message: ({ peer }, error) => `The request to ${peer} could not be written: ${messageOf(error)}.`,
  hint: 'This is a bug. Nothing you typed is lost.',
})
export const timedOut = (kind: ErrorKind, stage: Stage): Entry => ({
  kind,
  stage,
  message: ({ peer }) => `${peer} did not answer in time.`,
})

/** The bytes that came begin as a reply of HTTP/1 does. */
export function looksLikeHttp({ received }: FailureContext): boolean {
  return received.subarray(0, 5).toString('latin1') === 'HTTP/'
}

/** What stands in brackets at the end of a library's words, to be said after a colon. */
export function inBrackets(text: string): string {
  const reason = /\(([^()]*)\)\s*$/.exec(text)?.[1] ?? ''
  return reason === '' ? '' : `: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`
}

export function withoutFullStop(text: string): string {
  return text.trim().replace(/\.$/, '')
}

/** The entry of a code; null where the table has none. */
export function entryIn(table: Table, code: string): Entry | null {
  return Object.hasOwn(table, code) ? (table[code] ?? null) : null
}
