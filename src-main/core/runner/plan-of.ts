/** Joins what is run with how it is run: reads the data, and counts the iterations. */
import { basename, resolve } from 'node:path'
import type { RunOptions } from '#contract/model/run.ts'
import { readDataFile } from './data-rows.ts'
import type { RunPlan, RunSource } from './run-plan.ts'

/**
 * @param baseDir what the path of the data is relative to
 * @throws {CoreError} what reading data throws
 */
export async function planOf(source: RunSource, options: RunOptions, baseDir: string): Promise<RunPlan> {
  const path = options.data === null ? null : resolve(baseDir, options.data.path)
  const data = path === null ? null : { file: basename(path), table: await readDataFile(path) }
  const iterations = options.iterations ?? data?.table.rows.length ?? 1
  return { ...source, options, iterations, data }
}
