/**
 * Which files that an answer was written to have only a part of it, and how the rest can be had: for a command that is
 * given again after a download broke off. Kept in the private data folder, since addresses may hold credentials.
 */
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BodyId } from '#contract/model/ids.ts'
import { ResumePointSchema, type ResumePoint } from '#contract/model/resume.ts'
import { messageOf } from '../lib/core-error.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { atomicWrite } from './atomic-write.ts'
import { asObject, readJson, type Log } from './json-file.ts'

export interface UnfinishedDownloads {
  /** Null where the file is whole, or nothing is known of it, or what came is no longer kept. */
  readonly find: (path: string) => Promise<ResumePoint | null>
  /**
   * Null: it is whole, or cannot be gone on with. What cannot be noted is logged: the file itself is there.
   *
   * @returns whether it can be gone on with
   */
  readonly note: (path: string, point: ResumePoint | null) => Promise<boolean>
}

/**
 * @param dataDir the private data folder
 * @param isKept  whether a body will be there for another command
 */
export function createUnfinishedDownloads(dataDir: string, log: Log, isKept: (id: BodyId) => Promise<boolean>): UnfinishedDownloads {
  const dir = join(dataDir, 'downloads')
  const noteOf = (path: string): string => join(dir, `${createHash('sha256').update(path).digest('hex')}.json`)
  return {
    find: async (path) => {
      const point = await readJson(noteOf(path), (value) => ResumePointSchema.parse(asObject(value)['point']), log)
      return point !== null && (await isKept(point.bodyId)) ? point : null
    },
    note: async (path, point) => {
      try {
        if (point === null || !(await isKept(point.bodyId))) {
          await rm(noteOf(path), { force: true })
          return false
        }
        await makeFolder(dir, 0o700)
        await atomicWrite(noteOf(path), JSON.stringify({ path, point }), 0o600)
        return true
      } catch (error) {
        log(`How to go on with ${path} could not be noted: ${messageOf(error)}`)
        return false
      }
    },
  }
}
