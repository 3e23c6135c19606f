/** What checks come to in two numbers; apart from their schemas, so that the window has it without them. */
import type { Checks } from './checks.ts'

/** How many checks were made and how many of them held; a script that broke and a capture without a value count as one that did not. */
export function countChecks(checks: Checks | undefined): { readonly passed: number; readonly failed: number } {
  if (!checks) return { passed: 0, failed: 0 }
  const made = [...checks.assertions, ...checks.tests.filter(({ skipped }) => skipped !== true)]
  const passed = made.filter((one) => one.passed).length
  const lost = checks.captured.filter(({ problem }) => problem !== undefined).length
  return { passed, failed: made.length - passed + checks.faults.length + lost }
}
