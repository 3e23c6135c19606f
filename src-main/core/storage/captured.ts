/**
 * Variables taken from answers, of each collection: a file of the private data folder that the window and the command line
 * both write.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { atomicWrite } from './atomic-write.ts'
import { readJson, type Log } from './json-file.ts'
import type { Locks } from './lock.ts'

const FileSchema = z.record(z.string(), z.record(z.string(), z.string()))

export interface Captured {
  /** @param collectionId null: of requests that are in no collection */
  readonly read: (collectionId: string | null) => Promise<Readonly<Record<string, string>>>
  /** A null value takes the variable away. @throws {CoreError} `StorageError` */
  readonly set: (collectionId: string | null, values: Readonly<Record<string, string | null>>) => Promise<void>
}

export function createCaptured(dataDir: string, locks: Locks, log: Log): Captured {
  const path = join(dataDir, 'captured.json')
  const load = async (): Promise<z.infer<typeof FileSchema>> => (await readJson(path, (value) => FileSchema.parse(value), log)) ?? {}
  const keyOf = (collectionId: string | null): string => collectionId ?? 'none'
  return {
    read: async (collectionId) => (await load())[keyOf(collectionId)] ?? {},
    set: (collectionId, values) =>
      locks.hold(path, async () => {
        const all = await load()
        const before = all[keyOf(collectionId)] ?? {}
        if (Object.entries(values).every(([name, value]) => (Object.hasOwn(before, name) ? before[name] : null) === value)) return
        const merged = Object.entries({ ...before, ...values })
        const kept = Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== null))
        await atomicWrite(path, `${JSON.stringify({ ...all, [keyOf(collectionId)]: kept }, null, 2)}\n`, 0o600)
      }),
  }
}
