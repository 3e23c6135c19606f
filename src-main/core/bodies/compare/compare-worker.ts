/** The thread that compares two large bodies, once; it is ended by who started it, and its memory goes with it. */
import { parentPort, workerData } from 'node:worker_threads'
import type { BodyComparison } from '#contract/model/compare.ts'
import { messageOf, systemCode } from '../../lib/core-error.ts'
import { compareSources, type CompareJob } from './compare-sources.ts'

export type FromCompareWorker =
  | { readonly kind: 'done'; readonly comparison: BodyComparison }
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string }

function run(): FromCompareWorker {
  try {
    // Made by compare-bodies.ts, which hands over nothing else.
    return { kind: 'done', comparison: compareSources(workerData as CompareJob) }
  } catch (error) {
    return { kind: 'failed', code: systemCode(error), message: messageOf(error) }
  }
}

parentPort?.postMessage(run())
