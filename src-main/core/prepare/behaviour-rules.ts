/**
 * What behaviours can differ in: the columns of the table in `behaviour.ts`, each with what its values mean. Code that
 * differs between behaviours asks `policy.rules`, which is one of these, and never for a behaviour's name.
 */
/**
 * Which of two settings counts where both have something to say. `nearest`: any rule of the request before any of the
 * environment. `requests`: the most particular rule, be it from the request or from the environment.
 */
export type ProxyPrecedence = 'nearest' | 'requests'

/** How a line of the head that is not typed comes about, in the order of the wire. */
export type HeadSlot =
  /** A default: its value, and where a typed one of its name stands: in its place or in that of its row. */
  | {
      readonly kind: 'default'
      readonly name: string
      readonly value: string
      /** In place of `value` for https. */
      readonly secureValue?: string
      readonly typed: 'here' | 'row'
      readonly isFixed?: boolean
    }
  | { readonly kind: 'host'; readonly name: string; readonly typed: 'here' | 'row'; readonly isFixed?: boolean }
  | { readonly kind: 'userAgent'; readonly typed: 'here' | 'row' }
  /** The typed headers that stand in the place of no default. */
  | { readonly kind: 'typed' }
  | { readonly kind: 'cookie' }
  | { readonly kind: 'contentType' }
  /** `here`: a typed Authorization stands here too. */
  | { readonly kind: 'auth'; readonly typed?: 'here' }
  /** The length of the body, or that it is sent in chunks; `row`: in the place of a typed Content-Length. */
  | { readonly kind: 'length'; readonly name: string; readonly typed: 'dropped' | 'row' }

export interface HeadRules {
  readonly slots: readonly HeadSlot[]
  /** Null: Posthaste's own. */
  readonly userAgent: string | null
  /** `by-name`: typed headers, the body's Content-Type among them, are sorted by their names. */
  readonly order: 'typed' | 'by-name'
  /** Whether a name typed twice is sent twice. */
  readonly duplicates: 'all' | 'last'
  /** Whether spaces after a typed value are sent. */
  readonly trailingSpace: 'kept' | 'trimmed'
  /** Whether headers of the connection can be typed as one likes: Keep-Alive, Expect, any value of Connection. */
  readonly connectionHeaders: 'refused' | 'sent'
  /** Methods that say `Content-Length: 0` where there is no body. */
  readonly zeroLength: { readonly kind: 'only' | 'except'; readonly methods: readonly string[] }
  /** Whether a body of no bytes, such as an empty file, says so whatever the method. */
  readonly emptyBody: 'by-method' | 'zero'
  /** Which added lines a request can take away, and what is then put in their place, behind Host. */
  readonly onOmit: { readonly takes: 'all' | 'defaults'; readonly adds: readonly (readonly [name: string, value: string])[] }
}

export type UrlRules = 'rfc3986' | 'urllib3' | 'curl' | 'whatwg'
export type CookieRules = 'browser' | 'netscape'

export interface MultipartRules {
  /** What stands before the boundary's random part, and that part. */
  readonly boundary: { readonly prefix: string; readonly length: number; readonly alphabet: 'hex' | 'alphanumeric' }
  /** Whether the boundary of a typed Content-Type is used, and added to one that lacks it. */
  readonly typedBoundary: 'heeded' | 'ignored'
  /** The type of a file part that has none typed: found from its name, by the few names that curl knows, or none. */
  readonly fileType: 'by-name' | 'as-curl' | 'none'
  /** Whether `filename*` stands beside a name that is not ASCII. */
  readonly extendedFilename: boolean
  /** Whether plain texts stand before all other parts. */
  readonly textsFirst: boolean
  /** Whether the line breaks of texts and names become CRLF. */
  readonly lineBreaks: 'kept' | 'crlf'
  /** `RequestField` of urllib3 leaves out headers without a value, and a Content-Location. */
  readonly partHeaders: 'all' | 'urllib3'
}

export interface BodyRules {
  /** Content-Type that comes with a body; null: none; `by-name`: found from the file's name. */
  readonly contentTypes: {
    readonly json: string
    /** Of JSON that is sent although it is none. */
    readonly jsonAsTyped: string | null
    readonly text: string | null
    readonly xml: string | null
    readonly form: string
    readonly file: string | null
  }
  readonly json: 'as-typed' | 'python'
  /** Headers that come with JSON as if they were typed last: `--json`. */
  readonly jsonHeaders: readonly (readonly [name: string, value: string])[]
  readonly form: 'rfc3986' | 'whatwg'
  /** How an empty file is sent. */
  readonly emptyFile: 'length' | 'chunked'
  readonly multipart: MultipartRules
}

export interface RedirectRules {
  /** Methods that a status turns into GET, `*` for all but HEAD. */
  readonly toGet: Readonly<Partial<Record<number, readonly string[] | '*'>>>
  /** Whether a body goes on where the method does, or on 307 and 308 only. */
  readonly body: 'with-method' | 'only-307-308'
  /** Headers that go with the body when it is left out. */
  readonly bodyHeaders: readonly string[]
  /** What is left out at another origin: every secret, or Authorization and Cookie only. */
  readonly crossOrigin: 'secrets' | 'authorization' | 'authorization-and-cookie'
  /** Whether going from http to https on the default ports of one host is the same origin. */
  readonly upgradeIsSameOrigin: boolean
  /** What a typed Host does at another origin. */
  readonly typedHost: 'same-origin' | 'always'
  /** Headers, in lower case, that never go on, whoever made them; but for a Cookie line of the jar. */
  readonly neverSentOn: readonly string[]
  /** Where the request's own cookies go. */
  readonly ownCookies: 'same-host' | 'everywhere'
  /** Where the Cookie line stands then: where it stood, or at the end. */
  readonly cookiePlace: 'slot' | 'end'
  /** Methods that do not say `Content-Length: 0` where they go on without their body; null: none says it. */
  readonly saysNothingFor: readonly string[] | null
}

/** What a retry is, beyond its policy. Those of curl and of a browser are ours: neither has any of this kind. */
export interface RetryRules {
  /**
   * `by-harm`: a certificate that is not trusted will not be the next time either, and is final; where nothing was
   * written, any method is tried again. `urllib3`: by the classes of its errors.
   */
  readonly causes: 'by-harm' | 'urllib3'
  /** `renewed`: with the cookies that have come by then, and new credentials. urllib3 knows neither. */
  readonly sends: 'renewed' | 'same'
  /** Whether a request is sent again unasked, on a new connection, where a kept one turned out to be closed. */
  readonly closedConnection: 'sent-again' | 'error'
  /** What an empty list of methods means. */
  readonly noMethods: 'none' | 'all'
  readonly wrongRetryAfter: 'passed-over' | 'error'
  /** What silence is called once it has used up the retries. */
  readonly spentSilence: 'ReadTimeout' | 'ConnectionError'
}

export interface BehaviourRules {
  readonly url: UrlRules
  readonly head: HeadRules
  readonly body: BodyRules
  readonly cookies: CookieRules
  readonly redirects: RedirectRules
  readonly retries: RetryRules
  readonly credentials: {
    /** What wins where Authorization is typed and there are credentials in Auth or in the URL. */
    readonly power: 'typed' | 'auth'
    readonly basicCharset: 'utf-8' | 'latin-1'
    /** Whether a user in the URL counts without a colon behind it. */
    readonly userWithoutPassword: boolean
    /** Whether netrc is asked where nothing else says who the request is from: curl has to be told to, browsers know none. */
    readonly netrc: 'asked' | 'unknown'
    /**
     * How a Digest challenge is answered: requests quotes nearly all of it and escapes nothing, hides no user name, answers once
     * although a nonce was stale, and adds cookies to the answer only where there were none.
     */
    readonly digest: 'rfc7616' | 'requests'
    /** Whether a proxy that asked for Digest is sent it unasked from then on; requests and curl begin with Basic each time. */
    readonly proxyDigest: 'remembered' | 'anew'
  }
  /** Order in which the encoding of a response is found. */
  readonly charset: 'evidence' | 'requests'
  /** Whether the environment's proxies win over those of the options' general rules. */
  readonly proxyPrecedence: ProxyPrecedence
}
