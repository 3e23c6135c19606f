/**
 * What the JSON body editor does to its text: says in a line whether it is JSON, and indents it anew. Only the white
 * space between tokens changes, never a token: no number is rounded, no name dropped, no escape rewritten.
 */
import { jsonFault, jsonFaultWords, scanJson } from '#contract/json-text.ts'
import { t } from '../../lib/t.ts'
import { told } from '../../lib/told.ts'

export interface JsonVerdict {
  readonly valid: boolean
  /** One line, such as `Valid JSON` or `Line 3, column 9: a comma is missing before "b".` */
  readonly words: string
  /** Where the fault is, counted from 1. */
  readonly line?: number
  readonly column?: number
}

/** Whether a text is JSON, in words; null for a text without content. */
export function jsonVerdict(text: string): JsonVerdict | null {
  if (text.trim() === '') return null
  const { fault, tokens } = scanJson(text)
  if (fault === null) {
    const hasVariables = tokens.some((token) => token.kind === 'variable')
    return { valid: true, words: hasVariables ? t`Valid JSON, if each {{variable}} is` : t`Valid JSON` }
  }
  return { valid: false, words: told(jsonFaultWords(fault)), line: fault.line, column: fault.column }
}

/** Whether a text is JSON once its variables are filled in. */
export function isJsonWithVariables(text: string): boolean {
  return text.includes('{{') && jsonFault(text) === null
}

/** The text indented anew, or null where it is not JSON. Empty objects and arrays stay on one line. */
export function formatJson(text: string, indent = '  '): string | null {
  const { tokens, fault } = scanJson(text)
  if (fault !== null) return null
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n'
  const out: string[] = []
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1]?.kind
    switch (token.kind) {
      case 'open':
        out.push(token.text)
        if (next === 'close') break
        depth += 1
        out.push(lineBreak, indent.repeat(depth))
        break
      case 'close':
        if (tokens[index - 1]?.kind !== 'open') {
          depth -= 1
          out.push(lineBreak, indent.repeat(depth))
        }
        out.push(token.text)
        break
      case 'comma':
        out.push(',', lineBreak, indent.repeat(depth))
        break
      case 'colon':
        out.push(': ')
        break
      case 'string':
      case 'literal':
      case 'variable':
      case 'comment':
        out.push(token.text)
    }
  }
  return out.join('')
}
