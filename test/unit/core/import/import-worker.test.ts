import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { collectFiles, COLLECT_LIMITS } from '#core/import/collect-files.ts'
import { decodeText } from '#core/import/decode-text.ts'
import { emptyImport, importedFolder, importedRequest, plainRequest, type ImportedItem } from '#core/import/imported.ts'
import { createAssembly, itemPieces } from '#core/import/import-parts.ts'
import { readInWorker } from '#core/import/import-worker-client.ts'
import { summariseImport } from '#core/import/summarise-import.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const quiet = (): void => undefined

describe('bytes as text', () => {
  test.each([
    ['UTF-8', Buffer.from('naïve ✓'), 'utf-8', 'naïve ✓'],
    ['UTF-8 with its mark', Buffer.from('\uFEFFa'), 'utf-8', 'a'],
    ['UTF-16 with its mark', Buffer.from('\uFEFFcurl é', 'utf16le'), 'utf-16le', 'curl é'],
    ['UTF-16 without it', Buffer.from('curl http://a.test/', 'utf16le'), 'utf-16le', 'curl http://a.test/'],
    ['UTF-16, big end first', Buffer.from('\uFEFFab', 'utf16le').swap16(), 'utf-16be', 'ab'],
    ['Windows-1252', Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x80]), 'windows-1252', 'café€'],
    ['nothing', Buffer.alloc(0), 'utf-8', ''],
  ])('%s', (_what, bytes, encoding, text) => {
    expect(decodeText(bytes)).toEqual({ encoding, text })
  })

  test.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
    ['an archive', Buffer.from([0x50, 0x4b, 3, 4, 0x14, 0, 8, 0, 8])],
  ])('%s is none', (_what, bytes) => {
    expect(decodeText(bytes)).toBeNull()
  })
})

describe('the files that were handed over', () => {
  test('a folder is read with all below it, without links, hidden files and pictures', async () => {
    const root = await tempDir()
    const outside = join(root, 'outside.txt')
    const folder = join(root, 'Shop')
    await mkdir(join(folder, 'b', 'node_modules'), { recursive: true })
    await Promise.all([
      writeFile(outside, 'secret'),
      writeFile(join(folder, 'a.bru'), 'one'),
      writeFile(join(folder, 'b', 'c.bru'), 'two'),
      writeFile(join(folder, 'b', 'node_modules', 'd.bru'), 'three'),
      writeFile(join(folder, '.env'), 'four'),
      writeFile(join(folder, 'logo.png'), Buffer.from([0x89, 0x50, 0, 0])),
      symlink(outside, join(folder, 'link.bru')),
      symlink(folder, join(folder, 'b', 'loop')),
    ])

    const { files } = await collectFiles([{ path: folder, name: 'Shop' }], quiet)

    expect(files.map(({ name, text }) => [name, text])).toEqual([
      ['Shop/a.bru', 'one'],
      ['Shop/b/c.bru', 'two'],
    ])
  })

  test('too many files, too many bytes and folders too deep are refused', async () => {
    const root = await tempDir()
    await mkdir(join(root, 'a', 'b', 'c'), { recursive: true })
    await Promise.all([writeFile(join(root, 'a', '1'), '12345'), writeFile(join(root, 'a', 'b', '2'), '67890')])
    const named = [{ path: join(root, 'a'), name: '' }]

    await expect(collectFiles(named, quiet, { ...COLLECT_LIMITS, files: 1 })).rejects.toMatchObject({ kind: 'TooLarge' })
    await expect(collectFiles(named, quiet, { ...COLLECT_LIMITS, bytes: 9 })).rejects.toMatchObject({ kind: 'TooLarge' })
    await expect(collectFiles(named, quiet, { ...COLLECT_LIMITS, depth: 2 })).rejects.toMatchObject({ kind: 'TooLarge' })
    await expect(collectFiles(named, quiet, { files: 2, bytes: 10, depth: 3 })).resolves.toMatchObject({ notes: [] })
  })

  test('a named file that is missing, or no text, is told of', async () => {
    const root = await tempDir()
    await writeFile(join(root, 'x.zip'), Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]))

    await expect(collectFiles([{ path: join(root, 'none'), name: '' }], quiet)).rejects.toMatchObject({ kind: 'FileNotFound' })
    await expect(collectFiles([{ path: join(root, 'x.zip'), name: '' }], quiet)).rejects.toMatchObject({
      kind: 'Unreadable',
      parts: { details: { file: 'x.zip' } },
    })
  })
})

describe('an import in pieces', () => {
  test('is put together as it was', () => {
    const request = (name: string, text = ''): ImportedItem => importedRequest(plainRequest(name, { body: { kind: 'text', text } }))
    const items = [
      request('a', 'x'.repeat(2_000_000)),
      importedFolder('F', [importedFolder('G', [request('b')]), request('c', 'y'.repeat(1_500_000)), importedFolder('H', [])]),
      request('d'),
    ]

    const pieces = [...itemPieces(items)]
    const assembly = createAssembly()
    for (const piece of pieces) assembly.add(piece)

    expect(pieces.length).toBe(3)
    expect(assembly.whole(emptyImport('har')).items).toEqual(items)
  })
})

describe('the summary', () => {
  test('has a row for each thing, with how many notes are about it', () => {
    const note = (where: string, severity: 'lost' | 'kept') => ({ severity, where, line: null, message: where })

    const summary = summariseImport({
      ...emptyImport('postman'),
      name: 'Shop',
      items: [
        importedFolder('Users', [
          importedRequest(plainRequest('Create', { method: 'POST', url: '/u', scripts: [{ type: 'tests', code: '1' }] })),
        ]),
      ],
      environments: [{ environment: { name: 'Dev', extends: null, dotEnvPath: null, color: null, variables: [] }, secrets: {} }],
      notes: [note('Users / Create', 'kept'), note('Users / Create', 'lost'), note('', 'lost')],
    })

    expect(summary.rows).toEqual([
      { kind: 'folder', name: 'Users', detail: '', depth: 0, notes: 0 },
      { kind: 'request', name: 'Create', method: 'POST', detail: '/u', depth: 1, notes: 2 },
      { kind: 'environment', name: 'Dev', detail: '0 variables', depth: 0, notes: 0 },
    ])
    expect(summary.counts).toEqual({
      requests: 1,
      folders: 1,
      environments: 1,
      sessions: 0,
      examples: 0,
      scripts: 1,
      credentials: 0,
      notes: 3,
    })
    expect(summary.notes.map(({ severity }) => severity)).toEqual(['lost', 'lost', 'kept'])
  })
})

describe('the worker', () => {
  test('tells a text of no known format as the importers would', async () => {
    const reading = readInWorker({ source: { kind: 'text', text: 'Dear all, nothing here is a request.' }, format: undefined })

    await expect(reading).rejects.toMatchObject({ kind: 'Unreadable', message: 'This text is not in a format that can be imported.' })
  })

  test('is ended when the caller gives up', async () => {
    const giveUp = new AbortController()
    const reading = readInWorker(
      { source: { kind: 'text', text: 'x'.repeat(1000) }, format: undefined },
      { signal: giveUp.signal, onProgress: () => giveUp.abort() },
    )

    await expect(reading).rejects.toMatchObject({ kind: 'Cancelled' })
  })
})
