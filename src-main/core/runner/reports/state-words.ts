/** How a run ended that did not come to its end, in a sentence, for reports. */
import type { RunSummary } from '#contract/model/run.ts'

export function stateWords({ state, counts, error }: Pick<RunSummary, 'state' | 'counts' | 'error'>): string {
  const done = `${counts.done.toLocaleString('en-US')} of ${counts.planned.toLocaleString('en-US')} requests have a result.`
  switch (state) {
    case 'bailed':
      return `The run ended at the first failure: ${done}`
    case 'stopped':
      return `The run was stopped: ${done}`
    case 'interrupted':
      return `The run was cut off: ${done}`
    case 'failed':
      return `The run could not go on: ${error?.message ?? ''} ${done}`
    default:
      return `The run was still under way: ${done}`
  }
}
