import { describe, expect, test } from 'vitest'
import { withChange } from '#contract/model/collection-change.ts'
import type { EventPayload } from '#contract/events.ts'
import { CollectionIdSchema, NodeIdSchema } from '#contract/model/ids.ts'
import type { Collection, TreeNode } from '#contract/model/workspace.ts'
import { createWorkspaceNews } from '#core/commands/workspace-news.ts'

const request = (id: string, name = id): TreeNode => ({ id: NodeIdSchema.parse(id), kind: 'request', name, parentId: null, method: 'GET' })
const collection = (id: string, nodes: readonly TreeNode[], name = id): Collection => ({
  id: CollectionIdSchema.parse(id),
  name,
  path: `/${id}`,
  settings: '',
  nodes: [...nodes],
})
const MANY = Array.from({ length: 10_000 }, (_, index) => request(`r${index}`))

function newsKit() {
  const told: EventPayload<'workspace.changed'>[] = []
  return { told, news: createWorkspaceNews((payload) => told.push(payload)) }
}

describe('what windows are told', () => {
  test('of one request among ten thousand is that request', () => {
    const { told, news } = newsKit()
    news.answer([collection('c', MANY)])

    news.tell([collection('c', MANY.with(5000, request('r5000', 'Another')))], [])

    expect(told).toHaveLength(1)
    expect(told[0]?.changed).toMatchObject([{ removed: ['r5000'], put: [{ after: 'r4999', nodes: [{ name: 'Another' }] }] }])
    expect(JSON.stringify(told[0]).length).toBeLessThan(500)
  })

  test('is nothing of a collection that is as it was', () => {
    const { told, news } = newsKit()
    const [one, other] = [collection('one', MANY), collection('other', [request('a')])]
    news.answer([one, other])

    news.tell([one, collection('other', [])], [])

    expect(told).toMatchObject([{ order: ['one', 'other'], changed: [{ id: 'other', removed: ['a'], put: [] }] }])
  })

  test('is numbered, and the answer to a window says by which it is', () => {
    const { told, news } = newsKit()
    const [before, after] = [[collection('c', [])], [collection('c', [request('a')])]]
    const first = news.answer(before)
    news.tell(after, [])

    expect(told[0]?.sequence).toBe(first.sequence + 1)
    expect(news.answer(after)).toEqual({ collections: after, sequence: told[0]?.sequence })
    expect(told).toHaveLength(1)
  })

  test('holds what was found new for one of them only', () => {
    const { told, news } = newsKit()
    news.answer([collection('c', [])])

    const answer = news.answer([collection('c', [request('a')])])

    expect(told).toMatchObject([{ sequence: answer.sequence, changed: [{ put: [{ after: null, nodes: [{ id: 'a' }] }] }] }])
  })

  test.each<[string, readonly TreeNode[], readonly TreeNode[]]>([
    ['all that came', [], ['a', 'b'].map((id) => request(id))],
    ['all that went', ['a', 'b'].map((id) => request(id)), []],
    ['one moved to the end', [...'abcd'].map((id) => request(id)), [...'bcda'].map((id) => request(id))],
    ['one moved to the top', [...'abcd'].map((id) => request(id)), [...'dabc'].map((id) => request(id))],
    ['the order turned round', [...'abcd'].map((id) => request(id)), [...'dcba'].map((id) => request(id))],
    [
      'several kinds at once',
      [...'abcdef'].map((id) => request(id)),
      [request('x'), request('c', 'C'), request('b'), request('y'), request('f')],
    ],
    ['another method and no error any more', [{ ...request('a'), error: 'bad' }], [{ ...request('a'), method: 'PUT' }]],
  ])('leads to what is there now: %s', (_what, before, after) => {
    const { told, news } = newsKit()
    const [old, now] = [collection('c', before), collection('c', after, 'Renamed')]
    news.answer([old])

    news.tell([now], [])

    expect(withChange(old, told[0]!.changed[0]!)).toEqual(now)
  })

  test('of one that moved is one, whichever way it went', () => {
    const { told, news } = newsKit()
    news.answer([collection('c', MANY)])
    news.tell([collection('c', [...MANY.slice(1), MANY[0]!])], [])
    news.tell([collection('c', MANY)], [])

    expect(told.map(({ changed }) => changed[0]?.removed)).toEqual([['r0'], ['r0']])
  })

  test('leads to what is there now, whatever was done to the tree', () => {
    const { told, news } = newsKit()
    let seed = 7
    const below = (limit: number): number => (seed = (seed * 16_807) % 2_147_483_647) % limit
    let now = collection('c', MANY.slice(0, 40))
    let window: Collection | undefined = now
    news.answer([now])

    for (let round = 0; round < 300; round += 1) {
      const nodes = [...now.nodes]
      for (let edit = below(4); edit >= 0; edit -= 1) {
        const [taken] = nodes.splice(below(nodes.length), below(2))
        if (taken && below(2) === 0) nodes.splice(below(nodes.length), 0, below(2) === 0 ? taken : request(taken.id, `N${round}`))
        if (below(3) === 0) nodes.splice(below(nodes.length), 0, request(`n${round}-${edit}`))
      }
      now = collection('c', nodes)
      news.tell([now], [])
      window = withChange(window, told.at(-1)!.changed[0]!)

      expect(window).toEqual(now)
    }
  })
})
