/**
 * What makes a run of k6 fail: checks that do not hold, and answers of a request that are slower than its assertions say.
 *
 * @see https://grafana.com/docs/k6/latest/using-k6/thresholds/
 */
import type { PlacedRequest } from '../export-tree.ts'
import { quoted } from './js-text.ts'
import { longestMs } from './k6-checks.ts'

/** Members of `thresholds`. */
export function thresholdLines(placed: readonly PlacedRequest[], hasChecks: boolean): string[] {
  const times = new Map<string, string[]>()
  for (const one of placed) {
    const limits = limitsOf(one)
    if (limits.length > 0) times.set(tagOf(one), [...(times.get(tagOf(one)) ?? []), ...limits])
  }
  return [
    hasChecks ? "checks: ['rate==1']," : "http_req_failed: ['rate<0.01'],",
    ...[...times].map(
      ([name, limits]) => `${quoted(`http_req_duration{name:${name}}`)}: [${[...new Set(limits)].map(quoted).join(', ')}],`,
    ),
  ]
}

/** The `name` that a request's metrics are tagged with. */
export function tagOf({ path, document }: PlacedRequest): string {
  return [...path, document.name].join(' / ')
}

/** Of a name that k6 would read as more than one tag, or that is known to the script alone, there are none: its checks tell. */
function limitsOf(one: PlacedRequest): string[] {
  if (/[{},"'\\]|^\s|\s$/.test(tagOf(one))) return []
  return (one.document.assertions ?? []).flatMap((assertion) => {
    const limit = assertion.enabled ? longestMs(assertion) : null
    return limit ? [`max${limit.sign}${limit.ms}`] : []
  })
}
