import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ok } from '../../../../src-main/contract/result.ts'
import { answer } from '../../../../src-renderer/actions/ask.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import {
  closeTab,
  closeTabs,
  duplicateTab,
  moveTab,
  newRequest,
  nextTab,
  openRequest,
  reopenClosed,
  tabAt,
} from '../../../../src-renderer/actions/tabs.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useDraftsStore } from '../../../../src-renderer/stores/drafts-store.ts'
import { useFocusStore } from '../../../../src-renderer/stores/focus-store.ts'
import { useQuestionsStore, type Questions } from '../../../../src-renderer/stores/questions-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { draftId, errorOf, freshWindow, nodeId, openedTab, requestNamed, tabNow } from '../../../support/renderer-kit.ts'

let platform: FakePlatform

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  platform.answer('request.open', ({ id }) => ok({ kind: 'request', document: requestNamed(`at ${id}`), revision: 'r1' }))
})

const order = (): readonly string[] => useDraftsStore.getState().order
const answerClose = async (choice: Questions['close']['answer']): Promise<void> => {
  await vi.advanceTimersByTimeAsync(0)
  const question = useQuestionsStore.getState().waiting[0]
  if (question?.kind !== 'close') throw new Error('Nothing was asked.')
  answer(question, choice)
}
const type = (id: ReturnType<typeof newRequest>): void => editDocument(id, 'url', (document) => ({ ...document, url: 'typed' }))

describe('opening', () => {
  test('a new request asks for the focus in its address; one that nobody asked for only where nothing has it', () => {
    const asked = newRequest()
    const first = useFocusStore.getState().wish
    const unasked = newRequest(false)

    expect(first).toEqual({ draftId: asked, where: { section: 'url' }, gently: false })
    expect(useFocusStore.getState().wish).toEqual({ draftId: unasked, where: { section: 'url' }, gently: true })
  })

  test('a wish for the focus ends when another tab comes to the front', () => {
    openedTab('a')
    newRequest()

    tabAt(0)

    expect(useFocusStore.getState().wish).toBeNull()
  })

  test('a saved request opens as a clean tab, in front', async () => {
    const id = await openRequest(nodeId('n1'))

    expect(useDraftsStore.getState().activeId).toBe(id)
    expect(id && tabNow(id)).toMatchObject({ draft: { nodeId: 'n1', revision: 'r1', dirty: false }, saved: { name: 'at n1' } })
  })

  test('one that is open already is brought to the front', async () => {
    const first = await openRequest(nodeId('n1'))
    newRequest()

    const again = await openRequest(nodeId('n1'))

    expect(again).toBe(first)
    expect([order().length, useDraftsStore.getState().activeId]).toEqual([2, first])
  })

  test('two clicks at once open one tab', async () => {
    const [first, second] = await Promise.all([openRequest(nodeId('n1')), openRequest(nodeId('n1'))])

    expect(second).toBe(first)
    expect(order()).toHaveLength(1)
  })

  test('a file that does not parse opens as its text', async () => {
    platform.answer('request.open', { kind: 'broken', name: 'x.yml', text: 'a: [', revision: 'r1', error: errorOf('Unreadable') })

    const id = await openRequest(nodeId('n1'))

    expect(id && tabNow(id).broken).toMatchObject({ name: 'x.yml', text: 'a: [', savedText: 'a: [' })
  })

  test('a failure is said, and opens nothing', async () => {
    platform.refuse('request.open', errorOf('NotFound'))

    expect(await openRequest(nodeId('n1'))).toBeNull()
    expect(useAppStore.getState().notices).toHaveLength(1)
  })
})

describe('closing', () => {
  test('a clean tab closes without a question and leaves the journal', async () => {
    const id = newRequest()

    const closed = await closeTab(id)
    await vi.advanceTimersByTimeAsync(0)

    expect([closed, order()]).toEqual([true, []])
    expect(platform.inputs('drafts.remove')).toEqual([{ id }])
  })

  test('a tab with edits asks, and Cancel leaves it open', async () => {
    const id = newRequest()
    type(id)

    const closing = closeTab(id)
    await answerClose('cancel')

    expect(await closing).toBe(false)
    expect(tabNow(id).draft.document.url).toBe('typed')
  })

  test('Don’t save closes it, and reopening brings the edits and their undo back', async () => {
    const id = newRequest()
    type(id)
    const closing = closeTab(id)
    await answerClose('discard')
    await closing

    const gone = order()
    reopenClosed()

    expect(gone).toEqual([])
    expect(tabNow(id)).toMatchObject({ draft: { dirty: true, document: { url: 'typed' } } })
    expect(tabNow(id).undo.past).toHaveLength(1)
  })

  test('Save closes it only once it is saved', async () => {
    platform.refuse('request.save', errorOf('StorageError'))
    const id = await openRequest(nodeId('n1'))
    if (id === null) throw new Error('not open')
    type(id)

    const refused = closeTab(id)
    await answerClose('save')
    const first = await refused
    platform.answer('request.save', { nodeId: nodeId('n1'), revision: 'r2' })
    const saved = closeTab(id)
    await answerClose('save')

    expect([first, await saved, order()]).toEqual([false, true, []])
  })

  test('closing several asks once for all that have edits, and Cancel closes none', async () => {
    const [a, b, c] = [newRequest(), newRequest(), newRequest()]
    type(a)
    type(c)

    const closing = closeTabs([a, b, c])
    await answerClose('cancel')
    const isClosed = await closing

    expect([isClosed, order()]).toEqual([false, [a, b, c]])
    expect(useQuestionsStore.getState().waiting).toEqual([])
  })

  test('Don’t save closes all of them, with no further question', async () => {
    const [a, b, c] = [newRequest(), newRequest(), newRequest()]
    type(a)
    type(c)

    const closing = closeTabs([a, b, c])
    await answerClose('discard')

    expect([await closing, order()]).toEqual([true, []])
  })

  test('whatever was not saved can be reopened, however many tabs were closed', async () => {
    const ids = Array.from({ length: 30 }, () => newRequest())
    ids.forEach(type)
    const closing = closeTabs(ids)
    await answerClose('discard')
    await closing
    for (let count = 0; count < 30; count += 1) await closeTab(newRequest())

    const reopened = new Set<string>()
    for (let count = 0; count < 50; count += 1) {
      reopenClosed()
      reopened.add(order().at(-1) ?? '')
    }

    expect(ids.filter((id) => !reopened.has(id))).toEqual([])
    expect(tabNow(ids[0] ?? newRequest()).draft.document.url).toBe('typed')
  })

  test('Save all saves each, and closes none where one could not be', async () => {
    const ids = [await openRequest(nodeId('n1')), await openRequest(nodeId('n2'))].flatMap((id) => id ?? [])
    ids.forEach(type)
    platform.refuse('request.save', errorOf('StorageError'))

    const refused = closeTabs(ids)
    await answerClose('save')
    const before = [await refused, order()]
    platform.answer('request.save', ({ id }) => ok({ nodeId: nodeId(id === ids[0] ? 'n1' : 'n2'), revision: 'r2' }))
    const closing = closeTabs(ids)
    await answerClose('save')

    expect(before).toEqual([false, ids])
    expect([await closing, order()]).toEqual([true, []])
  })

  test('the neighbour comes to the front', async () => {
    const [a, b, c] = [newRequest(), newRequest(), newRequest()]
    useDraftsStore.getState().activate(b)

    await closeTab(b)
    const next = useDraftsStore.getState().activeId
    await closeTab(c)

    expect([next, useDraftsStore.getState().activeId]).toEqual([c, a])
  })
})

describe('moving among tabs', () => {
  test('next and previous go round', () => {
    const [a, , c] = [newRequest(), newRequest(), newRequest()]

    nextTab(1)
    const first = useDraftsStore.getState().activeId
    nextTab(-1)

    expect([first, useDraftsStore.getState().activeId]).toEqual([a, c])
  })

  test('by place, the last by -1', () => {
    const ids = [newRequest(), newRequest(), newRequest()]

    tabAt(0)
    const first = useDraftsStore.getState().activeId
    tabAt(-1)

    expect([first, useDraftsStore.getState().activeId]).toEqual([ids[0], ids[2]])
  })

  test.each([
    [0, 3, ['b', 'c', 'a']],
    [2, 0, ['c', 'a', 'b']],
    [0, 1, ['a', 'b', 'c']],
    [0, 2, ['b', 'a', 'c']],
  ])('moving the tab at %i to stand before place %i', (from, to, expected) => {
    for (const name of ['a', 'b', 'c']) openedTab(name)

    moveTab(draftId(['a', 'b', 'c'][from] ?? ''), to)

    expect(order()).toEqual(expected.map(draftId))
  })

  test('a duplicate stands beside its original, unsaved', async () => {
    const id = await openRequest(nodeId('n1'))
    newRequest()
    const copy = id && duplicateTab(id)

    expect(order().indexOf(copy ?? '')).toBe(1)
    expect(copy && tabNow(copy)).toMatchObject({ saved: null, draft: { nodeId: null, dirty: true, document: { name: 'at n1 copy' } } })
  })
})
