/** Queries over stored bodies, as commands. */
import type { BodyQueries } from '../bodies/body-queries.ts'
import type { WorkShares } from '../bodies/work-shares.ts'
import type { Handlers } from '../dispatch.ts'

type QueryHandlers = Pick<Handlers, 'body.query' | 'body.share' | 'body.matches' | 'body.exportMatches' | 'body.closeQuery'>

/** The handlers of the commands that ask for what is in a body. */
export function bodyQueryHandlers(queries: BodyQueries, shares: WorkShares): QueryHandlers {
  return {
    'body.query': (input, { signal }) => queries.query(input, signal),
    'body.share': ({ workId }) => Promise.resolve({ share: shares.of(workId) }),
    'body.matches': (input, { signal }) => queries.matches(input, signal),
    'body.exportMatches': (input, { signal }) => queries.export(input, signal),
    'body.closeQuery': ({ queryId }) => {
      queries.close(queryId)
      return Promise.resolve({})
    },
  }
}
