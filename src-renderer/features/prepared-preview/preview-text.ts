/** A preview as the lines that go over the wire, with secrets hidden until they are asked for. */
import type { HeaderSource, InheritedRow, Layers, Preview, PreparedHeader } from '#contract/model/prepared.ts'
import type { Auth } from '#contract/model/request.ts'
import { parseQuery } from '#contract/model/url-query.ts'
import { isMaskedHeaderName, MASK, maskedValue } from '../../lib/mask-header.ts'
import { maskTexts } from '../../lib/mask-texts.ts'
import { originWords } from '../../lib/origin-words.ts'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'

export interface PreviewText {
  readonly requestLine: string
  /** Where parts of it come from that are not the request's own; empty: there are none. */
  readonly requestSource: string
  readonly headers: readonly { readonly name: string; readonly value: string; readonly source: string }[]
  readonly body: string
  /** Whether masking hides anything. */
  readonly hasSecrets: boolean
}

/**
 * @param keyInQuery whether credentials stand in the query, where they are the last pair
 */
export function previewText(preview: Preview, keyInQuery: boolean, reveal: boolean): PreviewText {
  const { secrets } = preview.layers
  const target = maskTexts(keyInQuery ? withMaskedKey(preview.target) : preview.target, secrets)
  const body = maskTexts(preview.bodyText, secrets)
  const masked = preview.headers.map((header) => ({
    name: header.name,
    value: maskTexts(maskedValue(header.name, header.value, isMasked(header)), secrets),
    source: sourceOf(header, preview.layers),
  }))
  const hasSecrets =
    target !== preview.target || body !== preview.bodyText || masked.some(({ value }, index) => value !== preview.headers[index]?.value)
  return {
    requestLine: `${preview.method} ${reveal ? preview.target : target} HTTP/1.1`,
    requestSource: listed(originsOf(preview.layers.params)),
    headers: reveal ? masked.map((line, index) => ({ ...line, value: preview.headers[index]?.value ?? line.value })) : masked,
    body: reveal ? preview.bodyText : body,
    hasSecrets,
  }
}

/** Whether credentials stand in the query, as its last pair: a key, a token, the signature of OAuth 1.0. */
export function hasSecretLast(auth: Auth, target: string): boolean {
  switch (auth.kind) {
    case 'apikey':
      return auth.placement === 'query' && auth.key !== ''
    case 'oauth1':
      return auth.placement === 'query' && lastName(target) === 'oauth_signature'
    case 'oauth2':
      // While there is no token, the last pair is the user's own.
      return auth.tokenPlacement === 'query' && lastName(target) === auth.tokenQueryName
    default:
      return false
  }
}

function lastName(target: string): string | undefined {
  const mark = target.indexOf('?')
  return mark < 0 ? undefined : parseQuery(target.slice(mark + 1)).at(-1)?.name
}

/** The whole of it as text, for the clipboard. */
export function wholeText(text: PreviewText): string {
  const head = [text.requestLine, ...text.headers.map(({ name, value }) => `${name}: ${value}`)].join('\n')
  return text.body === '' ? `${head}\n` : `${head}\n\n${text.body}`
}

/** Where a line comes from, in a word or two. */
const SOURCES: Readonly<Record<HeaderSource, string>> = {
  user: t`you`,
  inherited: t`inherited`,
  engine: t`engine`,
  body: t`body`,
  auth: t`Auth`,
  netrc: 'netrc',
  cookies: t`cookies`,
  url: 'URL',
  proxy: t`proxy`,
}

function sourceOf({ source, origin }: PreparedHeader, { auth, cookies }: Layers): string {
  if (source === 'inherited' && origin) return originWords(origin)
  const from = source === 'auth' && auth ? [originWords(auth.origin)] : source === 'cookies' ? originsOf(cookies) : []
  return listed([SOURCES[source], ...from])
}

/** Of the rows that are sent: each layer once. */
function originsOf(rows: readonly InheritedRow[]): string[] {
  return [...new Set(rows.filter(({ hidden }) => !hidden).map(({ origin }) => originWords(origin)))]
}

function isMasked({ name, source }: PreparedHeader): boolean {
  return source === 'auth' || source === 'netrc' || isMaskedHeaderName(name)
}

function withMaskedKey(target: string): string {
  const mark = target.indexOf('?')
  const last = mark < 0 ? undefined : parseQuery(target.slice(mark + 1)).at(-1)
  const equals = last?.raw.indexOf('=') ?? -1
  if (!last || equals < 0 || last.value === '') return target
  return target.slice(0, target.length - last.raw.length) + last.raw.slice(0, equals + 1) + MASK
}
