/** What is known of runs without a schema, so that the window has it without the library that checks them. */

/** Iterations that may go on beside each other. */
export const MOST_PARALLEL = 1000

export const RUN_STATES = ['running', 'paused', 'stopping', 'finished', 'stopped', 'bailed', 'interrupted', 'failed'] as const
export type RunState = (typeof RUN_STATES)[number]

export function isRunOver(state: RunState): boolean {
  return state !== 'running' && state !== 'paused' && state !== 'stopping'
}

export const RUN_REPORT_FORMATS = ['json', 'junit', 'html', 'csv'] as const
export type RunReportFormat = (typeof RUN_REPORT_FORMATS)[number]
