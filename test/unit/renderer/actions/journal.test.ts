import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ok } from '../../../../src-main/contract/result.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import { draftEdited, flushJournal, forgetDraft, retryJournal, watchWindowState } from '../../../../src-renderer/actions/journal.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useDraftsStore } from '../../../../src-renderer/stores/drafts-store.ts'
import { useLayoutStore } from '../../../../src-renderer/stores/layout-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import { errorOf, freshWindow, openedTab } from '../../../support/renderer-kit.ts'

let platform: FakePlatform

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
})
afterEach(async () => {
  flushJournal()
  await vi.runAllTimersAsync()
})

const typeUrl = (id: Parameters<typeof editDocument>[0], url: string): void => editDocument(id, 'url', (document) => ({ ...document, url }))

describe('the journal', () => {
  test('writes within 300 ms of the first edit, however long one types on', async () => {
    const { draft } = openedTab('a')

    for (let index = 0; index < 30; index += 1) {
      typeUrl(draft.id, 'x'.repeat(index + 1))
      await vi.advanceTimersByTimeAsync(10)
    }

    expect(platform.inputs('drafts.save').length).toBeGreaterThan(0)
    expect(platform.inputs('drafts.save')[0]?.draft.document.url.length).toBeGreaterThan(10)
  })

  test('the last thing typed is what stands in it', async () => {
    const { draft } = openedTab('a')

    typeUrl(draft.id, 'one')
    await vi.advanceTimersByTimeAsync(250)
    typeUrl(draft.id, 'two')
    await vi.advanceTimersByTimeAsync(300)

    expect(platform.inputs('drafts.save').map((input) => input.draft.document.url)).toEqual(['one', 'two'])
  })

  test('writes of one draft do not overtake each other, and its removal comes last', async () => {
    const { draft } = openedTab('a')
    const first = deferred<void>()
    const order: string[] = []
    platform.answer('drafts.save', async ({ draft: saved }) => {
      if (order.length === 0) await first.promise
      order.push(saved.document.url)
      return ok({})
    })
    platform.answer('drafts.remove', () => {
      order.push('removed')
      return ok({})
    })

    typeUrl(draft.id, 'one')
    flushJournal()
    typeUrl(draft.id, 'two')
    flushJournal()
    await vi.advanceTimersByTimeAsync(0)
    forgetDraft(draft.id)
    first.resolve()
    await vi.runAllTimersAsync()

    expect(order).toEqual(['two', 'two', 'removed'])
  })

  test('what the host could not take is written when it is back', async () => {
    const { draft } = openedTab('a')
    platform.refuse('drafts.save', errorOf('Unavailable'))
    typeUrl(draft.id, 'kept')
    await vi.advanceTimersByTimeAsync(300)
    platform.answer('drafts.save', {})

    retryJournal()
    await vi.runAllTimersAsync()

    expect(platform.inputs('drafts.save').at(-1)?.draft.document.url).toBe('kept')
    expect(useAppStore.getState().notices).toEqual([])
  })

  test('a journal that cannot be written says so', async () => {
    const { draft } = openedTab('a')
    platform.refuse('drafts.save', errorOf('StorageError'))

    draftEdited(draft.id)
    await vi.advanceTimersByTimeAsync(300)

    expect(useAppStore.getState().notices.map((notice) => notice.text)).toEqual(['It is StorageError.'])
  })

  test('the text of a file that does not parse is kept as typed', async () => {
    const tab = openedTab('a')
    useDraftsStore.getState().put({ ...tab, broken: { name: 'a.yml', text: 'new', savedText: 'old', error: errorOf('Unreadable') } })

    draftEdited(tab.draft.id)
    await vi.advanceTimersByTimeAsync(300)

    expect(platform.inputs('drafts.save').at(-1)?.draft).toMatchObject({ brokenText: 'new', dirty: true })
  })

  test('tab order and layout are kept too, once they are watched', async () => {
    openedTab('a')
    await vi.advanceTimersByTimeAsync(300)
    const before = platform.inputs('window.save').length
    const stop = watchWindowState()

    const second = openedTab('b')
    useLayoutStore.getState().change({ split: 'below' })
    await vi.advanceTimersByTimeAsync(300)
    stop()

    expect(before).toBe(0)
    expect(platform.inputs('window.save')).toHaveLength(1)
    expect(platform.inputs('window.save')[0]?.window).toMatchObject({ active: second.draft.id, layout: { split: 'below' } })
  })
})
