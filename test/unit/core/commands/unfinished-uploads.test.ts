import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DraftIdSchema, ExchangeIdSchema } from '#contract/model/ids.ts'
import { createUnfinishedUploads, type UnfinishedUploads } from '#core/commands/unfinished-uploads.ts'
import type { SentRecord } from '#core/history/history-record.ts'
import { maskFor } from '#core/history/mask.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const ID = ExchangeIdSchema.parse('11111111-1111-4111-8111-111111111111')
const DRAFT = DraftIdSchema.parse('22222222-2222-4222-8222-222222222222')
const PART = { kind: 'part', number: 3, of: 5, sentBefore: 20, totalBytes: 50, partsOf: 'v1' } as const
const SENT = {
  document: { ...emptyRequest(), url: 'http://host.test/?key=secret-word' },
  seed: 'seed',
  root: null,
  place: null,
  nodeId: null,
  draftId: DRAFT,
  session: null,
  environment: null,
  hopsBefore: 0,
  mask: maskFor(['secret-word']),
}

interface Kit {
  readonly dir: string
  readonly uploads: UnfinishedUploads
  readonly recorded: SentRecord[]
  readonly logged: string[]
}

async function kit(dataDir?: string): Promise<Kit> {
  const data = dataDir ?? (await tempDir())
  const recorded: SentRecord[] = []
  const logged: string[] = []
  const uploads = createUnfinishedUploads(data, (line) => void logged.push(line), {
    record: (sent) => void recorded.push(sent),
    written: async () => undefined,
  })
  return { dir: join(data, 'uploads-under-way'), uploads, recorded, logged }
}

const notes = (dir: string): Promise<string[]> => readdir(dir).catch(() => [])

/** As it is after the process that noted it has ended. */
async function outlived({ dir }: Kit): Promise<void> {
  await expect.poll(() => notes(dir)).toEqual([`${ID}.json`])
  const path = join(dir, `${ID}.json`)
  const note: object = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...note, by: { pid: 2 ** 22 + 1, started: '1' } }))
}

test('an upload that ended with its process becomes an entry that says where to go on', async () => {
  const before = await kit()
  before.uploads.note(ID, new Date('2026-01-02T03:04:05Z'), PART, SENT)
  await outlived(before)
  const mode = (await stat(join(before.dir, `${ID}.json`))).mode
  const after = await kit(join(before.dir, '..'))

  await after.uploads.recover()

  expect(after.recorded).toMatchObject([
    {
      draftId: DRAFT,
      document: { url: 'http://host.test/?key=••••••••' },
      exchange: {
        id: ID,
        ok: false,
        startedAt: '2026-01-02T03:04:05.000Z',
        error: { kind: 'Unavailable', details: { part: 3, of: 5, resumeFrom: 3, partsOf: 'v1' } },
      },
    },
  ])
  expect(mode & 0o077).toBe(0)
  await expect.poll(() => notes(before.dir)).toEqual([])
  expect([...before.logged, ...after.logged]).toEqual([])
})

test('one that is still on its way, in this process or another, is left alone; one that has ended is forgotten', async () => {
  const here = await kit()
  here.uploads.note(ID, new Date(), PART, SENT)
  await expect.poll(() => notes(here.dir)).toEqual([`${ID}.json`])

  await (await kit(join(here.dir, '..'))).uploads.recover()

  expect(here.recorded).toEqual([])
  expect(await notes(here.dir)).toEqual([`${ID}.json`])
  await here.uploads.settle(ID)
  expect(await notes(here.dir)).toEqual([])
})

test('a damaged note is set aside, and one that cannot be written is logged', async () => {
  const damaged = await kit()
  damaged.uploads.note(ID, new Date(), PART, SENT)
  await outlived(damaged)
  await writeFile(join(damaged.dir, `${ID}.json`), '{"by":{}}')
  const bare = await tempDir()
  await writeFile(join(bare, 'uploads-under-way'), 'a file in its place')
  const blocked = await kit(bare)

  await damaged.uploads.recover()
  blocked.uploads.note(ID, new Date(), PART, SENT)

  expect(damaged.recorded).toEqual([])
  expect(damaged.logged).toEqual([expect.stringContaining('set aside')])
  await expect.poll(() => blocked.logged).toEqual([expect.stringContaining('could not be noted')])
})
