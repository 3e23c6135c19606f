import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodedString } from '../../../../src-main/core/bodies/json-string.ts'
import { findJson, jsonChildren, topCount, type JsonSpan } from '../../../../src-main/core/bodies/json-tree.ts'
import { indexJson } from '../../../../src-main/core/bodies/json-tree-index.ts'
import { TOP_NODE } from '../../../../src-main/core/bodies/tree-index.ts'
import type { TreeSource } from '../../../../src-main/core/bodies/tree-source.ts'
import type { JsonStep } from '../../../../src-main/contract/model/json-path.ts'

function treeOf(text: string, cut = 65_536): TreeSource & { readonly text: (span: { start: number; end: number }) => string } {
  const bytes = Buffer.from(text)
  const indexer = indexJson(0)
  for (let at = 0; at < bytes.length; at += cut) indexer.write(bytes.subarray(at, at + cut))
  const index = indexer.finish((lineStart, offset) => bytes.toString('utf8', lineStart, offset).length + 1)
  return {
    index,
    start: 0,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    text: ({ start, end }) => bytes.toString('utf8', start, end),
  }
}

/** The value below a node, put together from pages of so many children. */
async function valueOf(tree: ReturnType<typeof treeOf>, span: JsonSpan, page: number): Promise<unknown> {
  if (span.count === null) return JSON.parse(tree.text(span))
  const children: JsonSpan[] = []
  for (let from = 0; from < span.count; from += page) children.push(...(await jsonChildren(tree, span.start, from, page)))
  expect(children).toHaveLength(span.count)
  expect(await jsonChildren(tree, span.start, span.count, 5)).toEqual([])
  if (tree.text(span).startsWith('[')) return Promise.all(children.map((child) => valueOf(tree, child, page)))
  const entries: [string, unknown][] = []
  for (const child of children) entries.push([decodedString(Buffer.from(tree.text(child.name ?? span))), await valueOf(tree, child, page)])
  return Object.fromEntries(entries)
}

async function rootOf(tree: TreeSource): Promise<JsonSpan> {
  const [root] = await jsonChildren(tree, TOP_NODE, 0, 1)
  if (root === undefined) throw new Error('no root')
  return root
}

const spaces = fc.constantFrom(undefined, 1, 4, '\t', '   \n ')
const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 5 })

describe('the tree of any JSON', () => {
  test('has the values that JSON.parse finds, read in pages of any size and indexed in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(json, spaces, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 50 }), async (value, space, page, cut) => {
        const text = JSON.stringify(value, null, space)
        const tree = treeOf(` ${text}\n`, cut)

        expect(tree.index.problem).toBeNull()
        expect(topCount(tree)).toBe(1)
        const root = await rootOf(tree)
        expect(tree.text(root)).toBe(text.trim())
        expect(await valueOf(tree, root, page)).toEqual(JSON.parse(text))
      }),
    )
  })

  test('leads every path to its value', async () => {
    await fc.assert(
      fc.asyncProperty(json, spaces, async (value, space) => {
        const tree = treeOf(JSON.stringify(value, null, space))
        for (const [steps, at] of placesIn(JSON.parse(JSON.stringify(value)))) {
          const found = await findJson(tree, steps)
          expect(JSON.parse(found === null ? '' : tree.text(found))).toEqual(at)
        }
      }),
      { numRuns: 50 },
    )
  })
})

function* placesIn(value: unknown, steps: readonly JsonStep[] = []): Generator<[readonly JsonStep[], unknown]> {
  yield [steps, value]
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* placesIn(item, [...steps, index])
  else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value)) yield* placesIn(item, [...steps, name])
}

describe('a body of some size', () => {
  const rows = Array.from({ length: 40_000 }, (_, id) => ({
    id,
    name: `row ${id}`,
    tags: id % 3 === 0 ? [] : ['a', 'b'],
    deep: { x: { y: id } },
  }))
  const text = JSON.stringify({ before: 1, rows, '': { last: [rows] } })

  test('is indexed sparsely, and any part of it is read at once', async () => {
    const tree = treeOf(text)
    const { large } = tree.index

    expect([...large.values()].reduce((sum, { points }) => sum + points.length / 2, 0)).toBeLessThan((text.length / 65_536) * 6)
    const found = await findJson(tree, ['rows', 31_111, 'deep', 'x', 'y'])
    expect(found && tree.text(found)).toBe('31111')
    const again = await findJson(tree, ['', 'last', 0, 39_999])
    expect(again && JSON.parse(tree.text(again))).toEqual(rows[39_999])
  })

  test('takes few reads for a page far into it', async () => {
    const tree = treeOf(text)
    let bytes = 0
    const counting = { ...tree, read: (offset: number, length: number) => ((bytes += length), tree.read(offset, length)) }
    const list = await findJson(tree, ['rows'])

    const page = await jsonChildren(counting, list?.start ?? 0, 35_000, 200)

    expect(page.map((span) => JSON.parse(tree.text(span)) as unknown)).toEqual(rows.slice(35_000, 35_200))
    expect(bytes).toBeLessThan(1_000_000)
  })

  test('stops when it is told to', async () => {
    const list = await findJson(treeOf(text), ['rows'])

    await expect(jsonChildren(treeOf(text), list?.start ?? 0, 0, 10, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})

describe('what is not quite JSON', () => {
  const shown = async (text: string): Promise<unknown> => {
    const tree = treeOf(text)
    const tops = await jsonChildren(tree, TOP_NODE, 0, 100)
    expect(tops).toHaveLength(topCount(tree))
    const outline = async (span: JsonSpan): Promise<unknown> => {
      if (span.count === null) return tree.text(span)
      const children = await jsonChildren(tree, span.start, 0, 100)
      expect(children).toHaveLength(span.count)
      return Promise.all(children.map(async (child) => (child.name ? [tree.text(child.name), await outline(child)] : outline(child))))
    }
    return { tops: await Promise.all(tops.map(outline)), problem: tree.index.problem }
  }

  test.each([
    ['', []],
    ['{"a": 1} {"a": 2}\n[3]', [[['"a"', '1']], [['"a"', '2']], ['3']]],
    ['1 2\n3', ['1', '2', '3']],
    ['\x1e{"a":1}\n\x1e{"a":2}\n', [[['"a"', '1']], [['"a"', '2']]]],
    ['[12345678901234567890, 1.0, 1e400, -0, NaN]', [['12345678901234567890', '1.0', '1e400', '-0', 'NaN']]],
    [
      '{"a":1,"a":2,"":3,"a.b":4}',
      [
        [
          ['"a"', '1'],
          ['"a"', '2'],
          ['""', '3'],
          ['"a.b"', '4'],
        ],
      ],
    ],
    ['"\\ud800 \\u0000"', ['"\\ud800 \\u0000"']],
    ['[]', [[]]],
  ])('%j is read', async (text, tops) => {
    expect(await shown(text)).toEqual({ tops, problem: null })
  })

  test.each([
    ['{"a": [1, 2, {"b": 3, "c', [[['"a"', ['1', '2', [['"b"', '3']]]]]], 1, 25],
    ['[1,\n 2,\n é]', [['1', '2']], 3, 2],
    ['{"é": "è", x}', [[['"é"', '"è"']]], 1, 12],
    ['{"a":1} trailing', [[['"a"', '1']]], 1, 11],
    ['[1 2]', [['1']], 1, 4],
    ['[[1],[2}', [[['1'], ['2']]], 1, 8],
    ['x', [], 1, 1],
    ['[nul', [[]], 1, 5],
  ])('of %j what could be read, and where it stops', async (text, tops, line, column) => {
    expect(await shown(text)).toMatchObject({ tops, problem: { line, column } })
  })

  test('the same far into a body that breaks off', async () => {
    const rows = Array.from({ length: 10_000 }, (_, id) => ({ id, text: 'x'.repeat(20) }))
    const text = JSON.stringify({ rows, behind: true }).slice(0, 300_000)
    const tree = treeOf(text)
    const [member] = await jsonChildren(tree, (await rootOf(tree)).start, 0, 10)
    const count = member?.count ?? 0
    const last = await jsonChildren(tree, member?.start ?? 0, count - 2, 10)

    expect(count).toBe(text.split('{').length - 2)
    expect(last.map((span) => tree.text(span))[0]).toBe(JSON.stringify(rows[count - 2]))
    expect(last).toHaveLength(2)
  })

  test('nested deeply', async () => {
    const depth = 60_000
    const tree = treeOf('['.repeat(depth) + ']'.repeat(depth))
    let span: JsonSpan | undefined = await rootOf(tree)
    for (let level = 0; level < 300; level += 1) [span] = await jsonChildren(tree, span?.start ?? 0, 0, 10)

    expect(span).toEqual({ start: 300, end: 2 * depth - 300, name: null, count: 1 })
    expect(tree.index.large.size).toBeLessThan(300)
  })
})
