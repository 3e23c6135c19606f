/** Finding in open views, and their text in rows, as commands. */
import type { BodySearch } from '../bodies/body-search.ts'
import type { Handlers } from '../dispatch.ts'

type SearchHandlers = Pick<Handlers, 'body.find' | 'body.linesAt' | 'body.wrap' | 'body.rows' | 'body.rowOf'>

export function bodySearchHandlers(search: BodySearch): SearchHandlers {
  return {
    'body.find': (input, { signal }) => search.find(input, signal),
    'body.linesAt': (input) => search.linesAt(input),
    'body.wrap': (input, { signal }) => search.wrap(input, signal),
    'body.rows': (input) => search.rows(input),
    'body.rowOf': (input) => search.rowOf(input),
  }
}
