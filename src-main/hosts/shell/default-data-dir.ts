/** Where private data lies unless the user says otherwise: the place that the system gives to an application's data. */
import { resolve } from 'node:path'
import envPaths from 'env-paths'

/**
 * Absolute path of the data folder. It need not exist yet.
 *
 * @param chosen value of `--data-dir`, relative to the current folder
 */
export function dataDirOf(chosen: string | undefined): string {
  if (chosen !== undefined && chosen !== '') return resolve(chosen)
  // Lower case is the custom on Linux, where case matters.
  return envPaths(process.platform === 'linux' ? 'posthaste' : 'Posthaste', { suffix: '' }).data
}
