/** What is selected of open views and trees, kept as bodies: through the workers and real files, as the window asks for it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TextPlaceAt } from '../../src-main/contract/model/derived-body.ts'
import type { BodyId, ViewId } from '../../src-main/contract/model/ids.ts'
import { createBodySearch, type BodySearch } from '../../src-main/core/bodies/body-search.ts'
import { createBodyStore, type BodyStore } from '../../src-main/core/bodies/body-store.ts'
import { createBodyTrees, type BodyTrees } from '../../src-main/core/bodies/body-trees.ts'
import { createBodyViews, type BodyViews } from '../../src-main/core/bodies/body-views.ts'
import { keptTextHandlers } from '../../src-main/core/commands/kept-texts.ts'

let folder: string
let store: BodyStore
let views: BodyViews
let search: BodySearch
let trees: BodyTrees
let handlers: ReturnType<typeof keptTextHandlers>
const context = { signal: new AbortController().signal, clientId: 'window' }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-kept-'))
  store = createBodyStore({ dir: join(folder, 'bodies'), now: Date.now })
  views = createBodyViews({ store, dir: join(folder, 'views') })
  search = createBodySearch({ textOf: views.text })
  trees = createBodyTrees(store, views.tools)
  handlers = keptTextHandlers({ textOf: views.text, search, trees, store, shares: views.tools.shares })
})

afterEach(async () => {
  await search.close()
  await views.closeAll()
  await store.flush()
  await rm(folder, { recursive: true, force: true })
})

async function open(body: Uint8Array | string, format: 'pretty' | 'raw' = 'raw', encoding = 'utf-8'): Promise<ViewId> {
  const { id } = await store.put(Buffer.from(body))
  return (await views.open({ id, contentType: '', format, encoding })).viewId
}

const textOf = async ({ id, bytes }: { readonly id: BodyId; readonly bytes: number }): Promise<string> =>
  bytes === 0 ? '' : (await store.read(id, 0, bytes)).toString()

async function selected(viewId: ViewId, start: TextPlaceAt, end: TextPlaceAt, sought: string | null = null): Promise<string> {
  const query = sought === null ? null : { text: sought, matchCase: true, wholeWord: false, regex: false }
  return textOf(await handlers['body.selection']({ viewId, start, end, query }, context))
}

const at = (line: number, column: number): TextPlaceAt => ({ line, column })
const END = Number.MAX_SAFE_INTEGER

/** Lines of every length and break, with characters of one to four bytes. */
function mixedLines(): readonly (readonly [text: string, end: string])[] {
  const lengths = [2, 5, 70_000, 40, 1, 400_000, 1, 12, 65_536, 3]
  return Array.from({ length: 60 }, (_, line) => {
    const length = lengths[line % lengths.length] ?? 0
    const text = `${line} needle Käthe 漢字 🎉 `.repeat(Math.ceil(length / 20)).slice(0, length)
    return [text.replace(/[\ud800-\udbff]$/, ''), ['\n', '\r\n', '\r'][line % 3] ?? ''] as const
  })
}

describe('what is selected', () => {
  const lines = mixedLines()
  const body = lines.map((line) => line.join('')).join('')

  /** The same, simply. */
  const expected = (start: TextPlaceAt, end: TextPlaceAt): string =>
    lines
      .slice(start.line, end.line + 1)
      .map(([text, lineEnd], index) => {
        const line = start.line + index
        const from = line === start.line ? Math.min(start.column, text.length) : 0
        return line === end.line ? text.slice(from, end.column) : text.slice(from) + lineEnd
      })
      .join('')

  test.each([
    [at(0, 0), at(59, END)],
    [at(1, 2), at(1, 4)],
    [at(2, 69_000), at(5, 300_001)],
    [at(5, 123_459), at(5, 399_000)],
    [at(15, END), at(16, 0)],
    [at(25, 17), at(58, 1)],
  ])('is kept with the line breaks between, from %o to %o', async (start, end) => {
    const kept = await selected(await open(body), start, end)

    expect(kept.length).toBe(expected(start, end).length)
    expect(kept === expected(start, end)).toBe(true)
  })

  test('is of the text that is shown: decoded, without byte order mark, laid out', async () => {
    expect(await selected(await open('\ufeffabc\nd'), at(0, 1), at(1, END))).toBe('bc\nd')
    expect(await selected(await open(iconv.encode('über\nalle', 'utf-16le'), 'raw', 'utf-16le'), at(0, 1), at(1, 2))).toBe('ber\nal')
    expect(await selected(await open('{"a":[1,2]}', 'pretty'), at(1, 2), at(2, END))).toBe('"a": [\n    1,')
    const large = JSON.stringify(Array.from({ length: 60_000 }, (_, id) => ({ id })))
    expect(await selected(await open(large, 'pretty'), at(150_001, 2), at(150_002, END))).toBe('{\n    "id": 50000')
  })

  test('can be only the lines in which something is found', async () => {
    const viewId = await open('one x\r\ntwo\nthree x\nfour\rfive x\n')

    expect(await selected(viewId, at(0, 0), at(5, END), 'x')).toBe('one x\r\nthree x\nfive x')
    expect(await selected(viewId, at(0, 2), at(2, 4), 'x')).toBe('e x\r\nthre')
    expect(await selected(viewId, at(1, 0), at(3, 2), 'x')).toBe('three x')
    expect(await selected(viewId, at(0, 0), at(5, END), 'nowhere')).toBe('')
    const found = lines.filter(([text]) => text.includes('needle'))
    expect((await selected(await open(body), at(0, 0), at(60, END), 'needle')).length).toBe(
      found.map((line) => line.join('')).join('').length - (found.at(-1)?.[1].length ?? 0),
    )
  })

  test('is asked how far it is, and given up', async () => {
    const viewId = await open('0123456789 '.repeat(3_000_000))
    const stop = new AbortController()
    const seen = new Set<number>()
    const input = { viewId, start: at(0, 0), end: at(0, END), query: null, workId: 'mine' }
    let isOver = false

    const saving = Promise.resolve(handlers['body.selection'](input, { ...context, signal: stop.signal })).finally(() => (isOver = true))
    saving.catch(() => undefined)
    while (!isOver) {
      const share = views.tools.shares.of('mine')
      if (share !== null && share > 0) seen.add(share)
      if (seen.size > 1) stop.abort()
      await new Promise((resolve) => setImmediate(resolve))
    }

    await expect(saving).rejects.toMatchObject({ kind: 'Cancelled' })
    expect([...seen].every((share) => share < 1)).toBe(true)
  })
})

describe('what a node says', () => {
  test('is kept whole: a string without its quotes, a list as it stands', async () => {
    const long = 'Käthe "🎉"\n'.repeat(40_000)
    const { id } = await store.put(Buffer.from(JSON.stringify({ long, list: [1, { a: 2 }] })))
    const { treeId, root } = await trees.open({ id, contentType: 'application/json', encoding: null })
    const { nodes } = await trees.children({ treeId, start: root?.start ?? 0, from: 0, count: 10 })

    const said = await Promise.all(nodes.map(async (node) => textOf(await handlers['tree.value']({ treeId, node }, context))))

    expect(said).toEqual([long, '[1,{"a":2}]'])
  })
})
