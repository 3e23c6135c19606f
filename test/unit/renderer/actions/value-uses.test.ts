import { beforeEach, describe, expect, test } from 'vitest'
import type { DraftId } from '../../../../src-main/contract/model/ids.ts'
import { failed, ok } from '../../../../src-main/contract/result.ts'
import { answer } from '../../../../src-renderer/actions/ask.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import { assertValue, captureValue } from '../../../../src-renderer/actions/value-uses.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useFocusStore } from '../../../../src-renderer/stores/focus-store.ts'
import { useQuestionsStore } from '../../../../src-renderer/stores/questions-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { errorOf, freshWindow, openedTab, tabNow } from '../../../support/renderer-kit.ts'

const VALUE = { expression: 'res.headers.location', value: '/next', name: 'location' }
let platform: FakePlatform

beforeEach(() => {
  platform = freshWindow()
  platform.answer('captured.set', () => ok({}))
})

describe('a value as an assertion', () => {
  test('compares as it is told to, and leads to its row', () => {
    const { draft } = openedTab('value-a')

    assertValue(draft.id, { expression: 'res.responseTime', value: '200' }, 'lt')
    useAppStore.getState().notices.at(-1)?.otherAction?.run()

    expect(tabNow(draft.id).draft.document.assertions).toEqual([
      { expression: 'res.responseTime', operator: 'lt', value: '200', enabled: true },
    ])
    expect(useAppStore.getState().notices.at(-1)?.text).toContain('res.responseTime is less than “200”')
    expect(useFocusStore.getState().wish?.where).toEqual({ section: 'tests', row: 0, field: 'value' })
  })
})

describe('a value as a capture', () => {
  test('is taken at each send, and now', async () => {
    const { draft } = openedTab('value-b')

    const done = captureValue(draft.id, VALUE)
    expect(await attempt('next_page', 'runtime')).toBeNull()
    await done

    expect(capturesOf(draft.id)).toEqual([{ name: 'next_page', expression: 'res.headers.location', scope: 'runtime', enabled: true }])
    expect(platform.inputs('captured.set')).toMatchObject([{ values: { next_page: '/next' } }])
  })

  test('of another scope waits for the next send', async () => {
    const { draft } = openedTab('value-c')

    const done = captureValue(draft.id, VALUE)
    expect(await attempt('next_page', 'environment')).toBeNull()
    await done

    expect(capturesOf(draft.id)).toMatchObject([{ scope: 'environment' }])
    expect(platform.inputs('captured.set')).toEqual([])
    expect(useAppStore.getState().notices.at(-1)?.text).toBe('{{next_page}} is captured at the next send.')
  })

  test('takes the place of the one that the variable had', async () => {
    const { draft } = openedTab('value-d')
    editDocument(draft.id, 'tests.captures', (document) => ({
      ...document,
      captures: [{ name: 'next_page', expression: 'res.url', scope: 'runtime', enabled: true }],
    }))

    const done = captureValue(draft.id, VALUE)
    await attempt('next_page', 'runtime')
    await done
    expect(capturesOf(draft.id).map(({ expression }) => expression)).toEqual(['res.headers.location'])
    useAppStore.getState().notices.at(-1)?.action?.run()

    expect(capturesOf(draft.id).map(({ expression }) => expression)).toEqual(['res.url'])
  })

  test('is refused with the reason where the variable cannot be kept, and nothing is added', async () => {
    const { draft } = openedTab('value-e')
    platform.answer('captured.set', () => failed(errorOf('InvalidName')))

    const done = captureValue(draft.id, VALUE)
    expect(await attempt('next page', 'runtime')).toMatchObject({ kind: 'InvalidName' })
    expect(await attempt('next_page', 'runtime')).toMatchObject({ kind: 'InvalidName' })
    const [question] = useQuestionsStore.getState().waiting
    if (question?.kind === 'capture') answer(question, false)
    await done

    expect(capturesOf(draft.id)).toEqual([])
  })

  test('undone after later edits takes back itself alone', async () => {
    const { draft } = openedTab('value-f')
    const done = captureValue(draft.id, VALUE)
    await attempt('next_page', 'runtime')
    await done
    editDocument(draft.id, 'url', (document) => ({ ...document, url: 'http://later/' }))

    useAppStore.getState().notices.at(-1)?.action?.run()

    expect(capturesOf(draft.id)).toEqual([])
    expect(tabNow(draft.id).draft.document.url).toBe('http://later/')
  })
})

/** Answers the question for the variable; what the attempt says. */
async function attempt(name: string, scope: string) {
  const [question] = useQuestionsStore.getState().waiting
  if (question?.kind !== 'capture') throw new Error('It asks for no variable.')
  const failure = await question.attempt(name, scope)
  if (failure === null) answer(question, true)
  return failure
}

function capturesOf(id: DraftId) {
  return tabNow(id).draft.document.captures ?? []
}
