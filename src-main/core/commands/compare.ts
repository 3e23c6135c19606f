/** Comparing stored bodies, as a command. */
import { compareBodies } from '../bodies/compare/compare-bodies.ts'
import type { ViewedBodies } from '../bodies/body-views.ts'
import type { Handlers } from '../dispatch.ts'

export function compareHandlers(store: ViewedBodies): Pick<Handlers, 'body.compare'> {
  return { 'body.compare': (input, { signal }) => compareBodies(store, input, signal) }
}
