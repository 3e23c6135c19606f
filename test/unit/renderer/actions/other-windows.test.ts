import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Output } from '../../../../src-main/contract/commands.ts'
import { ok, type Result } from '../../../../src-main/contract/result.ts'
import type { WireError } from '../../../../src-main/contract/errors.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import { draftChanged, forgetOtherWindows, watchOtherWindows } from '../../../../src-renderer/actions/other-windows.ts'
import { resetBases } from '../../../../src-renderer/actions/journal.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useDraftsStore } from '../../../../src-renderer/stores/drafts-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { freshWindow, openedTab } from '../../../support/renderer-kit.ts'

type Saved = Result<Output<'drafts.save'>, WireError>

let platform: FakePlatform
let stop: () => void
/** Answers the save that is under way. */
let answer: (sequence: number) => Promise<void>

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  useAppStore.getState().setConnection('open')
  forgetOtherWindows()
  resetBases(undefined)
  stop = watchOtherWindows()
  platform.answer(
    'drafts.save',
    () =>
      new Promise<Saved>((resolve) => {
        answer = async (sequence) => {
          resolve(ok({ sequence }))
          await vi.advanceTimersByTimeAsync(0)
        }
      }),
  )
})
afterEach(async () => {
  stop()
  // Nothing under way may reach into the next test.
  platform.answer('drafts.save', { sequence: 1 })
  await answer(1)
  await vi.runAllTimersAsync()
  vi.useRealTimers()
})

function opened() {
  const { draft } = openedTab('a')
  const { id } = draft
  return {
    type: async (url: string): Promise<void> => {
      editDocument(id, `url.${url}`, (document) => ({ ...document, url }))
      await vi.advanceTimersByTimeAsync(300)
    },
    there: (url: string, sequence: number, base?: number): void =>
      draftChanged({
        origin: 'w-other',
        draft: { ...draft, document: { ...draft.document, url } },
        sequence,
        ...(base !== undefined && { base }),
      }),
    url: () => useDraftsStore.getState().tabs[id]?.draft.document.url,
    notice: () => useAppStore.getState().notices.find((notice) => notice.id === `overtaken:${id}`),
  }
}

describe('a tab that is open in two windows', () => {
  test('shows the later save of the other window once its own, earlier one is through, and keeps what was overtaken', async () => {
    const { type, there, url, notice } = opened()
    await type('here')
    there('there', 2)
    expect(url()).toBe('here')

    await answer(1)

    expect(url()).toBe('there')
    expect(notice()?.text).toContain('another window')
    notice()?.action?.run()
    expect(url()).toBe('here')
  })

  test('keeps its own text where its save is the later one', async () => {
    const { type, there, url, notice } = opened()
    await type('here')
    there('there', 1)

    await answer(2)

    expect([url(), notice()]).toEqual(['here', undefined])
  })

  test('does not take an earlier save that is told of late', async () => {
    const { type, there, url } = opened()
    await type('here')
    await answer(2)

    there('there', 1)

    expect(url()).toBe('here')
  })

  test('tells the core what its edits were made on', async () => {
    const { type, there } = opened()
    there('there', 7)
    await type('here')
    await answer(8)
    await type('more')

    expect(platform.inputs('drafts.save').map(({ base }) => base)).toEqual([7, 8])
  })

  test('follows the other window without a notice where that one had seen what was typed here', async () => {
    const { type, there, url, notice } = opened()
    await type('here')
    await answer(1)

    there('here and there', 2, 1)

    expect([url(), notice()]).toEqual(['here and there', undefined])
  })

  test('says so where the other window had not', async () => {
    const { type, there, url, notice } = opened()
    await type('here')
    await answer(2)

    there('there', 3, 1)

    expect(url()).toBe('there')
    expect(notice()).toBeDefined()
  })
})
