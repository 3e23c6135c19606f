import { beforeEach, expect, test, vi } from 'vitest'
import { editDocument, undo } from '../../../../src-renderer/actions/edit.ts'
import { keepTyped } from '../../../../src-renderer/actions/preview.ts'
import { send } from '../../../../src-renderer/actions/send.ts'
import { dropTab } from '../../../../src-renderer/actions/tabs.ts'
import { usePreviewsStore } from '../../../../src-renderer/stores/previews-store.ts'
import { useTypedStore } from '../../../../src-renderer/stores/typed-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { draftId, exchangeId, freshWindow, openedTab } from '../../../support/renderer-kit.ts'

const ID = draftId('a')
const FIELD = 'timeout.read'
let platform: FakePlatform

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  openedTab('a')
  keepTyped(ID, FIELD, { text: 'abc', value: undefined, label: 'Read timeout', fault: '"abc" is not a number of seconds.' })
})

const problems = () => usePreviewsStore.getState().byTab[ID]?.problems ?? []
const setTimeoutTo = (read: number): void =>
  editDocument(ID, `options.${FIELD}`, (document) => ({ ...document, options: { ...document.options, timeout: { read } } }))

test('a text that is no number is a problem of its field', async () => {
  await vi.advanceTimersByTimeAsync(200)

  expect(problems()).toMatchObject([
    { kind: 'InvalidOption', message: 'Read timeout: "abc" is not a number of seconds.', where: { section: 'options', field: FIELD } },
  ])
})

test('it keeps the request from being sent', async () => {
  platform.answer('exchange.send', { exchangeId: exchangeId('x1') })

  await send(ID)

  expect(platform.inputs('exchange.send')).toMatchObject([{ refusal: { kind: 'InvalidOption' } }])
})

test('it counts no more once it is corrected, or the option is changed by something else', async () => {
  setTimeoutTo(3)
  await vi.advanceTimersByTimeAsync(200)
  const changed = problems()
  undo(ID)
  await vi.advanceTimersByTimeAsync(200)
  const undone = problems()
  keepTyped(ID, FIELD, null)
  await vi.advanceTimersByTimeAsync(200)

  expect([changed.length, undone.length, problems().length]).toEqual([0, 1, 0])
})

test('it goes with its tab', () => {
  dropTab(ID)

  expect(useTypedStore.getState().byTab).toEqual({})
})
