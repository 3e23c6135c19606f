/**
 * Hides credentials in a request head that is shown or copied, and keeps everything else as it was sent. What is
 * hidden is told by a header's name; scheme and cookie names stay, because they are what one looks for.
 */

const MASK = '••••••••'

const CREDENTIALS = new Set(['authorization', 'proxy-authorization'])
const TOKENS = new Set([
  'x-api-key',
  'api-key',
  'apikey',
  'x-auth-token',
  'x-access-token',
  'x-amz-security-token',
  'x-vault-token',
  'private-token',
])

/** Whether a header's value is a secret. */
export function isSecretHeader(name: string): boolean {
  const lower = name.toLowerCase()
  return CREDENTIALS.has(lower) || TOKENS.has(lower) || lower === 'cookie'
}

/** A header's value with its secret part replaced; the value itself where it has none. */
export function maskedValue(name: string, value: string): string {
  const lower = name.toLowerCase()
  if (lower === 'cookie') return value.replace(/([^=;\s][^=;]*)=([^;]*)/g, `$1=${MASK}`)
  if (CREDENTIALS.has(lower)) {
    const scheme = /^([A-Za-z][\w-]*) +\S/.exec(value)?.[1]
    return scheme === undefined ? MASK : `${scheme} ${MASK}`
  }
  return TOKENS.has(lower) ? MASK : value
}

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
  return { requestLine, headerLines, hasSecrets: fields.some((line) => isSecretHeader(nameOf(line))) }
}

function maskedLine(line: string, name: string): string {
  if (!isSecretHeader(name)) return line
  const value = line.slice(name.length + 1)
  const space = /^\s*/.exec(value)?.[0] ?? ''
  return `${name}:${space}${maskedValue(name, value.trim())}`
}
