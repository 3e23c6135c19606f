/** What an assertion or a capture looks at, as far as scripts of other programs can look at it too. */
import { parseExpression } from './parse-expression.ts'
import { simplePath } from './simple-path.ts'
import type { Step } from './expression.ts'

export type AnswerValue =
  | { readonly kind: 'status' | 'statusText' | 'url' | 'ok' | 'responseTime' | 'size' | 'text' }
  /** JSON where the body is JSON; without steps all of it. */
  | { readonly kind: 'body'; readonly steps: readonly Step[] }
  /** `name` in lower case. */
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'cookie'; readonly name: string }

/** @returns null for what is no expression, and for what only Posthaste looks at: XPath, CSS, schemas, the course of redirects */
export function answerValue(expression: string): AnswerValue | null {
  const parsed = parseExpression(expression.trim())
  if (parsed.kind === 'unknown') return null
  const { source, steps } = parsed
  const [first, ...further] = steps
  switch (source.kind) {
    case 'status':
    case 'statusText':
    case 'url':
    case 'ok':
    case 'responseTime':
    case 'size':
    case 'text':
      return steps.length === 0 ? { kind: source.kind } : null
    case 'gate':
      return steps.length === 0 ? { kind: 'ok' } : null
    case 'body':
      return { kind: 'body', steps }
    case 'headers':
      return first === undefined || further.length > 0 ? null : { kind: 'header', name: String(first).toLowerCase() }
    case 'cookies':
      return typeof first !== 'string' || first === 'length' || further.length > 0 ? null : { kind: 'cookie', name: first }
    case 'query': {
      const path = source.language === 'jsonpath' ? simplePath(source.query) : null
      return path && { kind: 'body', steps: [...path, ...steps] }
    }
    default:
      return null
  }
}

/** Whether it is text wherever it comes from, so that `5` there is compared as `"5"`. */
export function isTextual({ kind }: AnswerValue): boolean {
  return kind === 'header' || kind === 'cookie' || kind === 'text' || kind === 'statusText' || kind === 'url'
}
