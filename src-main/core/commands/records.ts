/** Looking at bodies as records, as commands: events and values of streams, also while they come. */
import type { RecordViews } from '../bodies/record-views.ts'
import type { Handlers } from '../dispatch.ts'

type RecordHandlers = Pick<Handlers, 'records.open' | 'records.status' | 'records.rows' | 'records.read' | 'records.close'>

/**
 * The handlers of every `records.…` command.
 *
 * @param expect is told how much there is of a body that is looked at while it comes
 */
export function recordHandlers(views: RecordViews, expect: (bytes: number) => void): RecordHandlers {
  return {
    'records.open': async (input) => ({ viewId: await views.open(input) }),
    'records.status': async ({ viewId, filter, until }) => {
      const status = await views.status(viewId, filter, until ?? Infinity)
      expect(status.bytes)
      return status
    },
    'records.rows': async ({ viewId, from, count }) => ({ rows: await views.rows(viewId, from, count) }),
    'records.read': ({ viewId, number }) => views.read(viewId, number),
    'records.close': async ({ viewId }) => {
      views.close(viewId)
      return {}
    },
  }
}
