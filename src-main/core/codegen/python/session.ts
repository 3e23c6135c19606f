/** A requests `Session`, where one is needed: what it is given, and the adapters that are mounted. */
import type { Options } from '#contract/model/request.ts'
import type { Adapter } from '#contract/model/session.ts'
import { DEFAULT_MAX_REDIRECTS } from '#contract/model/request-defaults.ts'
import type { CodeMount, CodeSource } from '../code-source.ts'
import { argument, call, list, type Item, type Python } from './python-layout.ts'
import type { Script } from './script.ts'

/** Whether the request needs a session. */
export function needsSession({ form: { options }, session }: CodeSource): boolean {
  return session.gives || mountsSomething(session.mounts) || maxRedirectsOf(options) !== null || options.trustEnv === false
}

function mountsSomething(mounts: readonly CodeMount[]): boolean {
  return mounts.some(({ retry, pool }) => retry !== undefined || pool !== undefined)
}

function maxRedirectsOf({ maxRedirects }: Options): number | null {
  return maxRedirects === undefined || maxRedirects === DEFAULT_MAX_REDIRECTS ? null : maxRedirects
}

/** A statement: what stands before its expression, that, and what stands behind it. */
export type Statement = readonly [before: string, value: Python, after?: string]

/** The statements that set a session up, without rows and credentials. */
export function sessionSetup({ form: { options }, session }: CodeSource, script: Script, variable: string): Statement[] {
  const limit = maxRedirectsOf(options)
  return [
    ...(options.trustEnv === false ? [[`${variable}.trust_env = `, 'False'] as const] : []),
    ...(limit === null ? [] : [[`${variable}.max_redirects = `, String(limit)] as const]),
    ...mountStatements(session.mounts, script, variable),
  ]
}

/** Adapters that are alike, one after the other, are one that has a name: above all that of both schemes. */
function mountStatements(mounts: readonly CodeMount[], script: Script, variable: string): Statement[] {
  const statements: Statement[] = []
  let named = 0
  for (const { prefixes, mount } of likeMounts(mounts)) {
    const code = adapterCode(mount, script)
    const [first = ''] = prefixes
    if (prefixes.length === 1) {
      statements.push(['', call(`${variable}.mount`, [script.text(first), code])])
      continue
    }
    named += 1
    const name = named === 1 ? 'adapter' : `adapter${named}`
    statements.push(
      [`${name} = `, code],
      ...prefixes.map((prefix) => ['', call(`${variable}.mount`, [script.text(prefix), name])] as const),
    )
  }
  return statements
}

interface LikeMounts {
  readonly prefixes: string[]
  readonly mount: CodeMount
}

/** Mounts in their order, those that are alike together; what is said of all URLs is said of both schemes, and not again. */
function likeMounts(mounts: readonly CodeMount[]): LikeMounts[] {
  const key = ({ retry, pool }: CodeMount): string => JSON.stringify([retry, pool])
  const given = mounts.filter(({ retry, pool }) => retry !== undefined || pool !== undefined)
  const general = given.find(({ prefix }) => prefix === '')
  const others = given.filter((mount) => mount === general || general === undefined || key(mount) !== key(general))
  const byPrefix = others.flatMap((mount) =>
    (mount === general ? ['https://', 'http://'] : [prefixOf(mount.prefix)]).map((prefix) => ({ prefix, mount })),
  )
  const groups: LikeMounts[] = []
  for (const [index, { prefix, mount }] of byPrefix.entries()) {
    // Of two of a prefix the later holds.
    if (byPrefix.slice(index + 1).some((later) => later.prefix === prefix)) continue
    const last = groups.at(-1)
    if (last && key(last.mount) === key(mount)) last.prefixes.push(prefix)
    else groups.push({ prefixes: [prefix], mount })
  }
  return groups
}

/** requests compares beginnings: a host without a slash behind it is the beginning of other hosts, too. */
function prefixOf(prefix: string): string {
  const text = prefix.trim()
  return /^[^:]+:\/\/[^/]+$/.test(text) ? `${text}/` : text
}

function adapterCode({ retry, pool }: CodeMount, script: Script): Python {
  const adapter = script.from('requests.adapters', 'HTTPAdapter')
  return call(adapter, [...(retry ? [argument('max_retries', retryCode(retry, script))] : []), ...poolItems(pool, script)])
}

function poolItems(pool: Adapter['pool'], script: Script): Item[] {
  if (pool?.keepAlive !== undefined) script.note('lost', 'requests keeps idle connections for as long as the server does.')
  if (pool?.maxConnections === undefined) return []
  return [argument('pool_maxsize', String(pool.maxConnections)), argument('pool_block', 'True')]
}

/** urllib3's `Retry`, with every field that is given. */
function retryCode(retry: NonNullable<Options['retry']>, script: Script): Python {
  const number = (value: number | undefined): Python | null => (value === undefined ? null : String(value))
  const flag = (value: boolean | undefined): Python | null => (value === undefined ? null : value ? 'True' : 'False')
  const { allowedMethods: methods, statusForcelist: statuses } = retry
  const items: readonly (readonly [string, Python | null])[] = [
    ['total', number(retry.total)],
    ['connect', number(retry.connect)],
    ['read', number(retry.read)],
    ['status', number(retry.status)],
    ['other', number(retry.other)],
    ['status_forcelist', statuses === undefined ? null : list(statuses.map(String))],
    ['allowed_methods', methods === undefined ? null : methods === null ? 'None' : list(methods.map((method) => script.text(method)))],
    ['backoff_factor', number(retry.backoffFactor)],
    ['backoff_max', number(retry.backoffMax)],
    ['backoff_jitter', number(retry.backoffJitter)],
    ['respect_retry_after_header', flag(retry.respectRetryAfter)],
    ['raise_on_status', flag(retry.raiseOnStatus)],
  ]
  const given = items.flatMap(([name, value]) => (value === null ? [] : [argument(name, value)]))
  return call(script.from('urllib3.util', 'Retry'), given)
}
