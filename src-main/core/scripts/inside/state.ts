/** What the script that runs was begun with, and what is open of it. Set anew for each script; one runs at a time. */
import type { ScriptBeginning } from '../script-job.ts'

/** @internal Set by `begin` before anything else of a script runs. */
let current: ScriptBeginning | null = null

export function setBeginning(beginning: ScriptBeginning): void {
  current = beginning
}

export function beginning(): ScriptBeginning {
  if (current === null) throw new Error('No script runs.')
  return current
}
