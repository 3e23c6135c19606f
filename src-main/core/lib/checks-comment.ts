/**
 * Checks of a request behind the lines of a script that make the same checks elsewhere: a comment with a digest of those lines,
 * so that a reader takes the rows for the lines only where nobody has changed them since.
 */
import { createHash } from 'node:crypto'
import { RequestChecksSchema, type RequestChecks } from './request-checks.ts'

const COMMENT = /^\/\/ Posthaste (\d{1,6}) ([\da-f]{16}) (\{.*\})$/
/** What ends a line in JavaScript beside a line feed, which JSON has no need to escape. */
const LINE_ENDS = /[\u2028\u2029]/g

/** The lines of a script, and below them the comment that stands for them. */
export function withChecksComment(lines: readonly string[], checks: RequestChecks): string {
  const json = JSON.stringify(checks).replace(LINE_ENDS, (end) => `\\u${end.charCodeAt(0).toString(16)}`)
  return [...lines, `// Posthaste ${lines.length} ${digestOf(lines)} ${json}`].join('\n')
}

/** @returns null where there is no such comment, or the lines above it are others by now */
export function readChecksComment(code: string): { readonly checks: RequestChecks; readonly rest: string } | null {
  const lines = code.split(/\r?\n/)
  const at = lines.findLastIndex((line) => COMMENT.test(line))
  const [, count = '', digest, json = ''] = COMMENT.exec(lines[at] ?? '') ?? []
  const start = at - Number(count)
  if (at < 0 || start < 0 || digestOf(lines.slice(start, at)) !== digest) return null
  const checks = parsed(json)
  return checks && { checks, rest: [...lines.slice(0, start), ...lines.slice(at + 1)].join('\n').trim() }
}

function parsed(json: string): RequestChecks | null {
  try {
    const read = RequestChecksSchema.safeParse(JSON.parse(json))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

function digestOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)
}
