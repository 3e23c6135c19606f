/**
 * Options of how a request goes over the wire, beyond timeouts and redirects: whose rules it follows, retries, TLS,
 * proxies, the way to the server. An absent option means the default.
 */
import { z } from 'zod'

/** Whose rules decide what is not typed. What each decides is one table: `core/prepare/behaviour.ts`. */
export const BEHAVIOURS = ['posthaste', 'requests', 'curl', 'browser'] as const
export const BehaviourSchema = z.enum(BEHAVIOURS)
export type Behaviour = z.infer<typeof BehaviourSchema>

const count = z.number().int()

/** urllib3's `Retry`, with its names. An absent field means urllib3's default; no `retry` at all: no retries. */
export const RetrySchema = z.object({
  /** Retries in all, whatever the cause; it wins over the counts of the causes. */
  total: count.optional(),
  connect: count.optional(),
  read: count.optional(),
  status: count.optional(),
  /** What is neither of these, such as a certificate that is not trusted: counts where the rules are those of requests. */
  other: count.optional(),
  /** Statuses that are tried again. */
  statusForcelist: z.array(count).optional(),
  /** Methods that are tried again after something was sent; null: all. */
  allowedMethods: z.array(z.string()).nullable().optional(),
  /** Seconds: the wait before retry n is `factor × 2^(n-1)`, and none before the first. */
  backoffFactor: z.number().optional(),
  backoffMax: z.number().optional(),
  backoffJitter: z.number().optional(),
  respectRetryAfter: z.boolean().optional(),
  /** False: the last answer stands where the retries are used up by its status. */
  raiseOnStatus: z.boolean().optional(),
})

/** A client certificate: PEM files, or one PFX (PKCS #12) file. Paths are as those of bodies; an empty text is none. */
export const ClientCertSchema = z.object({
  cert: z.string().optional(),
  key: z.string().optional(),
  pfx: z.string().optional(),
  passphrase: z.string().optional(),
})

export const TLS_VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const
export const TlsVersionSchema = z.enum(TLS_VERSIONS)
export type TlsVersion = z.infer<typeof TlsVersionSchema>

/** Slices the one file of a multipart body and sends the slices in order, each a request of its own. */
export const ChunkedUploadSchema = z.object({
  parts: count,
  /** Names of the two text fields that say which slice it is, from 0, and of how many. */
  indexField: z.string().optional(),
  totalField: z.string().optional(),
})

/** Keys of `OptionsSchema` that stand in a file's `posthaste` block under the same name in snake case. */
export const WIRE_OPTIONS = {
  behaviour: BehaviourSchema.optional(),
  /** Stops at each redirect until told to go on. */
  stepRedirects: z.boolean().optional(),
  cert: ClientCertSchema.optional(),
  tls: z.object({ minVersion: TlsVersionSchema.optional(), maxVersion: TlsVersionSchema.optional() }).optional(),
  /** Offer HTTP/2 by ALPN; what the server chose is shown. */
  http2: z.boolean().optional(),
  /**
   * As in requests: `https://host`, `https`, `all://host` or `all`, to the proxy's URL (`http`, `https`, `socks4`,
   * `socks4a`, `socks5`, `socks5h`); null: none for these.
   */
  proxies: z.record(z.string(), z.string().nullable()).optional(),
  /** Hosts that no proxy is used for, in place of NO_PROXY. */
  noProxy: z.string().optional(),
  /** False: proxies, netrc and certificate authorities of the environment are passed over. */
  trustEnv: z.boolean().optional(),
  /** Path of a Unix socket (or named pipe) to connect to in place of the host. */
  unixSocket: z.string().optional(),
  /** Address to connect to for `host` or `host:port`, as curl's --resolve. */
  resolve: z.record(z.string(), z.string()).optional(),
  /** Take replies that break the rules of HTTP, as far as Node's lenient parser does. */
  lenient: z.boolean().optional(),
  retry: RetrySchema.optional(),
  /** Text encoding of the response; absent: find out. */
  encoding: z.string().optional(),
  chunkedUpload: ChunkedUploadSchema.optional(),
  /** Name of the session it goes with, whichever is chosen in the window. */
  session: z.string().optional(),
  /** Names of the session's params and cookies that are not sent. */
  omitParams: z.array(z.string()).optional(),
  omitCookies: z.array(z.string()).optional(),
  /** True: the session's credentials are not used, though the request has none of its own. */
  omitAuth: z.boolean().optional(),
} as const
