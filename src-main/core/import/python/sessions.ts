/**
 * A session of the script as a session of the model. It is what it was at its first request; what the script changes in it
 * later goes with the requests that follow, as only they see it.
 */
import type { Options, RequestDocument, Row } from '#contract/model/request.ts'
import type { Session } from '#contract/model/session.ts'
import { cookieRows, fieldRows, headerRows } from './call-rows.ts'
import { basicHeaderOf, credentialsOf, withProxyCredentials } from './call-credentials.ts'
import { tlsOptions, type Mutable } from './call-options.ts'
import type { FormWriter } from './form-writer.ts'
import type { Machine } from './machine.ts'
import { truth, type SessionValue } from './values.ts'

const DEFAULT_MAX_REDIRECTS = 30

/** What a session gives to the requests of now. */
function sessionNow(value: SessionValue, writer: FormWriter): Session {
  const { attributes } = value
  const at = (name: string): ReturnType<typeof attributes.get> => attributes.get(name)
  const basic = basicHeaderOf(at('headers'), writer)
  const credentials = credentialsOf(at('auth'), writer)
  const given = new Map([...attributes].filter(([name, one]) => !(name === 'verify' && one.kind === 'bool' && one.value)))
  const tls = tlsOptions(given, writer)
  const proxied = withProxyCredentials(credentials, tls.proxies, writer)
  const options: Mutable<Options> = { ...tls, ...(proxied.proxies && { proxies: proxied.proxies }) }
  const trust = at('trust_env')
  if (trust && truth(trust) === false) options.trustEnv = false
  const redirects = at('max_redirects')
  if (redirects?.kind === 'int' && Number(redirects.value) !== DEFAULT_MAX_REDIRECTS) options.maxRedirects = Number(redirects.value)
  const hooks = at('hooks')
  if (hooks?.kind === 'dict' && [...hooks.entries.values()].some(([, hook]) => truth(hook) !== false))
    writer.note('kept', 'What a hook of the session does with answers is not carried over.')
  return {
    name: value.made?.name ?? '',
    headers: [...headerRows(basic.headers, writer), ...credentials.headers, ...proxied.headers],
    params: fieldRows(at('params'), writer, 'params'),
    cookies: cookieRows(at('cookies'), writer),
    auth: credentials.auth.kind === 'none' ? (basic.auth ?? credentials.auth) : credentials.auth,
    options,
    adapters: value.adapters,
  }
}

/** The session of the import that a request goes with, made at its first request. */
export function madeSession(value: SessionValue, writer: FormWriter, machine: Machine): Session {
  if (value.made) return value.made
  const now = sessionNow(value, writer)
  value.made = { ...now, name: freeName(value.name, machine) }
  return value.made
}

function freeName(name: string, machine: Machine): string {
  const taken = new Set(machine.sessions.map((one) => one.made?.name))
  const wanted = /^(?:s|sess|session|_session|self|http|client)?$/.test(name) ? 'session' : name
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? wanted : `${wanted} ${number}`
    if (!taken.has(candidate)) return candidate
  }
}

type Changes = Pick<RequestDocument, 'headers' | 'cookies' | 'auth' | 'options'> & { readonly params: readonly Row[] }

/** What a request has to say for itself, because the session was changed since its first request. */
export function changesSince(value: SessionValue, made: Session, writer: FormWriter): Changes {
  const now = sessionNow(value, writer)
  const lower = (name: string): string => name.toLowerCase()
  const same = (name: string): string => name
  const headers = changed(made.headers, now.headers, lower)
  const cookies = changed(made.cookies, now.cookies, same)
  const params = changed(made.params, now.params, same)
  const isSigned = JSON.stringify(now.auth) !== JSON.stringify(made.auth)
  const options: Mutable<Options> = {}
  for (const [key, option] of Object.entries({ ...DEFAULTS, ...now.options })) {
    const before = { ...DEFAULTS, ...made.options }[key as keyof Options]
    if (JSON.stringify(option) !== JSON.stringify(before)) Object.assign(options, { [key]: option })
  }
  if (params.gone.length > 0) options.omitParams = params.gone
  if (cookies.gone.length > 0) options.omitCookies = cookies.gone
  if (isSigned && now.auth.kind === 'none') options.omitAuth = true
  return {
    headers: [...headers.rows, ...headers.gone.map((name) => ({ name, value: '', enabled: true, omit: true }))],
    cookies: cookies.rows,
    params: params.rows,
    auth: isSigned ? now.auth : { kind: 'none' },
    options,
  }
}

/** What an option is that a session does not say. */
const DEFAULTS: Options = { verify: true, trustEnv: true, maxRedirects: DEFAULT_MAX_REDIRECTS, proxies: {} }

function changed(
  before: readonly Row[],
  now: readonly Row[],
  keyOf: (name: string) => string,
): { readonly rows: Row[]; readonly gone: string[] } {
  const texts = new Set(before.map((row) => JSON.stringify(row)))
  const names = new Set(now.map((row) => keyOf(row.name)))
  const moved = new Set(now.filter((row) => !texts.has(JSON.stringify(row))).map((row) => keyOf(row.name)))
  return {
    // All values of a name that has several belong together.
    rows: now.filter((row) => moved.has(keyOf(row.name))),
    gone: before.filter((row) => row.omit !== true && !names.has(keyOf(row.name))).map((row) => row.name),
  }
}
