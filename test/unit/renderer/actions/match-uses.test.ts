import { beforeEach, describe, expect, test } from 'vitest'
import type { QueryMatch } from '../../../../src-main/contract/model/body-query.ts'
import { failed, ok } from '../../../../src-main/contract/result.ts'
import { answer } from '../../../../src-renderer/actions/ask.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import { assertMatch, captureMatch, suggestedVariable, type MatchRef } from '../../../../src-renderer/actions/match-uses.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useDraftsStore } from '../../../../src-renderer/stores/drafts-store.ts'
import { useQuestionsStore } from '../../../../src-renderer/stores/questions-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { freshWindow, openedTab } from '../../../support/renderer-kit.ts'

const REF: MatchRef = { queryId: 'q', index: 3, kind: 'jsonpath', expression: '$..id' }
let platform: FakePlatform

beforeEach(() => {
  platform = freshWindow()
  matching({ path: '$.items[0].id', type: 'number', text: '12345678901234567890', length: 20 })
})

function matching(match: QueryMatch): void {
  platform.answer('body.matches', () => ok({ matches: [match] }))
}

describe('a match as an assertion', () => {
  test('stands at the end of the request’s, with the value as it was found', async () => {
    const { draft } = openedTab('match-a')

    await assertMatch(draft.id, REF)

    expect(platform.inputs('body.matches')).toMatchObject([{ queryId: 'q', from: 3, count: 1, bare: true }])
    expect(assertionsOf(draft.id)).toEqual([
      { expression: "res.jsonpath('$.items[0].id')", operator: 'eq', value: '12345678901234567890', enabled: true },
    ])
  })

  test('is taken back by the notice, later edits excepted', async () => {
    const { draft } = openedTab('match-b')
    await assertMatch(draft.id, REF)
    editDocument(draft.id, 'url', (document) => ({ ...document, url: 'http://later/' }))

    useAppStore.getState().notices.at(-1)?.action?.run()

    expect(assertionsOf(draft.id)).toEqual([])
    expect(useDraftsStore.getState().tabs[draft.id]?.draft.document.url).toBe('http://later/')
  })

  test('of a computed value looks at the expression itself', async () => {
    const { draft } = openedTab('match-c')
    matching({ path: '', type: 'number', text: '2', length: 1 })

    await assertMatch(draft.id, { ...REF, kind: 'xpath', expression: " count(//a[@b='x']) " })

    expect(assertionsOf(draft.id)[0]?.expression).toBe("res.xpath('count(//a[@b=\\'x\\'])')")
  })

  test('is refused where the value is too long, and where the match is gone', async () => {
    const { draft } = openedTab('match-d')
    matching({ path: '$', type: 'string', text: 'x', length: 100_001 })
    await assertMatch(draft.id, REF)
    platform.answer('body.matches', () => failed({ kind: 'NotFound', stage: 'store', message: 'Gone.' }))
    await assertMatch(draft.id, REF)

    expect(assertionsOf(draft.id)).toEqual([])
    expect(useAppStore.getState().notices.map((notice) => notice.tone)).toEqual(['error', 'error'])
  })
})

describe('a match as a variable', () => {
  test('is kept under the name that is given, once that can be one', async () => {
    const { draft } = openedTab('match-e')
    platform.answer('captured.set', () => ok({}))
    const done = captureMatch(draft.id, REF)
    await expect.poll(() => useQuestionsStore.getState().waiting.length).toBe(1)
    const [question] = useQuestionsStore.getState().waiting
    if (question?.kind !== 'capture') throw new Error('It asks for no variable.')

    expect(question.name).toBe('id')
    expect(question.expression).toBe("res.jsonpath('$.items[0].id')")
    expect(await question.attempt('not a name', 'runtime')).toMatchObject({ kind: 'InvalidName' })
    expect(await question.attempt('item_id', 'runtime')).toBeNull()
    answer(question, true)
    await done

    expect(platform.inputs('captured.set')).toMatchObject([{ values: { item_id: '12345678901234567890' } }])
  })

  test('has a name suggested from its path', () => {
    expect(
      ['$.items[0].id', "$['a b'].c", '/html/body/p[2]/@class', '#nav > li:nth-of-type(2) > a::attr(href)', '', '$[0]'].map(
        suggestedVariable,
      ),
    ).toEqual(['id', 'c', 'class', 'a', '', ''])
  })
})

function assertionsOf(id: Parameters<typeof assertMatch>[0]) {
  return useDraftsStore.getState().tabs[id]?.draft.document.assertions ?? []
}
