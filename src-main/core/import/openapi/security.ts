/**
 * Security schemes as credentials. Their secrets are variables without a value: a description holds none. Of several
 * ways to sign in the first is taken, of several schemes at once the first becomes the credentials and API keys beside it rows.
 */
import type { Auth, Row } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { emptyAuth } from '#contract/model/request-defaults.ts'
import type { NoteBook } from './notebook.ts'
import type { SpecNode } from './spec-node.ts'

export interface Secured {
  readonly auth: Auth
  /** Keys beside the credentials. */
  readonly headers: readonly Row[]
  readonly query: readonly Row[]
  readonly cookies: readonly Row[]
}

export interface Security {
  /** Of the whole description. */
  readonly common: Secured
  /** Of an operation; `inherit` where it is that of the whole. */
  readonly of: (operation: SpecNode, where: string) => Secured
  /** What the credentials refer to. */
  readonly variables: () => Variable[]
}

const NOTHING: Secured = { auth: { kind: 'none' }, headers: [], query: [], cookies: [] }

interface Need {
  readonly scheme: string
  readonly scopes: readonly string[]
}

/** Schemes that are all needed. */
type Alternative = readonly Need[]

interface Making {
  readonly schemes: SpecNode
  readonly notes: NoteBook
  readonly variables: Map<string, Variable>
}

/** @param operations all of them, to find out what they share where the description itself asks for nothing */
export function createSecurity(root: SpecNode, operations: readonly SpecNode[], notes: NoteBook): Security {
  const components = root.get('components').get('securitySchemes')
  const schemes = components.exists ? components : root.get('securityDefinitions')
  const making: Making = { schemes, notes, variables: new Map() }
  const declared = root.get('security')
  const shared = declared.exists ? chosen(declared) : sharedBy(operations)
  const common = securedBy(shared, making, 'all')
  const isRootless = !declared.exists
  // Only headers and credentials can stand around a request; keys beside them are in each.
  const inherited: Secured = { ...common, auth: { kind: 'inherit' } }
  return {
    common,
    of: (operation, where) => {
      const own = operation.get('security')
      if (!own.exists) return isRootless && shared.length > 0 ? NOTHING : inherited
      const alternative = chosen(own)
      if (own.items().length > 1) notes.add('changed', where, otherWays(own))
      if (isCoveredBy(alternative, shared)) return shared.length === 0 ? NOTHING : inherited
      return securedBy(alternative, making, 'named')
    },
    variables: () => [...making.variables.values()],
  }
}

/** The first way that asks for something; none where one of them asks for nothing and no other is there. */
function chosen(security: SpecNode): Alternative {
  const ways = security.items().map(needsOf)
  return ways.find((way) => way.length > 0) ?? []
}

function needsOf(way: SpecNode): Alternative {
  return way.entries().map(([scheme, scopes]) => ({
    scheme,
    scopes: scopes.items().flatMap(({ value }) => (typeof value === 'string' ? [value] : [])),
  }))
}

function otherWays(security: SpecNode): string {
  const ways = security.items().map(
    (way) =>
      needsOf(way)
        .map(({ scheme }) => scheme)
        .join(' with ') || 'nothing',
  )
  return `It can be signed in to in several ways (${ways.slice(0, 6).join(', ')}); the first of them is set.`
}

/** What every operation that asks for something asks for; nothing where they differ. */
function sharedBy(operations: readonly SpecNode[]): Alternative {
  const ways = operations.map((operation) => chosen(operation.get('security'))).filter((way) => way.length > 0)
  const [first = []] = ways
  return ways.every((way) => schemesOf(way) === schemesOf(first))
    ? first.map(({ scheme }) => ({ scheme, scopes: scopesOf(ways, scheme) }))
    : []
}

function scopesOf(ways: readonly Alternative[], scheme: string): string[] {
  return [...new Set(ways.flatMap((way) => way.filter((need) => need.scheme === scheme).flatMap(({ scopes }) => scopes)))]
}

function schemesOf(way: Alternative): string {
  return JSON.stringify(way.map(({ scheme }) => scheme))
}

/** The same schemes, and no scope that the common credentials do not ask for. */
function isCoveredBy(way: Alternative, common: Alternative): boolean {
  if (schemesOf(way) !== schemesOf(common)) return false
  return way.every(({ scopes }, index) => {
    const held = common[index]?.scopes ?? []
    return held.length === 0 || scopes.every((scope) => held.includes(scope))
  })
}

/** @param unscoped which scopes are asked for where none is named */
function securedBy(way: Alternative, making: Making, unscoped: 'all' | 'named'): Secured {
  const [first, ...others] = way.map((need) => ({ need, made: schemeOf(need, making, unscoped) }))
  if (!first) return NOTHING
  return others.reduce((all, { need, made }) => joined(all, made, need.scheme, making), first.made)
}

function joined(all: Secured, { auth, headers, query, cookies }: Secured, scheme: string, { notes }: Making): Secured {
  const rows = { headers: [...all.headers, ...headers], query: [...all.query, ...query], cookies: [...all.cookies, ...cookies] }
  if (auth.kind === 'none') return { ...all, ...rows }
  if (all.auth.kind === 'none') return { ...rows, auth }
  if (auth.kind !== 'apikey') {
    notes.add('lost', '', `The scheme ${scheme} is needed beside another one; a request has one kind of credentials.`)
    return { ...all, ...rows }
  }
  const row: Row = { name: auth.key, value: auth.value, enabled: true }
  return { ...all, ...rows, ...(auth.placement === 'header' ? { headers: [...rows.headers, row] } : { query: [...rows.query, row] }) }
}

function schemeOf({ scheme, scopes }: Need, making: Making, unscoped: 'all' | 'named'): Secured {
  const { schemes, notes } = making
  const node = schemes.get(scheme)
  const secret = (name: string, field: string): string =>
    written(node, field, making, true) ?? reference(making, name, node.text('description'), true)
  const plain = (name: string, field: string): string => written(node, field, making, false) ?? reference(making, name, '', false)
  const type = node.text('type')
  const how = type === 'http' ? node.text('scheme').toLowerCase() : type
  switch (how) {
    case 'basic':
    case 'digest':
      return {
        ...NOTHING,
        auth: { kind: how, username: plain(`${scheme}Username`, 'username'), password: secret(`${scheme}Password`, 'password') },
      }
    case 'bearer':
      return { ...NOTHING, auth: { kind: 'bearer', token: secret(`${scheme}Token`, 'token') } }
    case 'apiKey':
      return apiKeyOf(node, secret(scheme, 'value'))
    case 'oauth2':
      return { ...NOTHING, auth: oauth2Of(node, { scheme, scopes }, making, unscoped) }
    case 'openIdConnect':
      notes.add(
        'changed',
        '',
        `The scheme ${scheme} finds its addresses at ${node.text('openIdConnectUrl')}: type them in, none was fetched.`,
      )
      return {
        ...NOTHING,
        auth: {
          ...oauth2Basis(scheme, node, making),
          flow: 'authorization_code',
          scope: ['openid', ...scopes.filter((scope) => scope !== 'openid')].join(' '),
        },
      }
    case 'mutualTLS':
      notes.add('lost', '', `The scheme ${scheme} is a client certificate: choose yours in Options.`)
      return NOTHING
    default:
      notes.add(
        'lost',
        '',
        node.exists
          ? `The scheme ${scheme} is of the kind "${how.slice(0, 50)}", which there is no form for.`
          : `The scheme ${scheme} is named and nowhere described.`,
      )
      return NOTHING
  }
}

function apiKeyOf(node: SpecNode, value: string): Secured {
  const key = node.text('name')
  const place = node.text('in')
  if (place === 'cookie') return { ...NOTHING, cookies: [{ name: key, value, enabled: true }] }
  return { ...NOTHING, auth: { kind: 'apikey', key, value, placement: place === 'query' ? 'query' : 'header' } }
}

const FLOWS = [
  { names: ['authorizationCode', 'accessCode'], flow: 'authorization_code' },
  { names: ['clientCredentials', 'application'], flow: 'client_credentials' },
  { names: ['password'], flow: 'password' },
  { names: ['implicit'], flow: 'authorization_code' },
] as const

type OAuth2 = Extract<Auth, { kind: 'oauth2' }>

function oauth2Of(node: SpecNode, { scheme, scopes }: Need, making: Making, unscoped: 'all' | 'named'): OAuth2 {
  const flows = node.get('flows')
  // Swagger 2.0 has one flow, named by a word.
  const find = (name: string): SpecNode | null => {
    if (flows.exists) return flows.get(name).exists ? flows.get(name) : null
    return node.text('flow') === name ? node : null
  }
  const found = FLOWS.flatMap(({ names, flow }) => names.map((name) => ({ name, flow, node: find(name) }))).find((one) => one.node !== null)
  const details = found?.node
  if (found?.name === 'implicit') {
    making.notes.add(
      'changed',
      '',
      `The scheme ${scheme} uses the implicit flow, which is no longer in use: it is set to authorization code.`,
    )
  }
  const known = details
    ? details
        .get('scopes')
        .entries()
        .map(([name]) => name)
    : []
  return {
    ...oauth2Basis(scheme, node, making),
    flow: found?.flow ?? 'client_credentials',
    authorizationUrl: details?.text('authorizationUrl') ?? '',
    accessTokenUrl: details?.text('tokenUrl') ?? '',
    refreshTokenUrl: details?.text('refreshUrl') ?? '',
    ...(found?.flow === 'password' && {
      username: written(node, 'username', making, false) ?? reference(making, `${scheme}Username`, '', false),
      password: written(node, 'password', making, true) ?? reference(making, `${scheme}Password`, '', true),
    }),
    scope: (scopes.length > 0 || unscoped === 'named' ? scopes : known).join(' '),
  }
}

function oauth2Basis(scheme: string, node: SpecNode, making: Making): OAuth2 {
  const basis = emptyAuth('oauth2')
  if (basis.kind !== 'oauth2') throw new Error('Empty credentials are of another kind.')
  return {
    ...basis,
    clientId: written(node, 'clientId', making, false) ?? reference(making, `${scheme}ClientId`, '', false),
    clientSecret: written(node, 'clientSecret', making, true) ?? reference(making, `${scheme}ClientSecret`, '', true),
  }
}

/** What an export of ours says that a field was: a reference, or where that is no secret any text. Null: nothing. */
function written(node: SpecNode, field: string, making: Making, secret: boolean): string | null {
  const text = node.get('x-posthaste').text(field)
  const name = /^\{\{([\w.-]+)\}\}$/.exec(text)?.[1]
  if (name !== undefined) return reference(making, name, '', secret)
  return secret || text === '' ? null : text
}

/** The reference to a variable, which is made where there is none of the name. */
function reference({ variables }: Making, name: string, description: string, secret: boolean): string {
  const plain = name.replace(/[^\w.-]+/g, '_') || 'secret'
  if (!variables.has(plain)) {
    const words = description.trim().split(/\n/)[0] ?? ''
    variables.set(plain, { name: plain, value: '', enabled: true, ...(words !== '' && { description: words }), ...(secret && { secret }) })
  }
  return `{{${plain}}}`
}
