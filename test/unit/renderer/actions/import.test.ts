import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CollectionIdSchema, NodeIdSchema } from '#contract/model/ids.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { ImportSummary } from '#contract/model/import.ts'
import { failed, ok } from '#contract/result.ts'
import { undo } from '../../../../src-renderer/actions/edit.ts'
import {
  closeImport,
  importProgressed,
  importSources,
  openImport,
  openImportOf,
  stopReading,
  typeImport,
  writeImport,
} from '../../../../src-renderer/actions/import.ts'
import { takeLastBack } from '../../../../src-renderer/actions/tree-undo.ts'
import { pasteRequest } from '../../../../src-renderer/actions/paste-request.ts'
import { faultWords } from '../../../../src-renderer/lib/import-words.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useDraftsStore } from '../../../../src-renderer/stores/drafts-store.ts'
import { useFocusStore } from '../../../../src-renderer/stores/focus-store.ts'
import { useImportStore } from '../../../../src-renderer/stores/import-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import { freshWindow, openedTab } from '../../../support/renderer-kit.ts'

const COLLECTION = CollectionIdSchema.parse('0123456789abcdef')
const NODE = NodeIdSchema.parse(`${COLLECTION}/a.yml`)

function summaryOf(importId: string, counts: Partial<ImportSummary['counts']> = {}, more: Partial<ImportSummary> = {}): ImportSummary {
  const none = { requests: 1, folders: 0, environments: 0, sessions: 0, examples: 0, scripts: 0, credentials: 0, notes: 0 }
  return { importId, format: 'curl', name: '', counts: { ...none, ...counts }, rows: [], notes: [], ...more }
}

const UNREADABLE = { kind: 'Unreadable', stage: 'resolve', message: 'It is broken.', hint: 'Mend it.' } as const

let platform: FakePlatform

beforeEach(() => {
  platform = freshWindow()
  platform.answer('import.read', summaryOf('i1')).answer('import.discard', {})
})

const state = () => useImportStore.getState()

describe('reading an import', () => {
  test('of a text that is too long says so, and asks nobody', () => {
    openImportOf('a'.repeat(16 * 1024 * 1024 + 1))

    expect(state().error).toMatchObject({ kind: 'TooLarge', hint: 'Save it as a file, and import that.' })
    expect(state().reading).toBeNull()
    expect(platform.calls.filter(({ name }) => name === 'import.read')).toEqual([])
  })

  test('of a text waits until the typing rests', async () => {
    vi.useFakeTimers()
    openImport()
    typeImport('curl a')
    typeImport('curl a.test')

    await vi.runAllTimersAsync()
    vi.useRealTimers()

    expect(platform.inputs('import.read')).toMatchObject([{ source: { kind: 'text', text: 'curl a.test' } }])
    expect(state()).toMatchObject({ reading: null, summary: { importId: 'i1' }, error: null })
  })

  test('a later one takes the place of the one before, and what that read is let go', async () => {
    const first = deferred<ReturnType<typeof ok<ImportSummary>>>()
    platform.answer('import.read', () => first.promise)
    openImportOf('one')
    platform.answer('import.read', summaryOf('i2'))
    openImportOf('two')
    await vi.waitFor(() => expect(state().summary?.importId).toBe('i2'))

    first.resolve(ok(summaryOf('i1')))

    await vi.waitFor(() => expect(platform.inputs('import.discard')).toEqual([{ importId: 'i1' }]))
    expect(state().summary?.importId).toBe('i2')
  })

  test('progress is shown of the own reading only, and Stop ends it', async () => {
    let signal: AbortSignal | undefined
    platform.answer('import.read', (_input, given) => {
      signal = given
      return deferred<ReturnType<typeof ok<ImportSummary>>>().promise
    })
    openImportOf('text')
    const ticket = state().reading?.ticket ?? ''

    importProgressed({ ticket: 'other', phase: 'converting', done: 0.9 })
    importProgressed({ ticket, phase: 'parsing', done: 0.5 })

    expect(state().reading).toEqual({ ticket, phase: 'parsing', done: 0.5 })
    stopReading()
    expect(signal?.aborted).toBe(true)
    expect(state().reading).toBeNull()
  })

  test('files without a path are copied first, and keep their names', async () => {
    openImport()

    await importSources([{ kind: 'file', file: new File(['{}'], 'shop.json') }])

    expect(platform.inputs('import.read')).toMatchObject([
      { source: { kind: 'files', files: [{ path: '/data/uploads/shop.json', name: 'shop.json' }] } },
    ])
  })

  test('what cannot be read is said, and closing lets go of what was', async () => {
    openImportOf('good')
    await vi.waitFor(() => expect(state().summary).not.toBeNull())
    closeImport()
    expect(platform.inputs('import.discard')).toEqual([{ importId: 'i1' }])

    platform.refuse('import.read', UNREADABLE)
    openImportOf('bad')

    await vi.waitFor(() => expect(state().error).toEqual(UNREADABLE))
    expect(state().summary).toBeNull()
  })
})

describe('writing an import', () => {
  test('closes the dialog, selects what came, and offers to take it back', async () => {
    platform
      .answer('import.write', { collectionId: COLLECTION, nodeIds: [NODE], environments: [], secrets: ['token'], notes: [] })
      .answer('node.trash', (input) => ok({ trashId: 'ab'.repeat(9), name: String(input.ids.length) } as never))
      .answer('import.takeBack', { gone: [], left: [] })
    openImportOf('good')
    await vi.waitFor(() => expect(state().summary).not.toBeNull())

    await writeImport({ kind: 'place', parent: { collectionId: COLLECTION, folderId: null } }, true)

    expect(state().isOpen).toBe(false)
    expect(useFocusStore.getState().row).toBe(NODE)
    const [notice] = useAppStore.getState().notices
    expect(notice?.text).toBe('Imported 1 request; 1 credential kept as a secret.')
    notice?.action?.run()
    await vi.waitFor(() => expect(platform.inputs('import.takeBack')).toEqual([{ importId: 'i1' }]))
    expect(platform.inputs('node.trash')).toEqual([{ ids: [NODE] }])
  })

  test('of a collection of its own closes it and has its folder removed', async () => {
    platform
      .answer('import.write', { collectionId: COLLECTION, nodeIds: [NODE], environments: [], secrets: [], notes: [] })
      .answer('collection.close', {})
      .answer('import.takeBack', { gone: ['the collection “Shop” and its folder'], left: [] })
    openImportOf('good')
    await vi.waitFor(() => expect(state().summary).not.toBeNull())
    await writeImport({ kind: 'collection', name: 'Shop' }, true)

    useAppStore.getState().notices[0]?.action?.run()

    const words = (): string[] => useAppStore.getState().notices.map(({ text }) => text)
    await vi.waitFor(() => expect(words()).toContain('Taken back with the import: the collection “Shop” and its folder.'))
    expect(platform.inputs('collection.close')).toEqual([{ id: COLLECTION }])
    expect(platform.inputs('import.takeBack')).toEqual([{ importId: 'i1' }])
    expect(words().join()).not.toContain('Its files stay')
  })

  test('that could not be read is let go with the dialog', async () => {
    platform.refuse('import.read', { kind: 'Unreadable', stage: 'resolve', message: 'No.' })
    openImportOf('bad')
    await vi.waitFor(() => expect(state().error).not.toBeNull())

    closeImport()

    const [{ ticket } = { ticket: '' }] = platform.inputs('import.read')
    expect(platform.inputs('import.discard')).toEqual([{ importId: ticket }])
  })

  test.each([
    [
      'what went and what stays',
      { gone: ['the session “a”'], left: ['the variable {{b}}'] },
      'Taken back with the import: the session “a”.',
    ],
    ['what stays alone', { gone: [], left: ['the variable {{b}}'] }, 'Changed since, and still there: the variable {{b}}.'],
  ])('of no requests can be taken back too, and %s is said', async (_what, taken, text) => {
    platform
      .answer('import.write', { collectionId: COLLECTION, nodeIds: [], environments: ['E'], secrets: [], notes: [] })
      .answer('import.takeBack', taken)
    openImportOf('good')
    await vi.waitFor(() => expect(state().summary).not.toBeNull())
    await writeImport({ kind: 'place', parent: { collectionId: COLLECTION, folderId: null } }, true)

    await takeLastBack()

    expect(platform.inputs('import.takeBack')).toEqual([{ importId: 'i1' }])
    expect(useAppStore.getState().notices.map((notice) => notice.text)).toContain(text)
  })

  test('that fails keeps the dialog, with what was read', async () => {
    platform.refuse('import.write', { kind: 'StorageError', stage: 'store', message: 'The disk is full.' })
    openImportOf('good')
    await vi.waitFor(() => expect(state().summary).not.toBeNull())

    await writeImport({ kind: 'collection', name: 'Shop' }, true)

    expect(state()).toMatchObject({ isOpen: true, reading: null, error: { kind: 'StorageError' }, summary: { importId: 'i1' } })
  })
})

describe('a command pasted into the address', () => {
  const made = { ...emptyRequest('PUT /users'), url: 'https://a.test/users', method: 'PUT' }

  test('takes the place of an empty request, as one undo step', async () => {
    const tab = openedTab('a')
    platform
      .answer('import.requests', { documents: [made] })
      .answer('import.read', () =>
        ok(summaryOf('i1', {}, { notes: [{ severity: 'lost', where: '', line: 2, message: 'No such option.' }] })),
      )

    expect(await pasteRequest(tab.draft.id, 'curl https://a.test/')).toBe(true)

    const document = () => useDraftsStore.getState().tabs[tab.draft.id]?.draft.document
    expect(document()).toMatchObject({ name: 'Untitled request', url: 'https://a.test/users', method: 'PUT' })
    expect(useAppStore.getState().notices).toMatchObject([
      { text: 'A request was made of the cURL command.', hint: 'Line 2: No such option.', action: { label: 'Undo' } },
    ])
    undo(tab.draft.id)
    expect(document()).toMatchObject({ url: '', method: 'GET' })
  })

  test('opens tabs beside a request that has something in it, and Undo closes them', async () => {
    const tab = openedTab('a', { document: { ...emptyRequest(), url: 'https://mine.test/' } })
    platform.answer('import.requests', { documents: [made, made] }).answer('import.read', summaryOf('i1', { requests: 2 }))

    await pasteRequest(tab.draft.id, 'curl a --next b')

    expect(useDraftsStore.getState().order).toHaveLength(3)
    expect(useDraftsStore.getState().tabs[tab.draft.id]?.draft.document.url).toBe('https://mine.test/')
    useAppStore.getState().notices[0]?.action?.run()
    expect(useDraftsStore.getState().order).toEqual([tab.draft.id])
  })

  test('of a whole collection opens the dialog', async () => {
    const tab = openedTab('a')
    platform.answer('import.read', summaryOf('i1', { requests: 40, folders: 3 }))

    expect(await pasteRequest(tab.draft.id, '{}')).toBe(true)

    expect(state()).toMatchObject({ isOpen: true, text: '{}' })
  })

  test('that cannot be understood is said, and left to the field', async () => {
    const tab = openedTab('a')
    platform.answer('import.read', () => failed(UNREADABLE))

    expect(await pasteRequest(tab.draft.id, 'curl "')).toBe(false)

    expect(useAppStore.getState().notices).toMatchObject([{ text: 'It is broken.', hint: 'Mend it.' }])
  })
})

describe('words of an import', () => {
  test('name the place of a fault once', () => {
    const error = { kind: 'Unreadable', stage: 'resolve', message: 'A quote is not closed.' } as const

    expect(faultWords({ ...error, details: { line: 2, column: 7 } })).toBe('Line 2, column 7: A quote is not closed.')
    expect(faultWords({ ...error, message: 'x.json, line 2: A quote.', details: { line: 2 } })).toBe('x.json, line 2: A quote.')
    expect(faultWords(error)).toBe('A quote is not closed.')
  })
})
