import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ok } from '../../../../src-main/contract/result.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import { previewShown, refreshPreview, rotateSeed, seedOf, surroundingsMoved } from '../../../../src-renderer/actions/preview.ts'
import { usePreviewsStore } from '../../../../src-renderer/stores/previews-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import { draftId, freshWindow, openedTab, previewOf } from '../../../support/renderer-kit.ts'

let platform: FakePlatform

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
})

const typeUrl = (id: Parameters<typeof editDocument>[0], url: string): void => editDocument(id, 'url', (document) => ({ ...document, url }))

describe('the preview', () => {
  test('is asked for once typing pauses', async () => {
    const { draft } = openedTab('a')

    for (const url of ['h', 'ht', 'htt']) {
      typeUrl(draft.id, url)
      await vi.advanceTimersByTimeAsync(50)
    }
    await vi.advanceTimersByTimeAsync(200)

    expect(platform.inputs('request.prepare').map((input) => input.document.url)).toEqual(['htt'])
  })

  test('an answer to an older document is dropped, and one question at a time is under way', async () => {
    const { draft } = openedTab('a')
    const first = deferred<void>()
    platform.answer('request.prepare', async ({ document }) => {
      if (document.url === 'old') await first.promise
      return ok({ ...previewOf(), url: document.url })
    })
    typeUrl(draft.id, 'old')
    await vi.advanceTimersByTimeAsync(200)
    typeUrl(draft.id, 'new')
    await vi.advanceTimersByTimeAsync(200)
    const asked = platform.inputs('request.prepare').length

    first.resolve()
    await vi.runAllTimersAsync()

    expect(asked).toBe(1)
    expect(usePreviewsStore.getState().byTab[draft.id]?.url).toBe('new')
  })

  test('of a tab behind is asked for again when it is shown, once what is around the requests has changed', async () => {
    const behind = openedTab('a').draft.id
    const other = openedTab('b').draft.id
    const front = openedTab('c').draft.id
    for (const id of [behind, other, front]) usePreviewsStore.getState().set(id, previewOf())

    surroundingsMoved((id) => id !== other)
    await vi.runAllTimersAsync()
    const atOnce = platform.inputs('request.prepare').length
    previewShown(other)
    previewShown(behind)
    await vi.runAllTimersAsync()

    expect(atOnce).toBe(1)
    expect(platform.inputs('request.prepare')).toHaveLength(2)
  })

  test('that could not be had is asked for again when the tab is next shown', async () => {
    const { id } = openedTab('a').draft
    usePreviewsStore.getState().set(id, previewOf())
    platform.refuse('request.prepare', { kind: 'Unavailable', stage: 'call', message: 'Away.' })
    refreshPreview(id)
    await vi.runAllTimersAsync()

    platform.answer('request.prepare', { ...previewOf(), url: 'http://now/' })
    previewShown(id)
    await vi.runAllTimersAsync()

    expect(usePreviewsStore.getState().byTab[id]?.url).toBe('http://now/')
  })

  test('asks with the seed of the next send, which changes only when it was used', async () => {
    const id = draftId('seeded')
    const seed = seedOf(id)
    openedTab('seeded')

    refreshPreview(id)
    await vi.advanceTimersByTimeAsync(200)
    const asked = platform.inputs('request.prepare')[0]?.seed
    rotateSeed(id)

    expect(asked).toBe(seed)
    expect(seedOf(id)).not.toBe(seed)
    expect(seed).toMatch(/^[\w-]{8,64}$/)
  })
})
