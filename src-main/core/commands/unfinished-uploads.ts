/**
 * Uploads in parts that are on their way, each with the entry that the history is to have of it should this process end
 * before it does: without one, nobody could tell after a crash which part to go on from.
 */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DraftIdSchema, NodeIdSchema, type ExchangeId } from '#contract/model/ids.ts'
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { unsentExchange } from '#contract/model/unsent-exchange.ts'
import { StoredDetailsSchema, type SentRecord } from '../history/history-record.ts'
import { masked } from '../history/mask.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { atomicWrite } from '../storage/atomic-write.ts'
import { readJson, type Log } from '../storage/json-file.ts'
import { createKeyedQueue } from '../storage/keyed-queue.ts'
import { ownMark, runs } from '../storage/process-runs.ts'

const NoteSchema = z.object({
  by: z.object({ pid: z.number().int(), started: z.string().nullable() }),
  sent: StoredDetailsSchema.extend({
    nodeId: NodeIdSchema.nullable(),
    draftId: DraftIdSchema.nullable(),
    session: z.string().nullable(),
    environment: z.string().nullable(),
  }),
})

type PartStep = Extract<ExchangeStep, { kind: 'part' }>

export interface UnfinishedUploads {
  /** A part begins. What cannot be noted is logged: the upload itself goes on. */
  readonly note: (id: ExchangeId, startedAt: Date, part: PartStep, sent: Omit<SentRecord, 'exchange'>) => void
  /** The upload has ended, and is in the history. */
  readonly settle: (id: ExchangeId) => Promise<void>
  /** Those that ended with their process become entries of the history. */
  readonly recover: () => Promise<void>
}

interface HistoryOfThem {
  readonly record: (sent: SentRecord) => unknown
  /** Resolves once what was recorded is on disk. */
  readonly written: () => Promise<unknown>
}

/** @param dataDir the private data folder: what was sent may be nobody else's business */
export function createUnfinishedUploads(dataDir: string, log: Log, history: HistoryOfThem): UnfinishedUploads {
  const dir = join(dataDir, 'uploads-under-way')
  const queue = createKeyedQueue()
  const noted = new Set<ExchangeId>()
  const noteOf = (id: string): string => join(dir, `${id}.json`)
  const logged = (error: unknown): void => log(`How far an upload in parts has come could not be noted: ${messageOf(error)}`)
  return {
    note: (id, startedAt, part, { mask, document, ...rest }) => {
      noted.add(id)
      const exchange = unsentExchange(id, startedAt, endedAt(part))
      const sent = { ...rest, document: masked(document, mask), exchange }
      const write = async (): Promise<void> => {
        await makeFolder(dir, 0o700)
        await atomicWrite(noteOf(id), JSON.stringify({ by: await ownMark(), sent }), 0o600)
      }
      queue.run(id, write).catch(logged)
    },
    settle: async (id) => {
      if (noted.delete(id)) await queue.run(id, () => rm(noteOf(id), { force: true })).catch(logged)
    },
    recover: async () => {
      const names = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.json'))
      const left = await Promise.all(names.map((name) => leftOver(join(dir, name), log)))
      const taken = left.filter((each) => each !== null)
      for (const { sent } of taken) history.record({ ...sent, mask: null })
      if (taken.length === 0) return
      // Kept until then: an entry that is recorded again is the same one.
      void history
        .written()
        .then(() => Promise.all(taken.map(({ path }) => rm(path, { force: true }))))
        .catch(logged)
    },
  }
}

/** What another process left behind; null where that still runs. */
async function leftOver(path: string, log: Log): Promise<(Pick<z.infer<typeof NoteSchema>, 'sent'> & { readonly path: string }) | null> {
  const note = await readJson(path, (value) => NoteSchema.parse(value), log).catch(() => null)
  if (note === null) return null
  const isUnderWay = (await runs(note.by)) ?? note.by.pid !== process.pid
  return isUnderWay ? null : { path, sent: note.sent }
}

function endedAt({ number, of, partsOf }: PartStep): ReturnType<CoreError['toWire']> {
  return new CoreError('Unavailable', 'receive', `Posthaste ended while part ${number} of ${of} was on its way.`, {
    hint: `Part ${number} may have reached the server. Go on from part ${number}.`,
    details: { part: number, of, resumeFrom: number, partsOf },
  }).toWire()
}
