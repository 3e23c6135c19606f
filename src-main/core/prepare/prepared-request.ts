/** The product of preparing: everything the transport needs, with nothing left to decide. */
import type { Readable } from 'node:stream'
import type { Preview, PreparedHeader } from '#contract/model/prepared.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import type { WireError } from '#contract/errors.ts'
import type { TlsVersion } from '#contract/model/wire-options.ts'
import type { BehaviourRules } from './behaviour-rules.ts'
import type { OptionOrigins } from './option-origins.ts'
import type { ProxyUrl } from './proxy-url.ts'
import type { RoutePolicy } from './route-policy.ts'
import type { TargetUrl } from './url-parts.ts'

/** Whether a header is of somebody's typing, in the request or around it, and not of the engine's making. */
export function isTyped({ source }: Pick<PreparedHeader, 'source'>): boolean {
  return source === 'user' || source === 'inherited'
}

/** A body on its way out. Where it has `released`, its buffers are used again once it is told that their bytes have left. */
export interface BodyReadable extends Readable {
  /** @param bytes so many more, from the first on, are not looked at any more */
  readonly released?: (bytes: number) => void
}

/** A body that can be read again, for a redirect or an auth challenge, by opening it anew. */
export interface BodySource {
  /** Exact length in bytes, sent as Content-Length. */
  readonly bytes: number
  /** A new stream of the body's bytes. Fails with `FileNotFound` or `InvalidBody` where a file went or changed size. */
  readonly open: () => BodyReadable
  /** The same bytes, where they are in memory already; absent: they must be read. */
  readonly atHand?: Uint8Array
  /** The first part of it for the preview: text, with files named in place of their content. */
  readonly describe: (limit: number) => { readonly text: string; readonly truncated: boolean }
}

/** Milliseconds; null: no limit. */
export interface Timeouts {
  readonly connect: number | null
  readonly read: number | null
  readonly total: number | null
}

/** What is tried again, and after how long; what its fields do together is in `retry-schedule.ts`. */
export interface RetryPolicy {
  /** Of one hop, whatever the cause. */
  readonly total: number
  /** Of one cause; null: only the total counts. */
  readonly connect: number | null
  readonly read: number | null
  readonly status: number | null
  /** Of what is neither: a certificate that is not trusted, a proxy that says no. */
  readonly other: number | null
  readonly statusForcelist: ReadonlySet<number>
  /** Upper case; null: all. */
  readonly allowedMethods: ReadonlySet<string> | null
  readonly backoffFactorMs: number
  readonly backoffMaxMs: number
  readonly backoffJitterMs: number
  readonly respectRetryAfter: boolean
  /** False: the last answer stands where its status used the retries up. */
  readonly raiseOnStatus: boolean
  /** What becomes of a Retry-After that cannot be understood. */
  readonly wrongRetryAfter: 'passed-over' | 'error'
}

export interface Policy {
  /** What the behaviour that the request follows decides. */
  readonly rules: BehaviourRules
  /** Which layer each option is from. */
  readonly origins: OptionOrigins
  readonly timeouts: Timeouts
  readonly followRedirects: boolean
  readonly maxRedirects: number
  /** Whether to stand at each redirect until told to go on. */
  readonly stepRedirects: boolean
  /** Null: no retries. */
  readonly retry: RetryPolicy | null
  /** Text encoding to read the response in, by its one name; null: find out. */
  readonly encoding: string | null
  /** Offer HTTP/2 to servers of https. */
  readonly http2: boolean
  /** Read the reply with Node's lenient parser. */
  readonly isLenient: boolean
  readonly tls: TlsPolicy
  readonly route: RoutePolicy
  readonly pool: PoolPolicy
}

/** Which open connections a request may use, and how it leaves them. */
export interface PoolPolicy {
  /** Connections are shared by what has the same owner: a session. */
  readonly owner: string
  /** To one place at a time. */
  readonly maxConnections: number
  /** How long one that nobody uses is kept, in milliseconds; null: as long as the server keeps it. */
  readonly keepAliveMs: number | null
}

/** Whom TLS trusts, and whom it says we are. */
export interface TlsPolicy {
  /** True: the authorities of Node and the system. False: anyone. */
  readonly verify: boolean | Authorities
  readonly client: ClientIdentity | null
  readonly minVersion: TlsVersion | null
  readonly maxVersion: TlsVersion | null
}

/** Certificate authorities to trust instead of the system's. */
export interface Authorities {
  /** Text of each file; more than one where a folder was given. Null: it could not be read. */
  readonly pems: readonly string[] | null
  readonly path: string
  /** The variable of the environment that named it; null: the request did. */
  readonly variable: string | null
}

/** A client certificate with its key, read and found to fit each other. */
export type ClientIdentity =
  | { readonly kind: 'pem'; readonly cert: string; readonly key: string; readonly passphrase: string | null }
  | { readonly kind: 'pfx'; readonly pfx: Buffer; readonly passphrase: string | null }

/** What a flow says to an answer. */
export type AuthAnswer =
  /** Send the same request again, with this header in place of any of its name. */
  | { readonly kind: 'again'; readonly header: { readonly name: string; readonly value: string }; readonly because: string }
  /** The challenge cannot be answered: the answer stands, with a warning. */
  | { readonly kind: 'refused'; readonly warning: string }

/**
 * Credentials that depend on the request they go with, or that answer a challenge. One flow lives as long as one
 * exchange, and remembers what it has answered; what outlives the exchange is in a memory of its own.
 */
export interface AuthFlow {
  /**
   * The request with its credentials, made once everything else stands; asked anew for every hop but the answer to a
   * challenge. Absent: nothing is sent before a challenge.
   *
   * @param use `show` for a preview, which takes nothing; `send` takes what can be used once, such as a count
   * @throws {CoreError} where the credentials cannot be made, with the field that is at fault
   */
  readonly sign?: (request: PreparedRequest, use: 'show' | 'send') => Promise<PreparedRequest>
  /** @returns null where the answer is no challenge to this flow */
  readonly respond: (
    request: PreparedRequest,
    response: { readonly status: number; readonly header: (lowerName: string) => readonly string[] },
  ) => Promise<AuthAnswer | null>
}

/** Says to proxies who we are. */
export interface ProxyAuth {
  /** For the hops of one exchange that proxies are sent themselves. */
  readonly flow: () => AuthFlow & Required<Pick<AuthFlow, 'sign'>>
  /** For the CONNECTs that lead to one connection; null where the proxy's URL has no credentials. */
  readonly tunnel: (proxy: ProxyUrl, target: string) => TunnelFlow | null
}

export interface TunnelFlow {
  /** What the first CONNECT says; null where nothing was learnt. */
  readonly ahead: () => Promise<string | null>
  readonly respond: (response: Parameters<AuthFlow['respond']>[1]) => Promise<AuthAnswer | null>
}

/** Several requests that are sent one after the other, each with a part of one file. */
export interface PartSeries {
  readonly count: number
  /** Of the file, in so many parts: parts of another do not go together with these. */
  readonly version: string
  /** @param number from 1 to `count` */
  readonly request: (number: number) => PreparedRequest
}

/** A request before its flow has signed it: `headers` and `url` lack what `flow.sign` adds. */
export interface PreparedRequest {
  /** Asks for a WebSocket. */
  readonly isSocket: boolean
  readonly method: string
  readonly url: TargetUrl
  /** Exactly the lines of the wire, in their order, `host`, `connection` and `content-length` included. */
  readonly headers: readonly PreparedHeader[]
  readonly body: BodySource | null
  /** The request's own cookies, bound to the host of `url`: a redirect to another host leaves them out. */
  readonly cookies: readonly (readonly [name: string, value: string])[]
  /** False where the user typed a Cookie header: the jar is then left out, as in requests. */
  readonly usesJar: boolean
  /** Null where the credentials, if any, are in the headers already. */
  readonly flow: AuthFlow | null
  /** The typed Proxy-Authorization: in `headers` where the request goes to the proxy itself, else for its tunnel only. */
  readonly proxyAuthorization: string | null
  readonly proxyAuth: ProxyAuth
  /** What takes its place at another origin, where the request's own credentials do not go: netrc. */
  readonly ambient: AuthFlow | null
  readonly policy: Policy
  /** How to send to another URL that is met on the way; null: the same everywhere. */
  readonly policyFor: ((url: TargetUrl) => Policy) | null
  /** Names of the params of `url`, and of those it leads to, that hold credentials. */
  readonly secretParams: readonly string[]
  /** Where a file is sent in parts: the requests it takes, of which this is the first. */
  readonly parts: PartSeries | null
  /** What there is already of the answer, where only the rest is asked for. */
  readonly resume?: ResumePoint
  readonly warnings: readonly string[]
}

export interface Preparation {
  /** Null where a problem forbids sending. */
  readonly request: PreparedRequest | null
  readonly preview: Preview
  readonly problems: readonly WireError[]
}
