/** Runs in words. Pure. */
import type { RunHead } from '#contract/model/run.ts'
import type { RunReportFormat, RunState } from '#contract/model/run-facts.ts'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'
import { formatNumber, formatPercent } from '../../lib/format-number.ts'

const STATES: Readonly<Record<RunState, string>> = {
  running: t`Running`,
  paused: t`Paused`,
  stopping: t`Stopping`,
  finished: t`Finished`,
  stopped: t`Stopped`,
  bailed: t`Stopped at a failure`,
  interrupted: t`Interrupted`,
  failed: t`Broke off`,
}

export const REPORT_WORDS: Readonly<Record<RunReportFormat, string>> = { json: 'JSON', junit: t`JUnit XML`, html: 'HTML', csv: 'CSV' }

export function stateWords(state: RunState): string {
  return STATES[state]
}

export function count(value: number): string {
  return formatNumber(value)
}

/** Requests a second, as short as it can be read. */
export function rateWords(perSecond: number): string {
  return `${perSecond >= 10 ? count(Math.round(perSecond)) : Number(perSecond.toPrecision(2))}/s`
}

/** With what a run went: `dev, session admin, users.csv, 10 at a time`. */
export function settingsWords({
  environment,
  session,
  data,
  parallel,
}: Pick<RunHead, 'environment' | 'session' | 'data' | 'parallel'>): string {
  return listed([
    environment ?? t`no environment`,
    ...(session === null ? [] : [t`session ${session}`]),
    ...(data === null ? [] : [data]),
    ...(parallel > 1 ? [t`${parallel} at a time`] : []),
  ])
}

/** How one figure compares with the one before: `12% slower`; empty where there is nothing to compare. */
export function changeWords(before: number | null, after: number | null): string {
  if (before === null || after === null || before === 0) return ''
  const percent = Math.round((after / before - 1) * 100)
  if (percent === 0) return t`as before`
  const change = formatPercent(Math.abs(percent) / 100)
  return percent > 0 ? t`${change} slower` : t`${change} faster`
}

/** How many folders all requests are in: what a run of one folder need not say of each. */
export function sharedFolders(requests: readonly { readonly folders: readonly string[] }[]): number {
  const [first, ...others] = requests
  if (!first) return 0
  const apart = first.folders.findIndex((folder, depth) => others.some(({ folders }) => folders[depth] !== folder))
  return apart === -1 ? first.folders.length : apart
}
