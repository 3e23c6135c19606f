/**
 * The folder of kept runs: one folder a run, with what it was (`run.json`) beside its results. Any process may look at
 * them; one that ended before its run did has left it `interrupted`.
 */
import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { WireErrorSchema } from '#contract/errors.ts'
import { CollectionIdSchema, NodeIdSchema } from '#contract/model/ids.ts'
import { KEPT_RUNS, RunCountsSchema, RunIdSchema, RunOptionsSchema, RunStateSchema, type RunId } from '#contract/model/run.ts'
import { isRunOver } from '#contract/model/run-facts.ts'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { isProcessAlive } from '../lib/is-process-alive.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { atomicWrite, storageError } from '../storage/atomic-write.ts'
import { INDEX_FILE } from './results-writer.ts'
import { createRunIndex, type RunIndex } from './run-index.ts'

const RUN_FILE = 'run.json'

const RunFileSchema = z.object({
  id: RunIdSchema,
  /** Of the process that runs it. */
  pid: z.number().int(),
  name: z.string(),
  collectionId: CollectionIdSchema.nullable(),
  place: z.string(),
  startedAt: z.string(),
  /** Null: it is not over, as is that of `counts`. */
  elapsedMs: z.number().nullable(),
  state: RunStateSchema,
  counts: RunCountsSchema.nullable(),
  options: RunOptionsSchema.omit({ given: true }),
  givenNames: z.array(z.string()),
  iterations: z.number().int(),
  requests: z.array(
    z.object({
      nodeId: NodeIdSchema.nullable(),
      name: z.string(),
      folders: z.array(z.string()),
      method: z.string(),
      url: z.string(),
    }),
  ),
  notes: z.array(z.string()),
  error: WireErrorSchema.nullable(),
})
export type RunFile = z.infer<typeof RunFileSchema>

export interface RunShelf {
  readonly newId: (now: number) => RunId
  readonly dirOf: (id: RunId) => string
  /** Makes the folder of a new run, and removes the oldest of those that are too many. @throws {CoreError} `StorageError` */
  readonly make: (file: RunFile) => Promise<string>
  readonly save: (file: RunFile) => Promise<void>
  /** The newest first; those that cannot be read are passed over. */
  readonly list: () => Promise<RunFile[]>
  /** @throws {CoreError} `NotFound` */
  readonly read: (id: RunId) => Promise<RunFile>
  readonly indexOf: (id: RunId) => Promise<RunIndex>
  readonly remove: (id: RunId) => Promise<void>
}

/** @param dir made when the first run is kept */
export function createRunShelf(dir: string): RunShelf {
  let last = 0
  const dirOf = (id: RunId): string => join(dir, id)
  const save = (file: RunFile): Promise<void> => atomicWrite(join(dirOf(file.id), RUN_FILE), `${JSON.stringify(file)}\n`, 0o600)
  const read = async (id: RunId): Promise<RunFile> => {
    const text = await readFile(join(dirOf(id), RUN_FILE), 'utf8').catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') throw gone()
      throw storageError(error, join(dirOf(id), RUN_FILE), 'read')
    })
    const file = parsed(text)
    if (file?.id !== id) throw gone()
    return isRunOver(file.state) || isProcessAlive(file.pid) ? file : { ...file, state: 'interrupted' }
  }
  const ids = async (): Promise<RunId[]> => {
    const names = await readdir(dir).catch(() => [])
    // An id begins with its time.
    return names.flatMap((name) => RunIdSchema.safeParse(name).data ?? []).sort((one, other) => (one < other ? 1 : -1))
  }
  const remove = (id: RunId): Promise<void> => rm(dirOf(id), { recursive: true, force: true })
  return {
    newId: (now) => {
      // Two of one moment are in order too.
      last = Math.max(last + 1, now)
      return RunIdSchema.parse(`${last.toString(36).padStart(9, '0')}-${randomBytes(5).toString('hex')}`)
    },
    dirOf,
    make: async (file) => {
      for (const id of (await ids()).slice(KEPT_RUNS - 1)) {
        const old = await read(id).catch(() => null)
        if (old === null || isRunOver(old.state)) await remove(id)
      }
      try {
        await makeFolder(dirOf(file.id), 0o700)
      } catch (error) {
        throw storageError(error, dirOf(file.id))
      }
      await save(file)
      return dirOf(file.id)
    },
    save,
    list: async () => {
      const files = await Promise.all((await ids()).map((id) => read(id).catch(() => null)))
      return files.filter((file) => file !== null)
    },
    read,
    indexOf: async (id) => createRunIndex(await readFile(join(dirOf(id), INDEX_FILE)).catch(() => Buffer.alloc(0))),
    remove,
  }
}

function parsed(text: string): RunFile | null {
  try {
    return RunFileSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function gone(): CoreError {
  return new CoreError('NotFound', 'store', 'This run is not kept any more.')
}
