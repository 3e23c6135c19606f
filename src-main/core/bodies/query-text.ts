/**
 * A text and a query to matches: what the viewer's filter, and tests on an answer (`res.jsonpath(…)`, `res.xpath(…)`,
 * `res.css(…)`), are made of. Pure, but that each language's library is loaded when it is first needed.
 */
import type { QueryKind } from '#contract/model/body-query.ts'
import { bodyProblem, type QueriedText, type QueryProblem } from './query-types.ts'

/** What a text is read as: one tree of markup serves XPath and CSS selectors. */
export type QueryModel = 'json' | 'xml' | 'html'

/**
 * What a text has to be read as for queries of a kind.
 *
 * @param language name of the body's language, such as `html`; where it says nothing, the text's beginning does
 * @param start    the first characters of the text
 */
export function modelFor(kind: QueryKind, language: string, start: string): QueryModel {
  if (kind === 'jsonpath') return 'json'
  if (/^\s*<!doctype html/i.test(start)) return 'html'
  // XHTML is well-formed, and may have parts in other namespaces.
  const isXml = language === 'xml' || /^\s*<\?xml/.test(start)
  return isXml ? 'xml' : 'html'
}

/** Reads a text once, for any number of queries of the kinds that its model serves. */
export async function readForQueries(text: string, model: QueryModel): Promise<QueriedText | QueryProblem> {
  if (model === 'json') {
    const { readJsonForQuery } = await import('./query-json.ts')
    return guarded(() => readJsonForQuery(text))
  }
  const { readMarkup } = await import('./markup-document.ts')
  const markup = guarded(() => readMarkup(text, model))
  if (markup.kind === 'problem') return markup
  const [{ queryXPath }, { querySelector }] = await Promise.all([import('./query-xpath.ts'), import('./query-css.ts')])
  return {
    kind: 'text',
    query: (kind, expression, options) => guarded(() => (kind === 'css' ? querySelector : queryXPath)(markup, expression, options)),
  }
}

/** What goes deeper than the stack is a problem of this text, not of the program. */
function guarded<T>(work: () => T): T | QueryProblem {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError && /stack/i.test(error.message)) return bodyProblem('The body is nested too deeply for this query.')
    throw error
  }
}
