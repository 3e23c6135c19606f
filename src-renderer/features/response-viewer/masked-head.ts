/** A request head as it is shown or copied: secrets hidden unless revealed, everything else as it was sent. */
import { withMaskedParams } from '#contract/model/secret-params.ts'
import { isMaskedHeaderName, MASK, maskedValue } from '../../lib/mask-header.ts'
import { maskTexts } from '../../lib/mask-texts.ts'

export interface HeadParts {
  /** The request line; in HTTP/2 the pseudo-headers, a line each. */
  readonly requestLine: string
  readonly isHttp2: boolean
  readonly headerLines: readonly string[]
  /** Whether masking hides anything that revealing shows. */
  readonly hasSecrets: boolean
  /** Whether values are hidden that are not there: the history keeps none of secret variables. */
  readonly isCut: boolean
}

/**
 * The request line and the header lines of a head as it went over the wire, with secrets hidden unless revealed.
 *
 * @param secrets      texts to hide wherever they stand
 * @param secretParams names of params of the URL whose values are hidden
 */
export function headParts(head: string, reveal: boolean, secrets: readonly string[] = [], secretParams: readonly string[] = []): HeadParts {
  const all = head.split(/\r\n|\n/).filter((line) => line !== '')
  const isHttp2 = head.startsWith(':')
  const first = isHttp2 ? all.findLastIndex((line) => line.startsWith(':')) + 1 : 1
  const sentLine = all.slice(0, first).join('\n')
  const maskedLines = maskTexts(withMaskedParams(sentLine, secretParams, MASK), secrets)
  const requestLine = reveal ? sentLine : maskedLines
  const fields = all.slice(first)
  const nameOf = (line: string): string => line.slice(0, Math.max(0, line.indexOf(':')))
  const maskedFields = fields.map((line) => maskTexts(maskedLine(line, nameOf(line)), secrets))
  const hasSecrets = maskedLines !== sentLine || maskedFields.some((line, index) => line !== fields[index])
  return { requestLine, isHttp2, headerLines: reveal ? fields : maskedFields, hasSecrets, isCut: head.includes(MASK) }
}

function maskedLine(line: string, name: string): string {
  if (!isMaskedHeaderName(name)) return line
  const value = line.slice(name.length + 1)
  const space = /^\s*/.exec(value)?.[0] ?? ''
  return `${name}:${space}${maskedValue(name, value.trim())}`
}
