/** A preview as the lines that go over the wire, with secrets hidden until they are asked for. */
import type { Preview, PreparedHeader } from '#contract/model/prepared.ts'
import { parseQuery } from '#contract/model/url-query.ts'

const MASK = '••••••••'

export interface PreviewText {
  readonly requestLine: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** Whether masking hides anything. */
  readonly hasSecrets: boolean
}

/**
 * @param keyInQuery whether credentials stand in the query, where they are the last pair
 */
export function previewText(preview: Preview, keyInQuery: boolean, reveal: boolean): PreviewText {
  const target = keyInQuery ? withMaskedKey(preview.target) : preview.target
  const masked = preview.headers.map((header) => ({ name: header.name, value: maskedValue(header) }))
  const hasSecrets = target !== preview.target || masked.some(({ value }, index) => value !== preview.headers[index]?.value)
  return {
    requestLine: `${preview.method} ${reveal ? preview.target : target} HTTP/1.1`,
    headers: reveal ? preview.headers.map(({ name, value }) => ({ name, value })) : masked,
    hasSecrets,
  }
}

/** The whole of it as text, for the clipboard. */
export function wholeText(text: PreviewText, bodyText: string): string {
  const head = [text.requestLine, ...text.headers.map(({ name, value }) => `${name}: ${value}`)].join('\n')
  return bodyText === '' ? `${head}\n` : `${head}\n\n${bodyText}`
}

/** A header's value without its secret; the scheme stays, because it is what one looks for. */
function maskedValue({ name, value, source }: PreparedHeader): string {
  const isCredential = /^(?:proxy-)?authorization$/i.test(name)
  if (!isCredential && source !== 'auth') return value
  const scheme = isCredential ? /^[A-Za-z][\w-]*(?= +\S)/.exec(value)?.[0] : undefined
  return scheme === undefined ? MASK : `${scheme} ${MASK}`
}

function withMaskedKey(target: string): string {
  const mark = target.indexOf('?')
  const last = mark < 0 ? undefined : parseQuery(target.slice(mark + 1)).at(-1)
  const equals = last?.raw.indexOf('=') ?? -1
  if (!last || equals < 0 || last.value === '') return target
  return target.slice(0, target.length - last.raw.length) + last.raw.slice(0, equals + 1) + MASK
}
