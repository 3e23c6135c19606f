/**
 * The one way from what the user typed to what goes on the wire. The preview, generated code and the transport all
 * come from here, so they cannot differ. Sends nothing and stores nothing.
 */
import type { BasicCharset } from '#contract/model/auth.ts'
import { DEFAULT_JAR, NO_LAYERS } from '#contract/model/request-defaults.ts'
import type { Auth, RequestDocument, Row } from '#contract/model/request.ts'
import type { HeaderNote, InheritedRow, Layers, PreparedHeader, Preview } from '#contract/model/prepared.ts'
import { secretParamsOf } from '#contract/model/secret-params.ts'
import { encodeFormText } from '#contract/model/url-query.ts'
import { policiesOf, type AdapterOptions } from './adapter-policies.ts'
import { prepareBody, type PreparedBody } from './body.ts'
import type { BehaviourRules, CookieRules } from './behaviour-rules.ts'
import { rulesOf } from './behaviour.ts'
import { cookieHeaderValue, cookieUrl, mergeCookies, type CookiePair } from './cookie-header.ts'
import { authHeaders, netrcWarnings } from './credentials.ts'
import { ownCookies } from './cookies.ts'
import { assembleHead } from './head.ts'
import { headerNotes } from './header-notes.ts'
import { inheritedHeaders, isHeaderName, mergeHeaders, typedHeaders, valueFault, type TypedHeader } from './headers.ts'
import { fillPathParams } from './path-params.ts'
import type { AuthFlow, PartSeries, Policy, Preparation, PreparedRequest, ProxyAuth } from './prepared-request.ts'
import type { TargetUrl } from './url-parts.ts'
import { createProblems, type Problems } from './problems.ts'
import type { Environment } from './proxy-choice.ts'
import { headForRoute } from './proxy-head.ts'
import { shownRetries } from './retry-schedule.ts'
import { requestTarget, routeTo, shownRoute, unusedAddress, type Route } from './route-policy.ts'
import { parseTargetUrl, withQueryPairs } from './target-url.ts'
import { plainTextWarnings } from './secret-headers.ts'
import type { Variables } from './references.ts'
import { fillIn, fillRows } from './variables.ts'
import { connectionUrl, isSocket, socketPolicies, socketUrl, withHandshake } from './websocket.ts'

const PREVIEW_BODY_CHARACTERS = 32 * 1024

/** What credentials add to a request before it is first sent. */
export interface AuthParts {
  readonly headers: readonly { readonly name: string; readonly value: string; readonly note?: string }[]
  /** Pairs for the query, form-encoded. */
  readonly query: readonly string[]
  /** What keeps the credentials from being used, with the field it is in. */
  readonly fault: {
    readonly kind: 'UnsupportedAuth' | 'InvalidHeader'
    readonly field: string
    readonly message: string
    readonly hint?: string
  } | null
  readonly warnings?: readonly string[]
}

export interface PrepareContext {
  /** What relative file paths are relative to; null where there is nothing. */
  readonly baseDir: string | null
  /** Makes the multipart boundary; the same seed, the same boundary. */
  readonly seed: string
  readonly variables: Variables
  /** Rows that come from around the request; they stand before its own. Absent: none. */
  readonly inherited?: Readonly<Record<'headers' | 'params' | 'cookies', readonly InheritedRow[]>>
  /** Names of headers, in lower case, that nobody is to add. */
  readonly omitted?: ReadonlySet<string>
  /** How options differ by URL, as a session's mounted adapters make them; absent: they do not. */
  readonly adapters?: AdapterOptions
  /** Tells whose connections it uses; absent: those of no session. */
  readonly owner?: string
  /** What there is to warn of already. */
  readonly warnings?: readonly string[]
  /** What the preview is to say of where things come from. */
  readonly layers?: Layers
  /** The process's environment, for proxies and certificate authorities. */
  readonly env: Environment
  /** The texts of a CA file or folder, where they are read once for many requests; absent: they are read anew. */
  readonly pemsAt?: ((path: string) => Promise<readonly string[]>) | undefined
  readonly userAgent: string
  /** Cookies of the session's jar for a URL. */
  readonly cookiesFor: (url: string, rules: CookieRules) => readonly CookiePair[]
  /** @param charset of Basic, where the credentials name none */
  readonly authParts: (auth: Auth, charset: BasicCharset) => Promise<AuthParts>
  /** For credentials that sign the request or answer a challenge: a new flow. */
  readonly authFlow: (auth: Auth) => AuthFlow | null
  readonly proxyAuth: (rules: BehaviourRules) => ProxyAuth
  /** Credentials of the surroundings, used where the request has none of its own; null or absent: they are passed over. */
  readonly ambientFlow?: (document: RequestDocument, warn: (message: string) => void) => Promise<AuthFlow | null>
}

/** Prepare a request. Never throws for what a user can type: problems are in the result, each beside its field. */
export async function prepareRequest(typed: RequestDocument, context: PrepareContext): Promise<Preparation> {
  const problems = createProblems()
  const warnings = [...(context.warnings ?? [])]
  const document = fillIn(typed, context.variables, problems)
  const rules = rulesOf(document.options)
  const opensSocket = isSocket(document)
  const method = opensSocket ? 'GET' : checkedMethod(document.method, problems)
  const inherited = inheritedOf(context, problems)
  const own = mergeHeaders(inheritedHeaders(inherited.headers, rules, problems), typedHeaders(document.headers, rules, problems, warnings))
  const auth = await context.authParts(document.auth, rules.credentials.basicCharset)
  noteFaults(auth, problems)
  warnings.push(...(auth.warnings ?? []))
  const url = targetOf(document, [...queryPairs(inherited.params), ...auth.query], rules, problems)
  const bodyContext = {
    baseDir: context.baseDir,
    seed: context.seed,
    typedContentType: firstValue(own, 'content-type'),
    typed: typed.body,
    rules: rules.body,
    chunkedUpload: document.options.chunkedUpload,
    warnings,
  }
  const body = await prepareBody(document.body, bodyContext, problems)
  const { baseDir, env, pemsAt, owner = '' } = context
  const surroundings = { baseDir, env, pemsAt, owner, precedence: rules.proxyPrecedence, isSecure: url?.scheme === 'https', warnings }
  const policies = await policiesOf({ options: document.options, method, url }, surroundings, context, problems)
  const { policy, policyFor } = opensSocket ? socketPolicies(policies) : policies
  const cookies = ownCookies(document.cookies, problems, inherited.cookies)
  const usesJar = firstValue(own, 'cookie') === null
  const lines = linesOf({ document, method, url, own, auth, body, cookies }, rules, context, problems, warnings)
  const ambient = (await context.ambientFlow?.(document, (warning) => warnings.push(warning))) ?? null
  const proxy = { proxyAuthorization: firstValue(own, 'proxy-authorization'), proxyAuth: context.proxyAuth(rules) }
  const { headers, route } = onItsWay({ lines, url, policy, ...proxy }, problems, warnings)
  const flow = flowOf(document.auth, own, headers, context, ambient, rules, warnings)
  const typedParts = { method, headers, body: body.source, cookies, usesJar, ...proxy, isSocket: opensSocket }
  const sendable = { ...typedParts, flow, ambient, policy, policyFor, parts: null, secretParams: secretParamsOf(document.auth), warnings }
  const unsigned: PreparedRequest | null =
    url === null ? null : withParts({ ...sendable, url }, body.parts, () => (flow === ambient ? ambient : context.authFlow(document.auth)))
  const shown = unsigned && problems.found.length === 0 ? await signed(unsigned, problems) : unsigned
  const isByNetrc = shown !== null && flow !== null && flow === ambient
  const notes = headerNotes(
    { rows: document.headers, lines: isByNetrc ? shown.headers : lines, authority: url?.authority ?? null },
    problems,
  )
  warnings.push(...lengthWarnings(notes, document.headers))
  if (isByNetrc) warnings.push(...netrcWarnings(lines, shown.headers))
  if (shown) warnings.push(...plainTextWarnings(shown.url, shown.headers))
  return {
    request: problems.found.length > 0 ? null : unsigned,
    preview: previewOf({ ...sendable, href: document.url, route, notes, layers: context.layers ?? NO_LAYERS }, shown, problems),
    problems: problems.found,
  }
}

type InheritedRows = Readonly<Record<'headers' | 'params' | 'cookies', readonly InheritedRow[]>>

const NOTHING: ReadonlySet<string> = new Set()
const NO_ROWS: InheritedRows = { headers: [], params: [], cookies: [] }

/** The rows from around the request, with their references filled in. */
function inheritedOf({ inherited, variables }: PrepareContext, problems: Problems): InheritedRows {
  if (!inherited) return NO_ROWS
  const fill = (section: keyof InheritedRows): InheritedRow[] =>
    inherited[section].flatMap((one) => fillRows([one.row], section, variables, problems).map((row) => ({ ...one, row })))
  return { headers: fill('headers'), params: fill('params'), cookies: fill('cookies') }
}

function queryPairs(rows: readonly InheritedRow[]): string[] {
  return rows.map(({ row }) => `${encodeFormText(row.name)}=${encodeFormText(row.value)}`)
}

interface HeadSources {
  readonly document: RequestDocument
  readonly method: string
  readonly url: TargetUrl | null
  readonly own: readonly TypedHeader[]
  readonly auth: AuthParts
  readonly body: PreparedBody
  readonly cookies: PreparedRequest['cookies']
}

/** The lines of the head, before a proxy or a signature has its say. */
function linesOf(
  from: HeadSources,
  rules: BehaviourRules,
  context: PrepareContext,
  problems: Problems,
  warnings: string[],
): PreparedHeader[] {
  const { document, method, url, own, auth, body, cookies } = from
  const lines = assembleHead({
    rules,
    method,
    authority: url?.authority ?? '',
    isSecure: url?.scheme === 'https',
    typed: amended(own, body.amendedContentType, warnings),
    omitted: context.omitted ?? NOTHING,
    appended: body.isJson ? appendedHeaders(rules.body.jsonHeaders, own) : [],
    userAgent: context.userAgent,
    contentType: body.contentType,
    cookie: cookieValue(url, own, cookies, context, rules, warnings),
    auth: authHeaders({ auth: document.auth, fromAuth: auth.headers, url, own }, rules, problems, warnings),
    bodyBytes: body.source?.bytes ?? null,
    isChunked: body.isChunked,
  })
  return isSocket(document) ? withHandshake(lines, context.seed) : lines
}

/** The request as it goes out; unsigned where that fails, which is then a problem beside its field. */
async function signed(request: PreparedRequest, problems: Problems): Promise<PreparedRequest> {
  try {
    const made = await request.proxyAuth.flow().sign((await request.flow?.sign?.(request, 'show')) ?? request, 'show')
    const faulty = made.headers.find(({ source, value }) => source === 'auth' && valueFault(value) !== null)
    if (faulty) problems.add('InvalidHeader', { section: 'auth' }, `The credentials' text ${valueFault(faulty.value) ?? ''}.`)
    return made
  } catch (error) {
    problems.catch(error, { section: 'auth' })
    return request
  }
}

function previewOf(
  typed: Pick<PreparedRequest, 'method' | 'headers' | 'body' | 'policy' | 'warnings'> & {
    readonly href: string
    readonly route: Route | null
    readonly notes: readonly HeaderNote[]
    readonly layers: Layers
  },
  request: PreparedRequest | null,
  problems: Problems,
): Preview {
  const { body } = request ?? typed
  const text = body?.describe(PREVIEW_BODY_CHARACTERS) ?? { text: '', truncated: false }
  return {
    method: typed.method,
    url: request?.url.href ?? typed.href,
    target: request === null ? '' : typed.route === null ? request.url.target : requestTarget(request.url, typed.route),
    headers: [...(request ?? typed).headers],
    route: request && typed.route && shownRoute(request.url, typed.route),
    bodyBytes: body?.bytes ?? null,
    bodyText: text.text,
    bodyTruncated: text.truncated,
    retries: typed.policy.retry && shownRetries(typed.policy.retry, typed.method),
    requests: request?.parts?.count ?? 1,
    layers: typed.layers,
    jar: DEFAULT_JAR,
    headerNotes: [...typed.notes],
    warnings: [...typed.warnings],
    problems: [...problems.found],
  }
}

/**
 * The first of the requests of an upload in parts, with the others behind it. Each answers challenges anew: the flow of
 * one has given its answer.
 */
function withParts(request: PreparedRequest, parts: PreparedBody['parts'], newFlow: () => AuthFlow | null): PreparedRequest {
  if (parts === null) return request
  const { bodies, version } = parts
  const series: PartSeries = {
    count: bodies.length,
    version,
    request: (number) => {
      const body = bodies[number - 1]
      if (!body) throw new Error(`There is no part ${number} of ${bodies.length}.`)
      const headers = request.headers.map((header) =>
        header.name.toLowerCase() === 'content-length' ? { ...header, value: String(body.bytes) } : header,
      )
      return { ...request, headers, body, flow: request.flow === null ? null : newFlow(), parts: series }
    },
  }
  return { ...request, parts: series }
}

/** Of the headers that come with a body those that nobody typed. */
function appendedHeaders(headers: BehaviourRules['body']['jsonHeaders'], own: readonly TypedHeader[]): PreparedHeader[] {
  return headers.flatMap(([name, value]) =>
    firstValue(own, name.toLowerCase()) === null ? [{ name, value, source: 'body' as const }] : [],
  )
}

function checkedMethod(typed: string, problems: Problems): string {
  const method = typed.trim().toUpperCase()
  if (method === '') problems.add('InvalidHeader', { section: 'method' }, 'The method is empty.', 'Choose one, such as GET.')
  else if (!isHeaderName(method))
    problems.add(
      'InvalidHeader',
      { section: 'method' },
      `"${method.slice(0, 60)}" is not a method: it holds a character that no method has.`,
    )
  else if (method === 'CONNECT')
    problems.add('InvalidHeader', { section: 'method' }, 'CONNECT opens a tunnel and cannot be sent as a request.')
  return method
}

function noteFaults(parts: AuthParts, problems: Problems): void {
  const where = (field: string): { section: 'auth'; field: string } => ({ section: 'auth', field })
  if (parts.fault) problems.add(parts.fault.kind, where(parts.fault.field), parts.fault.message, parts.fault.hint)
  for (const header of parts.headers) {
    const fault = valueFault(header.value)
    if (!isHeaderName(header.name)) problems.add('InvalidHeader', where('name'), `"${header.name}" cannot be the name of a header.`)
    else if (fault !== null) problems.add('InvalidHeader', where('value'), `The credentials' text ${fault}.`)
  }
}

/**
 * What signs the request or answers its challenges. Where a typed Authorization header wins, it wins over that, too;
 * netrc comes last, where nothing else says who the request is from.
 */
function flowOf(
  auth: Auth,
  own: readonly TypedHeader[],
  headers: readonly PreparedHeader[],
  context: PrepareContext,
  ambient: AuthFlow | null,
  rules: BehaviourRules,
  warnings: string[],
): AuthFlow | null {
  const flow = context.authFlow(auth)
  const isTyped = rules.credentials.power === 'typed' && firstValue(own, 'authorization') !== null
  if (flow !== null) {
    if (!isTyped) return flow
    warnings.push('The typed Authorization header is sent instead of the one from Auth.')
    return null
  }
  const fromUrl = rules.credentials.power === 'typed' && headers.some(({ source }) => source === 'url')
  const hasOwn = isTyped || (auth.kind !== 'none' && auth.kind !== 'inherit') || fromUrl
  return hasOwn ? null : ambient
}

function targetOf(document: RequestDocument, query: readonly string[], rules: BehaviourRules, problems: Problems): TargetUrl | null {
  try {
    const text = fillPathParams(document.url, document.params, problems)
    const url = withQueryPairs(parseTargetUrl(isSocket(document) ? connectionUrl(text) : text, rules.url), query)
    return isSocket(document) ? socketUrl(url) : url
  } catch (error) {
    problems.catch(error, { section: 'url' })
    return null
  }
}

interface Unrouted {
  readonly lines: PreparedHeader[]
  readonly url: TargetUrl | null
  readonly policy: Policy
  readonly proxyAuthorization: string | null
}

/** The head as the way to the server makes it, and that way. */
function onItsWay(
  { lines, url, policy, proxyAuthorization }: Unrouted,
  problems: Problems,
  warnings: string[],
): { readonly headers: PreparedHeader[]; readonly route: Route | null } {
  const route = url && routeOf(url, policy, problems)
  if (!url || !route) return { headers: lines, route: null }
  const head = headForRoute(lines, url, route, proxyAuthorization)
  warnings.push(...head.warnings)
  if (proxyAuthorization !== null && route.proxy === null) {
    warnings.push(`No proxy is used, so the typed Proxy-Authorization goes to ${url.authority} itself.`)
  }
  warnings.push(...unusedAddress(url, route))
  return { headers: [...head.headers], route }
}

function routeOf(url: TargetUrl, policy: Policy, problems: Problems): Route | null {
  try {
    return routeTo(url, policy.route)
  } catch (error) {
    // A rule of the options was reported already, whether this URL goes by it or not.
    if (!problems.found.some(({ kind }) => kind === 'InvalidProxyURL')) problems.catch(error, { section: 'options', field: 'proxies' })
    return null
  }
}

/** Also said where there are no rows to say it beside: the length is the one header that one types for its value alone. */
function lengthWarnings(notes: readonly HeaderNote[], rows: readonly Row[]): string[] {
  return notes.flatMap(({ row, message }) => {
    const { name, value } = rows[row] ?? { name: '', value: '' }
    return name.toLowerCase() === 'content-length'
      ? [`The typed ${name}: ${value} is ${message.replace(/^Not sent(?: as typed)?/, 'not sent')}`]
      : []
  })
}

function firstValue(headers: readonly TypedHeader[], name: string): string | null {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? null
}

function amended(headers: readonly TypedHeader[], contentType: string | null, warnings: string[]): readonly TypedHeader[] {
  if (contentType === null) return headers
  warnings.push('The typed Content-Type had no boundary; the boundary of the body was added to it.')
  return headers.map((header) => (header.name.toLowerCase() === 'content-type' ? { ...header, value: contentType } : header))
}

function cookieValue(
  url: TargetUrl | null,
  typed: readonly TypedHeader[],
  own: PreparedRequest['cookies'],
  context: PrepareContext,
  rules: BehaviourRules,
  warnings: string[],
): string | null {
  if (firstValue(typed, 'cookie') !== null) {
    if (own.length > 0) warnings.push('The typed Cookie header is sent; the rows of Cookies and the jar are left out.')
    return null
  }
  const pairs = mergeCookies(
    url === null ? [] : context.cookiesFor(cookieUrl(url, typed, rules.cookies), rules.cookies),
    own,
    rules.cookies,
  )
  return pairs.length === 0 ? null : cookieHeaderValue(pairs)
}
