import { describe, expect, test } from 'vitest'
import type { EventPayload } from '#contract/events.ts'
import type { Draft } from '#contract/model/draft.ts'
import { DraftIdSchema } from '#contract/model/ids.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { draftHandlers } from '#core/commands/drafts.ts'
import { createDrafts } from '#core/storage/drafts.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const draft = (url: string): Draft => ({
  id: DraftIdSchema.parse('draft-1'),
  nodeId: null,
  revision: null,
  document: { ...emptyRequest('A'), url },
  dirty: true,
  shelvedBodies: [],
  shelvedAuths: [],
})

describe('saving a draft', () => {
  test('of many windows at once, the highest number is what is kept, and every window is told its own', async () => {
    const told: EventPayload<'draft.changed'>[] = []
    const handlers = draftHandlers(
      createDrafts(await tempDir(), () => undefined),
      (change) => told.push(change),
    )
    const context = (clientId: string) => ({ clientId, signal: new AbortController().signal })

    const saves = ['one', 'two', 'three'].map((url) => handlers['drafts.save']({ draft: draft(url), base: 0 }, context(`w-${url}`)))
    const numbers = (await Promise.all(saves)).map(({ sequence }) => sequence)
    const loaded = await handlers['drafts.load']({}, context('w-new'))

    expect(numbers).toEqual([1, 2, 3])
    expect(told.map(({ origin, sequence, base }) => [origin, sequence, base])).toEqual([
      ['w-one', 1, 0],
      ['w-two', 2, 0],
      ['w-three', 3, 0],
    ])
    expect(loaded).toMatchObject({ sequence: 3, drafts: [{ document: { url: 'three' } }] })
  })
})
