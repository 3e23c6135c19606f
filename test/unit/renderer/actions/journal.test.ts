import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ok } from '../../../../src-main/contract/result.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import {
  draftEdited,
  flushJournal,
  forgetDraft,
  isJournalBehind,
  isJournalPending,
  retryJournal,
  watchWindowState,
} from '../../../../src-renderer/actions/journal.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useDraftsStore } from '../../../../src-renderer/stores/drafts-store.ts'
import { useLayoutStore } from '../../../../src-renderer/stores/layout-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import { MemoryStorage } from '../../../support/memory-storage.ts'
import { errorOf, freshWindow, openedTab } from '../../../support/renderer-kit.ts'

let platform: FakePlatform
let browser: MemoryStorage
let ownTab: MemoryStorage

beforeEach(() => {
  vi.useFakeTimers()
  browser = new MemoryStorage()
  ownTab = new MemoryStorage()
  vi.stubGlobal('localStorage', browser)
  vi.stubGlobal('sessionStorage', ownTab)
  platform = freshWindow()
  useAppStore.getState().setConnection('open')
})
afterEach(async () => {
  platform.answer('drafts.save', { sequence: 1 }).answer('drafts.remove', {}).answer('window.save', {})
  flushJournal()
  retryJournal()
  await vi.runAllTimersAsync()
  vi.unstubAllGlobals()
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
      return ok({ sequence: 1 })
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
    platform.answer('drafts.save', { sequence: 1 })

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

  test('what the disk did not take is told of once, and tried again until it is taken', async () => {
    const { draft } = openedTab('a')
    platform.refuse('drafts.save', errorOf('StorageError'))
    typeUrl(draft.id, 'one')
    await vi.advanceTimersByTimeAsync(30_000)
    const { notices, dropNotice } = useAppStore.getState()
    expect(notices).toHaveLength(1)
    dropNotice(notices[0]?.id ?? '')
    await vi.advanceTimersByTimeAsync(30_000)
    expect([useAppStore.getState().notices.length, isJournalPending(draft.id)]).toEqual([0, true])

    platform.answer('drafts.save', { sequence: 1 })
    await vi.advanceTimersByTimeAsync(6_000)

    expect(platform.inputs('drafts.save').at(-1)?.draft.document.url).toBe('one')
    expect(isJournalPending(draft.id)).toBe(false)
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

describe('what the host has not confirmed', () => {
  test('is kept by the browser until it is written, and leaving asks until then', async () => {
    const { draft } = openedTab('a')
    platform.refuse('drafts.save', errorOf('Unavailable'))
    typeUrl(draft.id, 'http://typed-while-away/')
    await vi.advanceTimersByTimeAsync(300)
    const whileAway = [browser.text(), isJournalBehind()]
    platform.answer('drafts.save', { sequence: 1 })

    retryJournal()
    await vi.runAllTimersAsync()

    expect(whileAway).toEqual([expect.stringContaining('http://typed-while-away/'), true])
    expect([browser.length, isJournalBehind()]).toEqual([0, false])
  })

  test('stays kept where more was typed while it was being written', async () => {
    const { draft } = openedTab('a')
    const answer = deferred<void>()
    platform.answer('drafts.save', async () => {
      await answer.promise
      return ok({ sequence: 1 })
    })
    typeUrl(draft.id, 'one')
    await vi.advanceTimersByTimeAsync(250)
    typeUrl(draft.id, 'two')

    flushJournal()
    const kept = ownTab.text()
    platform.refuse('drafts.save', errorOf('Unavailable'))
    answer.resolve()
    await vi.runAllTimersAsync()

    expect(kept).toContain('"two"')
    expect(ownTab.text() + browser.text()).toContain('"two"')
  })

  test('is kept for a reload only where the host is there, so that no old copy comes back later', async () => {
    const { draft } = openedTab('a')
    typeUrl(draft.id, 'last words')

    flushJournal()
    const kept = [ownTab.text(), browser.length]
    await vi.runAllTimersAsync()

    expect(kept).toEqual([expect.stringContaining('last words'), 0])
    expect(ownTab.length).toBe(0)
  })

  test('is kept no longer once its tab is closed, and the host is told of that when it is back', async () => {
    const { draft } = openedTab('a')
    platform.refuse('drafts.save', errorOf('Unavailable')).refuse('drafts.remove', errorOf('Unavailable'))
    typeUrl(draft.id, 'gone')
    await vi.advanceTimersByTimeAsync(300)

    useDraftsStore.getState().remove(draft.id)
    forgetDraft(draft.id)
    await vi.runAllTimersAsync()
    const before = [browser.length, isJournalBehind()]
    platform.answer('drafts.remove', {})
    retryJournal()
    await vi.runAllTimersAsync()

    expect(before).toEqual([0, false])
    expect(platform.inputs('drafts.remove')).toHaveLength(2)
  })

  test('says so where the browser has no room for it', async () => {
    const { draft } = openedTab('a')
    browser.room = 10
    platform.refuse('drafts.save', errorOf('Unavailable'))

    typeUrl(draft.id, 'too long to keep')
    await vi.advanceTimersByTimeAsync(300)

    expect(useAppStore.getState().notices).toMatchObject([{ id: 'unkept', hint: 'Leave this window open until Posthaste is back.' }])
  })

  test('includes which tabs are open', async () => {
    platform.refuse('window.save', errorOf('Unavailable'))
    const stop = watchWindowState()

    const { draft } = openedTab('a')
    await vi.advanceTimersByTimeAsync(300)
    stop()

    expect(browser.text()).toContain(`"active":"${draft.id}"`)
  })
})
