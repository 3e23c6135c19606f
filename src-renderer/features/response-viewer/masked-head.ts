/** A request head as it is shown or copied: secrets hidden unless revealed, everything else as it was sent. */
import { isSecretHeaderName } from '#contract/model/secret-names.ts'
import { maskedValue } from '../../lib/mask-header.ts'

export interface HeadParts {
  readonly requestLine: string
  readonly headerLines: readonly string[]
  /** Whether masking hides anything. */
  readonly hasSecrets: boolean
}

/** The request line and the header lines of a head as it went over the wire, with secrets hidden unless revealed. */
export function headParts(head: string, reveal: boolean): HeadParts {
  const [requestLine = '', ...lines] = head.split(/\r\n|\n/)
  const fields = lines.filter((line) => line !== '')
  const nameOf = (line: string): string => line.slice(0, Math.max(0, line.indexOf(':')))
  const headerLines = reveal ? fields : fields.map((line) => maskedLine(line, nameOf(line)))
  return { requestLine, headerLines, hasSecrets: fields.some((line) => isSecretHeaderName(nameOf(line))) }
}

function maskedLine(line: string, name: string): string {
  if (!isSecretHeaderName(name)) return line
  const value = line.slice(name.length + 1)
  const space = /^\s*/.exec(value)?.[0] ?? ''
  return `${name}:${space}${maskedValue(name, value.trim())}`
}
