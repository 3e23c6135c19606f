import { mkdtemp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BodyId } from '../../src-main/contract/model/ids.ts'
import { createBodyStore, type BodyStore } from '../../src-main/core/bodies/body-store.ts'
import { createBodyViews, type BodyViews } from '../../src-main/core/bodies/body-views.ts'
import { createViewFiles } from '../../src-main/core/bodies/view-files.ts'

let folder: string
let store: BodyStore
let views: BodyViews

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-views-'))
  store = createBodyStore({ dir: join(folder, 'bodies'), now: Date.now })
  views = createBodyViews({ store, dir: join(folder, 'views') })
})

afterEach(async () => {
  await views.closeAll()
  await store.flush()
  await rm(folder, { recursive: true, force: true })
})

const put = async (body: Uint8Array | string): Promise<BodyId> => (await store.put(Buffer.from(body))).id

async function open(
  id: BodyId,
  options: { contentType?: string; format?: 'pretty' | 'raw'; encoding?: string | null; signal?: AbortSignal } = {},
) {
  const { contentType = '', format = 'pretty', encoding = null, signal } = options
  return views.open({ id, contentType, format, encoding }, signal)
}

/** Text files of views that lie on disk now. */
async function viewFiles(): Promise<string[]> {
  const names = await readdir(join(folder, 'views'), { recursive: true }).catch(() => [])
  return names.filter((name) => name.endsWith('.txt'))
}

const item = (index: number): string => `{"id":${index},"name":"Käthe 🎉 ${index}","tags":["a","b"],"empty":{}}`
const ITEM_LINES = 9

/** One line of JSON, at least so long. */
async function putJson(bytes: number): Promise<{ id: BodyId; items: number; bytes: number }> {
  const writer = store.write()
  let written = 1
  let items = 0
  await writer.append(Buffer.from('['))
  while (written < bytes) {
    const batch = Buffer.from(Array.from({ length: 5000 }, (_, index) => `${items + index > 0 ? ',' : ''}${item(items + index)}`).join(''))
    await writer.append(batch)
    items += 5000
    written += batch.length
  }
  await writer.append(Buffer.from(']'))
  return { ...(await writer.finish()), items }
}

const prettyItem = (index: number, last: boolean): string[] => [
  '  {',
  `    "id": ${index},`,
  `    "name": "Käthe 🎉 ${index}",`,
  '    "tags": [',
  '      "a",',
  '      "b"',
  '    ],',
  '    "empty": {}',
  last ? '  }' : '  },',
]

describe('body views', () => {
  test('open a small body at once, and read its lines', async () => {
    const view = await open(await put('{"a":[1,2]}'), { contentType: 'application/json' })

    expect(view).toMatchObject({
      language: 'json',
      encoding: 'utf-8',
      encodingFrom: 'json',
      lines: 6,
      length: 29,
      text: '{\n  "a": [\n    1,\n    2\n  ]\n}',
      note: null,
    })
    expect(await views.lines(view.viewId, 1, 2)).toEqual(['  "a": [', '    1,'])
    expect(await viewFiles()).toEqual([])
  })

  test('show raw text as it came, in the encoding that was found or chosen', async () => {
    const id = await put(iconv.encode('Привет, мир! Это обычный русский текст.\r\nконец', 'windows-1251'))

    expect(await open(id, { contentType: 'text/plain; charset=windows-1251', format: 'raw' })).toMatchObject({
      text: 'Привет, мир! Это обычный русский текст.\r\nконец',
      encoding: 'windows-1251',
      encodingFrom: 'header',
      lines: 2,
      language: 'plaintext',
    })
    expect(await open(id, { encoding: 'KOI8-R' })).toMatchObject({ encoding: 'koi8-r', encodingFrom: 'override' })
    await expect(open(id, { encoding: 'klingon' })).rejects.toMatchObject({ kind: 'InvalidOption' })
  })

  test('refuse a body that is not kept, and a view that is closed', async () => {
    const view = await open(await put('text'))
    await views.close(view.viewId)

    await expect(views.lines(view.viewId, 0, 1)).rejects.toMatchObject({ kind: 'NotFound' })
    await expect(open('0'.repeat(64) as BodyId)).rejects.toMatchObject({ kind: 'NotFound' })
  })

  test('open 100 MiB of one-line JSON in little memory, and read any lines of it', async () => {
    const { id, items, bytes } = await putJson(100 * 1024 * 1024)
    expect(bytes).toBeGreaterThan(100 * 1024 * 1024)
    const before = process.memoryUsage().rss
    let peak = before
    const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20)

    const view = await open(id, { contentType: 'application/json' })
    const first = await views.lines(view.viewId, 0, 10)
    const middle = await views.lines(view.viewId, 1 + ITEM_LINES * 500_000, ITEM_LINES * 2)
    const end = await views.lines(view.viewId, view.lines - ITEM_LINES - 1, 2000)
    clearInterval(sampler)

    expect(view).toMatchObject({ lines: items * ITEM_LINES + 2, text: null, note: null, language: 'json' })
    expect(first).toEqual(['[', ...prettyItem(0, false)])
    expect(middle).toEqual([...prettyItem(500_000, false), ...prettyItem(500_001, false)])
    expect(end).toEqual([...prettyItem(items - 1, true), ']'])
    expect(peak - before).toBeLessThan(300 * 1024 * 1024)
  })

  test('read a large raw body where it lies: one line that is cut, and no second file', async () => {
    const { id, bytes } = await putJson(3 * 1024 * 1024)

    const view = await open(id, { format: 'raw' })
    const [line] = await views.lines(view.viewId, 0, 10)

    expect(view).toMatchObject({ lines: 1, text: null, language: 'json' })
    expect(view.length).toBeLessThan(bytes)
    expect(line).toHaveLength(20_000)
    expect(line?.startsWith(`[${item(0)},${item(1)}`)).toBe(true)
    expect(await viewFiles()).toEqual([])
  })

  test('agree on text and lines between a view in place, one in a file and a small one', async () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `Zeile ${index} – ö${'x'.repeat(index % 7)}`)
    const text = lines.join('\r\n')
    const bodies = [Buffer.from(`\ufeff${text}`), iconv.encode(text, 'utf-16be', { addBOM: true })]

    for (const body of bodies) {
      const view = await open(await put(body), { contentType: 'text/plain' })
      expect(view).toMatchObject({ text, length: text.length, lines: lines.length, encodingFrom: 'bom' })
      expect(await views.lines(view.viewId, 39_990, 50)).toEqual(lines.slice(39_990))
    }
  })

  test('lay out XML, HTML, CSS and JavaScript in the worker, up to 2 MiB', async () => {
    const view = await open(await put('<a><b>1</b></a>'), { contentType: 'application/xml' })
    const huge = await open(await put(`<a>${'<b>1</b>'.repeat(300_000)}</a>`), { contentType: 'application/xml' })

    expect(view).toMatchObject({ text: '<a>\n  <b>1</b>\n</a>', language: 'xml', note: null })
    expect(huge).toMatchObject({ lines: 1, language: 'xml', note: 'Shown as it came: only JSON is laid out above 2 MiB.' })
    expect(await views.lines(view.viewId, 1, 1)).toEqual(['  <b>1</b>'])
  })

  test('remove the file of a view when it is closed, and all of them at the end', async () => {
    const { id } = await putJson(400_000)
    const one = await open(id, { contentType: 'application/json' })
    await open(id, { contentType: 'application/json' })
    expect(await viewFiles()).toHaveLength(2)

    await views.close(one.viewId)
    expect(await viewFiles()).toHaveLength(1)

    await views.closeAll()
    expect(await readdir(join(folder, 'views'))).toEqual([])
  })

  test('remove what a killed process left behind, not what a living one has', async () => {
    const left = join(folder, 'views', 'views-2147480000-abc')
    const living = join(folder, 'views', `views-${process.ppid}-abc`)
    for (const path of [left, living]) {
      await mkdir(path, { recursive: true })
      await writeFile(join(path, '1.txt'), 'x')
    }

    await open((await putJson(400_000)).id, { contentType: 'application/json' })

    const names = await readdir(join(folder, 'views'))
    expect(names).toContain(`views-${process.ppid}-abc`)
    expect(names).not.toContain('views-2147480000-abc')
  })

  test('stop at once when cancelled, leave no file, and go on working', async () => {
    const { id } = await putJson(30 * 1024 * 1024)
    const small = (await putJson(400_000)).id
    const controller = new AbortController()

    const opening = open(id, { contentType: 'application/json', signal: controller.signal })
    const meanwhile = await open(small, { contentType: 'application/json' }) // done between the pieces of the other
    controller.abort()

    await expect(opening).rejects.toMatchObject({ kind: 'Cancelled' })
    await views.close(meanwhile.viewId)
    await views.close((await open(small, { contentType: 'application/json' })).viewId)
    expect(await viewFiles()).toEqual([])
  })

  test('fail what is under way when everything closes', async () => {
    const { id } = await putJson(10 * 1024 * 1024)
    await views.close((await open((await putJson(400_000)).id)).viewId)

    const opening = expect(open(id, { contentType: 'application/json' })).rejects.toMatchObject({ kind: 'Cancelled' })
    await views.closeAll()

    await opening
    expect(await readdir(join(folder, 'views'))).toEqual([])
  })

  test('ask for a file while everything closes: it is cancelled, and no folder is left', async () => {
    for (let round = 0; round < 100; round += 1) {
      const files = createViewFiles(join(folder, 'views'))
      await files.next()

      const asked = [files.next(), files.next()]
      const closed = files.close()
      const ended = await Promise.allSettled(asked)
      await closed

      for (const one of ended) expect(one).toMatchObject({ status: 'rejected', reason: { kind: 'Cancelled' } })
      await expect(files.next()).rejects.toMatchObject({ kind: 'Cancelled' })
    }
    expect(await readdir(join(folder, 'views'))).toEqual([])
  })

  test('go to the spare folder where the data folder cannot be written, body and all', async () => {
    await writeFile(join(folder, 'file'), '')
    const unwritable = createBodyStore({ dir: join(folder, 'file', 'bodies'), now: Date.now })
    const spareDir = join(folder, 'spare')
    const elsewhere = createBodyViews({ store: unwritable, dir: join(folder, 'file', 'views'), spareDir })
    const { id } = await unwritable.put(Buffer.from('<a><b>1</b></a>'))

    const opened = await elsewhere.open({ id, contentType: 'application/xml', format: 'pretty', encoding: null })

    expect(opened.text).toBe('<a>\n  <b>1</b>\n</a>')
    expect(await elsewhere.lines(opened.viewId, 1, 1)).toEqual(['  <b>1</b>'])
    // The copy of the body is gone again; the view is in a folder that only this user can enter.
    const [own = ''] = await readdir(spareDir)
    expect(await readdir(join(spareDir, own))).toEqual(['1.txt'])
    expect((await stat(join(spareDir, own))).mode & 0o077).toBe(0)
    await elsewhere.closeAll()
    expect(await readdir(spareDir)).toEqual([])
  })

  test('are made in memory where nothing can be written, and say so where they are too large for that', async () => {
    await writeFile(join(folder, 'file'), '')
    const nowhere = { dir: join(folder, 'file', 'views'), spareDir: join(folder, 'file', 'spare') }
    const elsewhere = createBodyViews({ store, ...nowhere })

    const xml = await elsewhere.open({ id: await put('<a><b>1</b></a>'), contentType: 'application/xml', format: 'pretty', encoding: null })
    expect(xml.text).toBe('<a>\n  <b>1</b>\n</a>')
    const { id } = await putJson(3_000_000)
    const large = elsewhere.open({ id, contentType: 'application/json', format: 'pretty', encoding: null })
    await expect(large).rejects.toMatchObject({ kind: 'StorageError' })
    await elsewhere.closeAll()
  })

  test('report a worker that cannot start', async () => {
    const broken = createBodyViews({ store, dir: join(folder, 'views'), workerUrl: new URL('./no-such-worker.js', import.meta.url) })
    const { id } = await putJson(400_000)

    await expect(broken.open({ id, contentType: '', format: 'raw', encoding: null })).rejects.toThrow('no-such-worker')
    await broken.closeAll()
  })
})

describe('a large body that is opened early', () => {
  /** Opened, then followed until it is whole. */
  async function follow(id: BodyId, format: 'pretty' | 'raw') {
    const first = await views.open({ id, contentType: '', format, encoding: null, early: true })
    const seen = [first]
    for (let view = first; view.share !== undefined; seen.push(view)) view = await views.grown(first.viewId, view.lines)
    return { first, seen, whole: seen.at(-1) ?? first }
  }

  test('answers with its first lines, grows, and is then what it is when it is opened whole', async () => {
    const { id, items } = await putJson(20 * 1024 * 1024)

    const { first, seen, whole } = await follow(id, 'pretty')

    expect(first).toMatchObject({ language: 'json', encoding: 'utf-8', text: null })
    expect(first.share).toBeLessThan(0.1)
    expect(first.lines).toBeLessThan(items)
    expect(first.first?.slice(0, 4)).toEqual(['[', '  {', '    "id": 0,', '    "name": "Käthe 🎉 0",'])
    const lines = seen.map((view) => view.lines)
    expect(lines).toEqual([...lines].sort((a, b) => a - b))
    const { viewId: _own, ...facts } = whole
    const { viewId: other, ...plain } = await open(id)
    expect(facts).toEqual(plain)
    for (const from of [0, first.lines - 3, Math.floor(whole.lines / 2), whole.lines - 5])
      expect(await views.lines(first.viewId, from, 9)).toEqual(await views.lines(other, from, 9))
  })

  test('can be read wherever it has come, while the rest is made', async () => {
    const { id } = await putJson(20 * 1024 * 1024)
    const { viewId, lines, share } = await views.open({ id, contentType: '', format: 'pretty', encoding: null, early: true })
    expect(share).toBeDefined()

    const last = await views.lines(viewId, lines - 2, 10)
    let grown = await views.grown(viewId, lines)
    // It answers after a moment, also where nothing has come.
    while (grown.lines === lines) grown = await views.grown(viewId, lines)

    expect(last.length).toBeGreaterThanOrEqual(2)
    expect(await views.lines(viewId, lines - 2, 2)).toEqual(last.slice(0, 2))
    expect(grown.lines).toBeGreaterThan(lines)
    expect(await views.lines(viewId, grown.lines - 1, 1)).toHaveLength(1)
  })

  test('shows the beginning of a line that takes all of it', async () => {
    const { id, bytes } = await putJson(20 * 1024 * 1024)

    const { first, whole } = await follow(id, 'raw')

    expect([first.lines, first.first?.[0]?.length]).toEqual([1, 20_000])
    expect([whole.lines, (await stat(await store.path(id))).size]).toEqual([1, bytes])
    expect(await viewFiles()).toEqual([])
  })

  test('is no longer made once it is closed, and leaves nothing behind', async () => {
    const { id } = await putJson(20 * 1024 * 1024)
    const { viewId } = await views.open({ id, contentType: '', format: 'pretty', encoding: null, early: true })

    const waiting = expect(views.grown(viewId, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ kind: 'Cancelled' })
    await views.close(viewId)

    await waiting
    await expect(views.lines(viewId, 0, 1)).rejects.toMatchObject({ kind: 'NotFound' })
    await expect.poll(viewFiles).toEqual([])
  })

  test('that is no JSON from somewhere on says so when it is whole', async () => {
    const writer = store.write()
    await writer.append(Buffer.from(`[${'{"a":1},'.repeat(1_500_000)}oops]`))
    const { id } = await writer.finish()

    const { first, whole } = await follow(id, 'pretty')

    expect([first.note, whole.note]).toEqual([null, expect.stringContaining('Not valid JSON from line 1')])
    expect((await views.lines(first.viewId, whole.lines - 1, 1))[0]).toContain('oops')
  })
})
