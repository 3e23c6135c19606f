import type { BodyStore } from '../bodies/body-store.ts'
import type { QueryWorker } from '../bodies/query-worker-client.ts'
import type { QueryJob } from '../bodies/query-worker.ts'

/** What a body of an answer is read from. */
export interface BodyDeps {
  readonly bodies: Pick<BodyStore, 'read' | 'stream' | 'path'>
  /** Started when it is first needed. */
  readonly worker: QueryWorker
  readonly signal: AbortSignal | undefined
  /** Path for a file of the worker's, which it removes. */
  readonly scratch: () => Promise<string>
}

export type BodySource = Pick<QueryJob, 'textId' | 'source' | 'encoding' | 'language' | 'scratch' | 'timeMs'>
