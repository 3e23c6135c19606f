/** JSONPath queries that lead to one place at most, by names and indexes alone: those can be followed while a body streams by. */
import type { Step } from './expression.ts'

const SEGMENT = /\s*(?:\.([\p{ID_Start}_][\p{ID_Continue}_]*)|\[\s*(?:(\d{1,9})|'((?:[^'\\]){0,1000})'|"((?:[^"\\]){0,1000})")\s*\])/uy

/** The steps of a singular query such as `$.items[0]['id']`; null where it may have any number of matches. */
export function simplePath(query: string): Step[] | null {
  const text = query.trim()
  if (!text.startsWith('$')) return null
  const steps: Step[] = []
  let at = 1
  while (at < text.length) {
    SEGMENT.lastIndex = at
    const found = SEGMENT.exec(text)
    if (!found) return null
    const [whole, name, index, single, double] = found
    steps.push(index !== undefined ? Number(index) : (name ?? single ?? double ?? ''))
    at += whole.length
  }
  return steps
}
