/** Trees of stored bodies through the worker and real files, as the window asks for them. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TreeNode } from '../../src-main/contract/model/body-tree.ts'
import type { BodyId } from '../../src-main/contract/model/ids.ts'
import { createBodyStore, type BodyStore } from '../../src-main/core/bodies/body-store.ts'
import { createBodyTrees, type BodyTrees } from '../../src-main/core/bodies/body-trees.ts'
import { createBodyViews, type BodyViews } from '../../src-main/core/bodies/body-views.ts'

let folder: string
let store: BodyStore
let views: BodyViews
let trees: BodyTrees

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-trees-'))
  store = createBodyStore({ dir: join(folder, 'bodies'), now: Date.now })
  views = createBodyViews({ store, dir: join(folder, 'views') })
  trees = createBodyTrees(store, views.tools)
})

afterEach(async () => {
  await views.closeAll()
  await store.flush()
  await rm(folder, { recursive: true, force: true })
})

const put = async (body: Uint8Array | string): Promise<BodyId> => (await store.put(Buffer.from(body))).id

async function open(body: Uint8Array | string, contentType = 'application/json', encoding: string | null = null) {
  const tree = await trees.open({ id: await put(body), contentType, encoding })
  const children = async (node: TreeNode | null, from = 0, count = 200): Promise<readonly TreeNode[]> =>
    (await trees.children({ treeId: tree.treeId, start: node?.start ?? 0, from, count })).nodes
  const text = async (node: TreeNode, form: 'source' | 'value'): Promise<string> => {
    let all = ''
    for (let from: number | null = 0; from !== null;) {
      const piece: { text: string; next: number | null } = await trees.text({ treeId: tree.treeId, node, form, from })
      all += piece.text
      from = piece.next
    }
    return all
  }
  return { ...tree, children, text }
}

const said = (nodes: readonly TreeNode[]) => nodes.map(({ kind, name, text, count }) => [kind, name, text, count])

test('while a large body is read, how far it is can be asked', async () => {
  const { shares } = views.tools
  const id = await put(`[${'{"name":"Käthe","list":[1,2,3]},'.repeat(500_000)}1]`)
  const seen = new Set<number>()
  let isOpen = false

  const opening = trees.open({ id, contentType: 'application/json', encoding: null, workId: 'mine' }).finally(() => (isOpen = true))
  while (!isOpen) {
    const share = shares.of('mine')
    if (share !== null) seen.add(share)
    await new Promise((resolve) => setImmediate(resolve))
  }

  expect((await opening).root).toMatchObject({ count: 500_001 })
  const inOrder = [...seen]
  expect(inOrder.length).toBeGreaterThan(2)
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
  expect(inOrder.at(-1)).toBeLessThanOrEqual(1)
  expect(shares.of('mine')).toBeNull()
})

describe('the tree of a JSON body', () => {
  test('tells kinds, names, values as they stand, and how many children there are', async () => {
    const { root, children, problem } = await open(
      '{"n": 12345678901234567890, "f": 1.0, "e": 1e400, "": true, "a.b\\"c": null, "s": "caf\\u00e9\\n\\ud800", "s": [1, {}], "o": {"x": 1}}',
    )

    expect(problem).toBeNull()
    expect(root).toMatchObject({ kind: 'object', name: null, count: 8 })
    expect(said(await children(root))).toEqual([
      ['number', 'n', '12345678901234567890', null],
      ['number', 'f', '1.0', null],
      ['number', 'e', '1e400', null],
      ['boolean', '', 'true', null],
      ['null', 'a.b"c', 'null', null],
      ['string', 's', 'café\n\ud800', null],
      ['array', 's', '[1, {}]', 2],
      ['object', 'o', '{"x": 1}', 1],
    ])
  })

  test('gives the values of NDJSON as a list', async () => {
    const { root, children } = await open('{"id":1}\n{"id":2}\n\n3\n', 'application/x-ndjson')

    expect(root).toMatchObject({ kind: 'values', start: -1, count: 3 })
    expect(said(await children(root, 1, 2))).toEqual([
      ['object', null, '{"id":2}', 1],
      ['number', null, '3', null],
    ])
  })

  test('says where it stops being JSON', async () => {
    const { root, problem, children } = await open('{"a": [1, 2,\n  oops]}')

    expect(problem).toEqual({ line: 2, column: 3, reason: 'expected a value' })
    expect(said(await children(root))).toEqual([['array', 'a', '[1, 2,\n  ', 2]])
  })

  test('of an empty body or of no JSON at all is none', async () => {
    expect((await open('')).root).toBeNull()
    await expect(open('body { color: red }', 'text/css')).rejects.toMatchObject({ kind: 'InvalidOption' })
  })

  test('cuts long strings, and gives them whole in pieces that break no character and no escape', async () => {
    const long = 'aé😀"\\\n\u0001'.repeat(50_000)
    const { root, children, text } = await open(JSON.stringify([long]))
    const [node] = await children(root)

    expect(node?.cut).toBe(true)
    expect(long.startsWith(node?.text ?? '-')).toBe(true)
    expect(node && (await text(node, 'value'))).toBe(long)
    expect(node && (await text(node, 'source'))).toBe(JSON.stringify(long))
    expect(root && (await text(root, 'source'))).toBe(JSON.stringify([long]))
  })
})

describe('the tree of an XML body', () => {
  test('has elements, attributes and texts, and XPaths', async () => {
    const { treeId, format, root, children, text } = await open('<a><b id="1">x &lt; y</b><b>only</b></a>', 'application/xml')
    const [first, second] = await children(root)
    const inside = await children(first ?? null)
    const starts = [root?.start ?? 0, first?.start ?? 0, inside[0]?.start ?? 0]

    expect(format).toBe('xml')
    expect(said(inside)).toEqual([
      ['attribute', 'id', '1', null],
      ['text', null, 'x < y', null],
    ])
    expect((await trees.path({ treeId, starts })).path).toBe('/a/b[1]/@id')
    expect(inside[1] && (await text(inside[1], 'value'))).toBe('x < y')
    expect(second && (await text(second, 'value'))).toBe('only')
    expect(first && (await text(first, 'value'))).toBe('<b id="1">x &lt; y</b>')
  })

  test('is read through the worker where it is large', async () => {
    const rows = Array.from({ length: 40_000 }, (_, id) => `<row n="${id}">ü${id}</row>`).join('')
    const { root, children, problem } = await open(`\ufeff<?xml version="1.0"?><rows>${rows}</rows>`, 'text/xml')
    const [, table = null] = await children(root)

    expect(problem).toBeNull()
    expect(root).toMatchObject({ kind: 'document', count: 2 })
    expect(table).toMatchObject({ name: 'rows', count: 40_000 })
    const [row = null] = await children(table, 39_999, 1)
    expect(said(await children(row))).toEqual([
      ['attribute', 'n', '39999', null],
      ['text', null, 'ü39999', null],
    ])
  })
})

describe('a large body', () => {
  const rows = Array.from({ length: 60_000 }, (_, id) => ({ id, name: `Zeile ${id} – größer`, list: [id, [id]] }))
  const body = `${JSON.stringify({ rows })}`

  test.each([
    ['in UTF-8', Buffer.from(body), 'utf-8'],
    ['in UTF-8 with a mark', Buffer.from(`\ufeff${body}`), 'utf-8'],
    ['in UTF-16', Buffer.from(`\ufeff${body}`, 'utf16le'), 'utf-16le'],
  ])('%s is read by pages', async (_, bytes, encoding) => {
    const tree = await open(bytes)
    const [list = null] = await tree.children(tree.root)

    expect(tree).toMatchObject({ encoding, problem: null, root: { kind: 'object', count: 1 } })
    expect(list).toMatchObject({ kind: 'array', name: 'rows', count: 60_000 })
    const [row] = await tree.children(list, 59_999, 200)
    expect(row && JSON.parse(await tree.text(row, 'source'))).toEqual(rows[59_999])
    await trees.close(tree.treeId)
    expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.txt'))).toEqual([])
  })

  test('says in which column it breaks off', async () => {
    const { problem } = await open(`{"a":"ü",\n${body.slice(1, 2_000_000)}`)

    expect(problem).toMatchObject({ line: 2, column: 2_000_000 })
  })

  test('stops being read when that is cancelled, and when it was closed', async () => {
    const id = await put(body)
    const opening = new AbortController()
    const opened = trees.open({ id, contentType: 'application/json', encoding: null }, opening.signal)
    opening.abort()
    await expect(opened).rejects.toMatchObject({ kind: 'Cancelled' })

    const { treeId, root } = await trees.open({ id, contentType: 'application/json', encoding: null })
    const page = { treeId, start: root?.start ?? 0, from: 0, count: 10 }
    await expect(trees.children(page, AbortSignal.abort())).rejects.toMatchObject({ kind: 'Cancelled' })
    await trees.close(treeId)
    await expect(trees.children(page)).rejects.toMatchObject({ kind: 'NotFound' })
  })
})

describe('the tree of a page', () => {
  const PAGE =
    '<!doctype html><meta charset="windows-1252"><title>Grüße</title><ul id=nav><li><a href="/a?b=1&amp;c=2">A</a><li>B<br>C</ul><table><tr><td>1</table>'

  test('is its elements, as the filter finds them, with their paths', async () => {
    const { root, children, format, problem, encoding, treeId } = await open(Buffer.from(PAGE, 'latin1'), 'text/html')

    expect([format, problem, encoding]).toEqual(['xml', null, 'windows-1252'])
    expect(root).toMatchObject({ kind: 'element', name: 'html' })
    const [body] = (await children(root)).slice(-1)
    const parts = await children(body ?? null)
    const list = parts.find(({ name }) => name === 'ul')
    expect(said(parts).map(([kind, name]) => [kind, name])).toEqual([
      ['element', 'meta'],
      ['element', 'title'],
      ['element', 'ul'],
      ['element', 'table'],
    ])
    expect(parts[1]?.text).toBe('Grüße')
    const items = await children(list ?? null)
    expect(said(items).map(([kind, name, text]) => [kind, name, text])).toEqual([
      ['attribute', 'id', 'nav'],
      ['element', 'li', expect.stringContaining('<li><a')],
      ['element', 'li', expect.stringContaining('<br/>')],
    ])
    const starts = [root, body, list, items[2]].map((node) => node?.start ?? -1)
    expect(await trees.path({ treeId, starts })).toEqual({ path: '/html/body/ul/li[2]' })
  })

  test('of many elements opens anywhere', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `<li class=row>item ${index}`).join('')
    const { root, children } = await open(`<html><body><ul>${rows}`, 'text/html')

    const [body] = await children(root)
    const [list] = await children(body ?? null)
    expect(list?.count).toBe(30_000)
    const [row] = await children(list ?? null, 29_999)
    expect((await children(row ?? null)).map(({ text }) => text)).toEqual(['row', 'item 29999'])
    expect((await readdir(join(folder, 'views'), { recursive: true })).filter((name) => name.endsWith('.txt'))).toHaveLength(1)
  })

  test('that is too large to be read whole is refused with what to do', async () => {
    await expect(open(`<html>${'<p>x'.repeat(4_500_000)}`, 'text/html')).rejects.toMatchObject({ kind: 'TooLarge' })
  })
})
