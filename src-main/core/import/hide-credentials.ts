/**
 * Credentials that stand in an import in clear become secret variables: a reference takes the place of the value, and the
 * value goes to the vault. The same value is the same variable. References that are there already stay, and so does what
 * is no credential by its place or name: a text body is not searched.
 */
import { editParams } from '#contract/model/params-edit.ts'
import type { Body, Options, Param, RequestDocument, Row } from '#contract/model/request.ts'
import type { Adapter, Defaults, Session } from '#contract/model/session.ts'
import { paramsFromUrl } from '#contract/model/url-query.ts'
import type { Variable } from '#contract/model/variable.ts'
import { hideAuth } from './credential-fields.ts'
import { isSecretField, isSecretHeader, isSecretVariable, variableNameFor } from './credential-names.ts'
import type { Imported, ImportedEnvironment, ImportedExample, ImportedItem } from './imported.ts'

export interface HiddenCredentials {
  readonly imported: Imported
  /** Names of the secret variables that were made, those of environments among them. */
  readonly hidden: readonly string[]
}

export interface KnownVariables {
  /** Secrets that can be referred to where it goes, by their value. */
  readonly byValue: ReadonlyMap<string, string>
  /** Names that mean something else there. */
  readonly taken: ReadonlySet<string>
}

/** A reference in the place of a value; the value itself where it is none that has to be hidden. */
export type Hide = (value: string, name: string) => string

const NONE: KnownVariables = { byValue: new Map(), taken: new Set() }

export function hideCredentials(imported: Imported, known: KnownVariables = NONE): HiddenCredentials {
  const made = new Map<string, string>()
  const taken = new Set([...known.taken, ...namesOfVariables(imported)])
  const hide: Hide = (value, name) => {
    if (value.trim() === '' || /\{\{[^{}]*\}\}/.test(value)) return value
    const there = known.byValue.get(value) ?? made.get(value)
    if (there !== undefined) return `{{${there}}}`
    const free = freeName(name, taken)
    taken.add(free)
    made.set(value, free)
    return `{{${free}}}`
  }
  const defaults = secretVariables(hideInDefaults(imported.defaults, hide))
  const inFolders: string[] = []
  const items = imported.items.map((item) => hideInItem(item, hide, inFolders))
  const environments = imported.environments.map(hideInEnvironment)
  const sessions = imported.sessions.map((session) => hideInSession(session, hide))
  const variables = [...made].map(([, name]): Variable => ({ name, value: '', enabled: true, secret: true }))
  return {
    imported: {
      ...imported,
      defaults: { ...defaults.defaults, variables: [...defaults.defaults.variables, ...variables] },
      items,
      environments: environments.map(({ environment }) => environment),
      sessions,
      secrets: { ...Object.fromEntries([...made].map(([value, name]) => [name, value])), ...defaults.secrets, ...imported.secrets },
    },
    hidden: [...made.values(), ...Object.keys(defaults.secrets), ...inFolders, ...environments.flatMap(({ hidden }) => hidden)],
  }
}

interface SecretDefaults {
  readonly defaults: Defaults
  /** Values that were variables in clear, by name. */
  readonly secrets: Readonly<Record<string, string>>
}

function hideInItem(item: ImportedItem, hide: Hide, hidden: string[]): ImportedItem {
  if (item.kind === 'request') {
    return { ...item, document: hideInDocument(item.document, hide), examples: item.examples.map((one) => hideInExample(one, hide)) }
  }
  const { defaults, secrets } = secretVariables(hideInDefaults(item.defaults, hide))
  hidden.push(...Object.keys(secrets))
  const items = item.items.map((child) => hideInItem(child, hide, hidden))
  return { ...item, defaults, items, secrets: { ...secrets, ...item.secrets } }
}

function hideInDefaults(defaults: Defaults, hide: Hide): Defaults {
  return {
    ...defaults,
    headers: hideHeaders(defaults.headers, hide),
    auth: hideAuth(defaults.auth, hide),
    options: hideInOptions(defaults.options, hide),
  }
}

/** Variables that are secrets by their name, with their values taken out. */
function secretVariables(defaults: Defaults): SecretDefaults {
  const { variables, secrets } = splitVariables(defaults.variables)
  return { defaults: { ...defaults, variables }, secrets }
}

function hideInEnvironment({ environment, secrets }: ImportedEnvironment): {
  readonly environment: ImportedEnvironment
  readonly hidden: readonly string[]
} {
  const split = splitVariables(environment.variables)
  return {
    environment: { environment: { ...environment, variables: split.variables }, secrets: { ...split.secrets, ...secrets } },
    hidden: Object.keys(split.secrets),
  }
}

/** A credential whose value stands there for all to see. */
function isClear({ name, value, secret }: Variable): boolean {
  return secret !== true && value !== '' && !value.includes('{{') && isSecretVariable(name, value)
}

function splitVariables(list: readonly Variable[]): { variables: Variable[]; secrets: Record<string, string> } {
  return {
    variables: list.map((variable) => (isClear(variable) ? { ...variable, value: '', secret: true } : variable)),
    secrets: Object.fromEntries(list.filter(isClear).map(({ name, value }) => [name, value])),
  }
}

function hideInSession(session: Session, hide: Hide): Session {
  return {
    ...session,
    headers: hideHeaders(session.headers, hide),
    params: hideRows(session.params, hide),
    cookies: hideRows(session.cookies, hide),
    auth: hideAuth(session.auth, hide),
    options: hideInOptions(session.options, hide),
    adapters: session.adapters.map((adapter: Adapter) => ({ ...adapter, ...hideInOptions(adapter, hide) })),
  }
}

function hideInDocument(document: RequestDocument, hide: Hide): RequestDocument {
  return {
    ...document,
    ...hideInUrl(document.url, document.params, hide),
    headers: hideHeaders(document.headers, hide),
    cookies: hideRows(document.cookies, hide),
    auth: hideAuth(document.auth, hide),
    body: hideInBody(document.body, hide),
    options: hideInOptions(document.options, hide),
    variables: document.variables.map((variable) => hideVariable(variable, hide)),
  }
}

/** A request's own variables stand in its file: the value goes to one of the collection, which it refers to. */
function hideVariable(variable: Variable, hide: Hide): Variable {
  const { name, value } = variable
  return isClear(variable) ? { ...variable, value: hide(value, variableNameFor(name)) } : variable
}

function hideInUrl(url: string, params: readonly Param[], hide: Hide): { url: string; params: Param[] } {
  const edited = editParams(
    url,
    params,
    params.map((row) => hideRow(row, hide)),
  )
  return { url: hideUserinfo(edited.url, hide), params: [...edited.params] }
}

/** The password of `https://user:password@host`, as it stands there. */
function hideUserinfo(url: string, hide: Hide): string {
  const found = /^([A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#@:]*:)([^/?#@]+)@/.exec(url)
  if (!found) return url
  const [whole, before = '', password = ''] = found
  return `${before}${hide(password, 'password')}@${url.slice(whole.length)}`
}

function hideHeaders(rows: readonly Row[], hide: Hide): Row[] {
  return rows.map((row) => (isSecretHeader(row.name) ? { ...row, value: hideHeader(row.name, row.value, hide) } : row))
}

/** The word in front of a token stays: it says how the rest is to be understood. */
function hideHeader(name: string, value: string, hide: Hide): string {
  const found = /^(?:proxy-)?authorization$/i.test(name) ? /^([A-Za-z][\w-]*) +(\S+)$/.exec(value.trim()) : null
  if (!found) return hide(value, variableNameFor(name))
  const [, scheme = '', rest = ''] = found
  return `${scheme} ${hide(rest, /^basic$/i.test(scheme) ? 'basic_credentials' : 'token')}`
}

function hideRows(rows: readonly Row[], hide: Hide): Row[] {
  return rows.map((row) => hideRow(row, hide))
}

function hideRow<R extends Row>(row: R, hide: Hide): R {
  const value = isSecretField(row.name) ? hide(row.value, variableNameFor(row.name)) : row.value
  return value === row.value ? row : { ...row, value }
}

function hideInBody(body: Body, hide: Hide): Body {
  if (body.kind === 'form') return { ...body, rows: hideRows(body.rows, hide) }
  if (body.kind !== 'multipart') return body
  return {
    ...body,
    parts: body.parts.map((part) =>
      part.kind === 'text' && isSecretField(part.name) ? { ...part, value: hide(part.value, variableNameFor(part.name)) } : part,
    ),
  }
}

/** Passwords of proxies and of a client certificate's key. */
function hideInOptions<O extends Pick<Options, 'proxies' | 'cert'>>(options: O, hide: Hide): O {
  const { proxies, cert } = options
  if (!proxies && cert?.passphrase === undefined) return options
  return {
    ...options,
    ...(proxies && {
      proxies: Object.fromEntries(
        Object.entries(proxies).map(([scheme, url]) => [
          scheme,
          url === null ? null : hideUserinfo(url, (value) => hide(value, 'proxy_password')),
        ]),
      ),
    }),
    ...(cert?.passphrase !== undefined && { cert: { ...cert, passphrase: hide(cert.passphrase, 'key_passphrase') } }),
  }
}

/** What opens somebody's account does not belong in an example: its headers are left out. */
function hideInExample(example: ImportedExample, hide: Hide): ImportedExample {
  const isShared = ([name]: readonly [string, string]): boolean => !isSecretHeader(name) && !/^set-cookie2?$/i.test(name)
  return {
    ...example,
    url: hideInUrl(example.url, paramsFromUrl(example.url, []), hide).url,
    requestHeaders: example.requestHeaders.filter(isShared),
    headers: example.headers.filter(isShared),
  }
}

function namesOfVariables({ defaults, items, environments }: Imported): string[] {
  const of = (item: ImportedItem): string[] =>
    item.kind === 'request'
      ? item.document.variables.map(({ name }) => name)
      : [...item.defaults.variables.map(({ name }) => name), ...item.items.flatMap(of)]
  return [
    ...defaults.variables.map(({ name }) => name),
    ...environments.flatMap(({ environment }) => environment.variables.map(({ name }) => name)),
    ...items.flatMap(of),
  ]
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}_${number}`
    if (!taken.has(candidate)) return candidate
  }
}
