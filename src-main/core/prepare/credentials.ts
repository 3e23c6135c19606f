/** Which credentials a request goes out with, where several are given: typed, in Auth, in the URL. */
import type { PreparedHeader } from '#contract/model/prepared.ts'
import type { Auth } from '#contract/model/request.ts'
import { basicCredentials, fitsLatin1 } from './basic-credentials.ts'
import type { BehaviourRules } from './behaviour-rules.ts'
import type { TypedHeader } from './headers.ts'
import type { TargetUrl } from './url-parts.ts'
import type { Problems } from './problems.ts'

interface Credentials {
  readonly auth: Auth
  /** What they are as headers. */
  readonly fromAuth: readonly { readonly name: string; readonly value: string; readonly note?: string }[]
  readonly url: TargetUrl | null
  readonly own: readonly TypedHeader[]
}

/** Credentials as headers, and which of them win over which; whoever loses is named. */
export function authHeaders(
  { auth, fromAuth, url, own }: Credentials,
  rules: BehaviourRules,
  problems: Problems,
  warnings: string[],
): PreparedHeader[] {
  const headers: PreparedHeader[] = fromAuth.map((header) => ({ ...header, source: 'auth' }))
  // Where Auth has power over all, credentials in the URL stand for nothing beside it, whatever header it fills.
  const isTaken =
    rules.credentials.power === 'auth' ? hasOwn(auth) : headers.some((header) => header.name.toLowerCase() === 'authorization')
  if (url?.credentials && !isTaken) {
    const value = urlCredentials(url.credentials, rules, problems)
    if (value !== null) headers.push({ name: 'Authorization', value, source: 'url' })
  }
  for (const header of headers) {
    if (!own.some(({ name }) => name.toLowerCase() === header.name.toLowerCase())) continue
    const from = header.source === 'url' ? 'the URL' : 'Auth'
    const [winner, loser] =
      rules.credentials.power === 'typed'
        ? [`The typed ${header.name} header`, `the one from ${from}`]
        : [`The ${header.name} header from ${from}`, 'the typed one, as by requests']
    warnings.push(`${winner} is sent instead of ${loser}.`)
  }
  return headers
}

/** What netrc takes the place of, where the rules have it so. @param sent the head as netrc made it */
export function netrcWarnings(lines: readonly PreparedHeader[], sent: readonly PreparedHeader[]): string[] {
  const loser = lines.find(({ name }) => name.toLowerCase() === 'authorization')
  if (!loser || !sent.some(({ source }) => source === 'netrc')) return []
  return [
    loser.source === 'url'
      ? 'The Authorization header from netrc is sent instead of the one from the URL, as by requests.'
      : 'The Authorization header from netrc is sent instead of the typed one, as by requests.',
  ]
}

function hasOwn(auth: Auth): boolean {
  return auth.kind !== 'none' && auth.kind !== 'inherit'
}

function urlCredentials(
  { username, password }: NonNullable<TargetUrl['credentials']>,
  rules: BehaviourRules,
  problems: Problems,
): string | null {
  const { basicCharset } = rules.credentials
  if (basicCharset === 'utf-8' || fitsLatin1(username + password)) return basicCredentials(username, password, basicCharset)
  problems.add(
    'InvalidHeader',
    { section: 'url' },
    'The credentials in the URL hold a character that Latin-1 does not have.',
    'requests cannot send them. Choose another behaviour in Options, or give them in Auth.',
  )
  return null
}
