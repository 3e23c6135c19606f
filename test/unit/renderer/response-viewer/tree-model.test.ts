import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TreeNode } from '#contract/model/body-tree.ts'
import { ok, type Result } from '#contract/result.ts'
import type { WireError } from '#contract/errors.ts'
import { TreeModel, PAGE, type TreePlace } from '../../../../src-renderer/features/response-viewer/tree-model.ts'
import { stepsTo } from '../../../../src-renderer/features/response-viewer/tree-words.ts'

interface Made {
  readonly name: string | null
  readonly children: readonly Made[] | null
}

const list = (count: number): Made => ({ name: null, children: Array.from({ length: count }, () => ({ name: null, children: null })) })

function treeOf(made: Made, rootKind: TreeNode['kind'] = 'array') {
  const all: Made[] = []
  const ids = new Map<Made, number>()
  const number = (at: Made): void => {
    ids.set(at, all.push(at) - 1)
    at.children?.forEach(number)
  }
  number(made)
  const nodeOf = (at: Made): TreeNode => ({
    kind: at === made ? rootKind : at.children === null ? 'number' : 'array',
    start: ids.get(at) ?? -1,
    end: 0,
    name: at.name,
    nameCut: false,
    text: '1',
    cut: false,
    count: at.children?.length ?? null,
  })
  const reads: [number, number][] = []
  const errors: WireError[] = []
  const read = async (
    node: TreeNode,
    from: number,
    count: number,
    signal: AbortSignal,
  ): Promise<Result<readonly TreeNode[], WireError>> => {
    reads.push([node.start, from])
    await Promise.resolve()
    return signal.aborted
      ? { ok: false, error: { kind: 'Cancelled', stage: 'call', message: '' } }
      : ok((all[node.start]?.children ?? []).slice(from, from + count).map(nodeOf))
  }
  const model = new TreeModel(nodeOf(made), read, (error) => errors.push(error))
  return { model, reads, errors }
}

const arrived = async (model: TreeModel, first = 0, last = model.rowCount): Promise<void> => {
  for (let quiet = 0; quiet < 2;) {
    const before = model.version()
    model.want(first, last)
    await new Promise(setImmediate)
    quiet = model.version() === before ? quiet + 1 : 0
  }
}

const made: fc.Arbitrary<Made> = fc.letrec<{ node: Made }>((tie) => ({
  node: fc.record({
    name: fc.option(fc.string()),
    children: fc.option(fc.array(tie('node'), { maxLength: 5 }), { maxDepth: 4 }),
  }),
})).node

/** Every row of a tree that is wholly open: the level and the path of indexes. */
function* rowsOf(at: Made, path: readonly number[] = []): Generator<readonly number[]> {
  yield path
  for (const [index, child] of (at.children ?? []).entries()) yield* rowsOf(child, [...path, index])
}

function pathTo(place: TreePlace): readonly number[] {
  const path: number[] = []
  for (let { owner, index } = place; owner !== null; { index, parent: owner } = owner) path.unshift(index)
  return path
}

describe('the rows of a tree', () => {
  test('that is wholly open are all of its nodes in order, and each place finds its row again', async () => {
    await fc.assert(
      fc.asyncProperty(made, async (root) => {
        const { model } = treeOf(root)
        await model.openAll({ owner: null, index: 0 }, new AbortController().signal)

        const expected = [...rowsOf(root)]
        expect(model.rowCount).toBe(expected.length)
        for (const [row, path] of expected.entries()) {
          const at = model.rowAt(row)
          expect(at && pathTo(at)).toEqual(path)
          expect(at?.level).toBe(path.length + 1)
          expect(at && model.rowOf(at)).toBe(row)
        }
      }),
    )
  })

  test('of a huge list cost what is on screen', async () => {
    const { model, reads } = treeOf(list(500_000))

    expect(model.rowCount).toBe(500_001)
    await arrived(model, 400_001, 400_030)

    expect(reads).toEqual([[0, 400_000]])
    expect(model.rowAt(400_010)?.node?.text).toBe('1')
    expect(model.rowAt(10)?.node).toBeUndefined()
  })

  test('go when a node is closed, and come back with it', async () => {
    const { model } = treeOf({ name: null, children: [list(3), list(2)] })
    await arrived(model)
    const first = model.rowAt(1)
    const last = model.rowAt(2)
    if (first === null || last === null) throw new Error('no rows')
    model.open(last)
    model.open(first)
    await arrived(model)

    expect(model.rowCount).toBe(8)
    expect(model.rowOf(last)).toBe(5)
    const inside = model.rowAt(3)
    model.close(first)
    expect(model.rowCount).toBe(5)
    expect(inside && model.rowOf(inside)).toBe(-1)
    expect(model.rowAt(2)?.isOpen).toBe(true)
    model.close({ owner: null, index: 0 })
    expect(model.rowCount).toBe(1)
    expect(model.rowAt(0)?.isOpen).toBe(false)
  })

  test('are not fetched any more once they are out of sight', async () => {
    const { model, reads } = treeOf(list(PAGE * 3))
    model.want(1, 5)
    model.want(PAGE + 1, PAGE + 5)
    await arrived(model, PAGE + 1, PAGE + 5)

    expect(reads.length).toBe(2)
    expect(model.rowAt(1)?.node).toBeUndefined()
    expect(model.rowAt(PAGE + 1)?.node).toBeDefined()
  })
})

describe('opening everything', () => {
  test('stops at its limit', async () => {
    const { model } = treeOf({ name: null, children: Array.from({ length: 100 }, () => list(20)) })

    expect(await model.openAll({ owner: null, index: 0 }, new AbortController().signal, 300)).toBe(false)
    expect(model.rowCount).toBeLessThan(450)
    expect(model.rowCount).toBeGreaterThan(300)
  })

  test('goes on while rows are looked at', async () => {
    const { model } = treeOf({ name: null, children: [list(10), list(PAGE + 10)] })
    const opening = model.openAll({ owner: null, index: 0 }, new AbortController().signal)
    model.want(0, 1)

    expect(await opening).toBe(true)
    expect(model.rowCount).toBe(1 + 2 + 10 + PAGE + 10)
  })

  test('of the siblings opens each that is here', async () => {
    const { model } = treeOf({ name: null, children: [list(2), list(0), list(3)] })
    await arrived(model)
    const first = model.rowAt(1)
    if (first === null) throw new Error('no row')
    model.openSiblings(first)

    expect(model.rowCount).toBe(4 + 5)
  })
})

describe('what was open in one tree', () => {
  const named = (...names: readonly string[]): Made => ({
    name: null,
    children: names.map((name) => ({ name, children: [{ name: null, children: [{ name: null, children: null }] }] })),
  })

  test('is opened in the next, members by their names wherever they stand', async () => {
    const first = treeOf(named('a', 'b'), 'object')
    await arrived(first.model)
    const b = first.model.rowAt(2)
    if (b === null) throw new Error('no row')
    const inside = first.model.open(b)
    await arrived(first.model)
    if (inside !== null) first.model.open({ owner: inside, index: 0 })

    const ways = first.model.openWays()
    expect(ways).toEqual([
      [{ name: 'b', index: 1 }],
      [
        { name: 'b', index: 1 },
        { name: null, index: 0 },
      ],
    ])
    const next = treeOf(named('new', 'a', 'b'), 'object')
    await next.model.openAlong(ways, new AbortController().signal)
    expect([0, 1, 2, 3, 4].map((row) => next.model.rowAt(row)?.isOpen)).toEqual([true, false, false, true, true])
  })

  test('is left out where it is no longer there', async () => {
    const { model } = treeOf(named('a'), 'object')
    await model.openAlong(
      [
        [{ name: 'gone', index: 4 }],
        [
          { name: 'a', index: 0 },
          { name: null, index: 7 },
        ],
        [{ name: 'a', index: 0 }],
      ],
      new AbortController().signal,
    )

    expect(model.rowCount).toBe(3)
  })
})

test('steps lead through names and indexes', async () => {
  const { model } = treeOf({ name: null, children: [{ name: 'items', children: [list(1)] }] })
  await model.openAll({ owner: null, index: 0 }, new AbortController().signal)
  const at = model.rowAt(3)

  expect(at && stepsTo(at, at.node)).toEqual(['items', 0, 0])
})
