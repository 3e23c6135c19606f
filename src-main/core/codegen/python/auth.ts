/** Credentials: `auth=`, plain headers, or pairs of the query. */
import type { Auth } from '#contract/model/request.ts'
import { parseQuery } from '#contract/model/url-query.ts'
import { fitsLatin1 } from '../../prepare/basic-credentials.ts'
import type { BehaviourRules } from '../../prepare/behaviour-rules.ts'
import { parseTargetUrl } from '../../prepare/target-url.ts'
import type { CodeSource } from '../code-source.ts'
import { isTypedHeader } from './headers.ts'
import { call, tuple, type Python } from './python-layout.ts'
import { pythonText } from './python-text.ts'
import type { Script } from './script.ts'
import type { Pair } from './url.ts'

export interface PythonAuth {
  readonly auth: Python | null
  readonly headers: readonly Pair[]
  readonly query: readonly Pair[]
  /** Whether `user:password@` of the URL is not to be there: something else stands for it, or it counts for nothing. */
  readonly withoutUserinfo: boolean
}

type Made = Partial<Omit<PythonAuth, 'withoutUserinfo'>>

/** The credentials of a request. */
export function authOf(source: CodeSource, rules: BehaviourRules, script: Script): PythonAuth {
  const made = { auth: null, headers: [], query: [], ...ofForm(source, rules, script) }
  const { url, headers } = source.request
  if (url.credentials === null || made.auth !== null) return { ...made, withoutUserinfo: false }
  if (!headers.some((header) => header.source === 'url')) return { ...made, withoutUserinfo: true }
  const { username, password } = url.credentials
  if (readsSame(source, rules)) return { ...made, withoutUserinfo: false }
  return { ...made, auth: basic(username, password, rules.credentials.basicCharset, script), withoutUserinfo: true }
}

/** Whether requests finds the same credentials in the URL, and sends the same bytes for them: those of Latin-1. */
function readsSame({ form, request: { url } }: CodeSource, rules: BehaviourRules): boolean {
  try {
    const { credentials } = parseTargetUrl(form.url, 'urllib3')
    const { username = '', password = '' } = url.credentials ?? {}
    return credentials?.username === username && credentials.password === password && isLatin1(username + password, rules)
  } catch {
    return false
  }
}

function isLatin1(text: string, { credentials }: BehaviourRules): boolean {
  return credentials.basicCharset === 'latin-1' ? fitsLatin1(text) : /^[\0-\x7f]*$/.test(text)
}

function ofForm(source: CodeSource, rules: BehaviourRules, script: Script): Made {
  const { auth } = source.form
  const isExact = rules.credentials.power === 'auth'
  const loses = (name: string): boolean => !isExact && (isTypedHeader(source, name.toLowerCase()) || isOmitted(source, rules, name))
  const asHeader = (className: string, name: string, prefix: string, value: string, asClass = isExact): Made => {
    if (loses(name)) return {}
    if (!asClass) return { headers: [[name, prefix + value]] }
    const defined = script.define(className, (own) => headerClass(own, name, prefix, script))
    return { auth: call(defined, [script.text(value)]) }
  }
  switch (auth.kind) {
    case 'none':
    case 'inherit':
    case 'unsupported':
      return {}
    case 'basic':
      if ((auth.username === '' && auth.password === '') || loses('Authorization')) return {}
      return { auth: basic(auth.username, auth.password, auth.charset ?? rules.credentials.basicCharset, script) }
    case 'digest':
      if ((auth.username === '' && auth.password === '') || loses('Authorization')) return {}
      return { auth: call(script.from('requests.auth', 'HTTPDigestAuth'), [script.text(auth.username), script.text(auth.password)]) }
    case 'bearer':
      return auth.token === '' ? {} : asHeader('BearerAuth', 'Authorization', 'Bearer ', auth.token.trim())
    case 'apikey':
      if (auth.key === '') return {}
      return auth.placement === 'query' ? { query: [[auth.key, auth.value]] } : asHeader('ApiKeyAuth', auth.key, '', auth.value)
    case 'header':
      if (auth.name === '') return {}
      // Beside credentials in the URL, which count too then.
      return asHeader('TokenAuth', auth.name, auth.prefix, auth.value, isExact || source.request.url.credentials === null)
    case 'oauth2':
      return oauth2(source, auth, asHeader, script)
    case 'oauth1':
    case 'awsv4':
      return signed(auth, script)
  }
}

/** Omitting takes away what credentials add, too, where the rules say so. */
function isOmitted({ omitted }: CodeSource, rules: BehaviourRules, name: string): boolean {
  return rules.head.onOmit.takes === 'all' && omitted.has(name.toLowerCase())
}

/** A pair of texts is sent in Latin-1 by requests, and a pair of bytes as it is. */
function basic(username: string, password: string, charset: 'utf-8' | 'latin-1', script: Script): Python {
  // What is read from the environment may be any text.
  const isWide = charset === 'utf-8' && /[^\0-\x7f]/.test(username + password)
  const code = (text: string): string => {
    const isBytes = isWide || (charset === 'utf-8' && script.isRead(text))
    return isBytes ? `${script.text(text)}.encode()` : script.text(text)
  }
  return tuple([code(username), code(password)])
}

/** A subclass of AuthBase as the documentation of requests has it: it puts one header in, when all others stand. */
function headerClass(className: string, name: string, prefix: string, script: Script): string {
  script.from('requests.auth', 'AuthBase')
  const value = pythonText([...(prefix === '' ? [] : [prefix]), () => 'self.token'])
  return [
    `class ${className}(AuthBase):`,
    '    def __init__(self, token):',
    '        self.token = token',
    '',
    '    def __call__(self, request):',
    `        request.headers[${script.text(name)}] = ${value}`,
    '        return request',
    '',
  ].join('\n')
}

type AsHeader = (className: string, name: string, prefix: string, value: string) => Made

function oauth2({ request }: CodeSource, auth: Extract<Auth, { kind: 'oauth2' }>, asHeader: AsHeader, script: Script): Made {
  const line = request.headers.find(({ source }) => source === 'auth')
  const pair = parseQuery(request.url.target.split('?')[1] ?? '').at(-1)
  const inQuery = auth.tokenPlacement === 'query' && pair?.name === auth.tokenQueryName
  if (!line && !inQuery) return {}
  const from = auth.accessTokenUrl === '' ? '' : ` from ${auth.accessTokenUrl}`
  script.comment(`OAuth 2.0: get an access token${from} first, for example with requests-oauthlib.`)
  script.note('changed', 'The code sends an OAuth 2.0 access token that it is given; it does not get or refresh one.')
  if (inQuery) return { query: [[pair.name, pair.value]] }
  if (!line) return {}
  const prefix = /^[A-Za-z]+ /.exec(line.value)?.[0] ?? ''
  return asHeader('BearerAuth', line.name, prefix, line.value.slice(prefix.length))
}

function signed(auth: Extract<Auth, { kind: 'oauth1' | 'awsv4' }>, script: Script): Made {
  const [what, how] =
    auth.kind === 'oauth1'
      ? ['OAuth 1.0', 'requests-oauthlib has it: auth=OAuth1(client_key, client_secret, resource_owner_key, resource_owner_secret).']
      : ['AWS Signature Version 4', 'requests-aws4auth has it: auth=AWS4Auth(access_id, secret_key, region, service).']
  script.comment(`Not signed by ${what}: ${how}`)
  script.note('lost', `The code does not sign the request by ${what}, which requests cannot do by itself.`)
  return {}
}
