import { beforeEach, describe, expect, test } from 'vitest'
import { CollectionIdSchema, NodeIdSchema } from '#contract/model/ids.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { ok } from '#contract/result.ts'
import {
  changeExportLoad,
  chooseExportFormat,
  closeExport,
  isArchive,
  openExport,
  openExportOfTab,
  revealInExport,
} from '../../../../src-renderer/actions/export.ts'
import { refusedExchange } from '../../../../src-renderer/lib/refused-exchange.ts'
import { useChoicesStore } from '../../../../src-renderer/stores/choices-store.ts'
import { useExchangesStore } from '../../../../src-renderer/stores/exchanges-store.ts'
import { useExportStore, type Exported } from '../../../../src-renderer/stores/export-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import { errorOf, exchangeId, freshWindow, openedTab } from '../../../support/renderer-kit.ts'

const COLLECTION = CollectionIdSchema.parse('0123456789abcdef')
const NODE = NodeIdSchema.parse(`${COLLECTION}/a.yml`)
const PLACE = { kind: 'place', parent: { collectionId: COLLECTION, folderId: null }, name: 'Shop' } as const

function textsOf(name: string): Exported {
  return { files: [{ name, text: 'x' }], notes: [] }
}

let platform: FakePlatform

beforeEach(() => {
  platform = freshWindow()
  platform.answer('export.folder', textsOf('folder')).answer('export.request', textsOf('request'))
})

const state = () => useExportStore.getState()

describe('an export', () => {
  test('that was asked for before something was typed or chosen is not handed out after it', async () => {
    const first = deferred<ReturnType<typeof ok<Exported>>>()
    platform.answer('export.folder', () => first.promise)
    openExport(PLACE)
    changeExportLoad({ data: 'users.csv' })
    platform.answer('export.folder', textsOf('with users'))

    first.resolve(ok(textsOf('without')))
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
    expect(state().exported).toBeNull()
    await expect.poll(() => state().exported).toEqual(textsOf('with users'))
    expect(state().isStale).toBe(false)

    revealInExport(true)
    expect(state().isStale).toBe(true)
    await expect.poll(() => state().isStale).toBe(false)
  })

  test('of a collection is asked for at once, and again with another format', async () => {
    openExport(PLACE)
    await Promise.resolve()
    chooseExportFormat('postman')
    revealInExport(true)

    await expect.poll(() => state().exported).toEqual(textsOf('folder'))
    expect(platform.inputs('export.folder')).toEqual([
      { parent: PLACE.parent, format: 'opencollection', credentials: 'reference' },
      { parent: PLACE.parent, format: 'postman', credentials: 'reference' },
      { parent: PLACE.parent, format: 'postman', credentials: 'clear' },
    ])
  })

  test('as code has the values of what is chosen in its collection; several files are one archive', async () => {
    useChoicesStore.getState().choose(COLLECTION, { environment: 'Live', session: 'alice' })
    const files = [textsOf('A.go'), textsOf('Sub/B.go')].flatMap((one) => one.files)
    platform.answer('export.folder', { files, notes: [] })
    openExport(PLACE)

    chooseExportFormat('go')

    await expect.poll(() => state().exported?.files).toEqual(files)
    const chosen = { environment: 'Live', session: 'alice' }
    expect(platform.inputs('export.folder')).toEqual([
      { parent: PLACE.parent, format: 'opencollection', credentials: 'reference' },
      { parent: PLACE.parent, format: 'go', credentials: 'reference', ...chosen },
    ])
    expect([isArchive(files, 'go'), isArchive(files.slice(1), 'go'), isArchive(files, 'postman')]).toEqual([true, false, false])
  })

  test('of a saved request is of its file', async () => {
    const document = emptyRequest('Saved')
    platform.answer('request.open', { kind: 'request', document, revision: 'r' })

    openExport({ kind: 'saved', nodeId: NODE, name: 'Saved' })

    await expect.poll(() => state().exported).toEqual(textsOf('request'))
    expect(platform.inputs('export.request')).toMatchObject([{ document, nodeId: NODE, format: 'opencollection' }])
  })

  test('of the tab in front is of what is typed there', async () => {
    openedTab('a', { document: { ...emptyRequest('Typed'), url: 'https://a.test' } })

    openExportOfTab()

    await expect.poll(() => state().exported).toEqual(textsOf('request'))
    expect(platform.inputs('export.request')).toMatchObject([{ document: { name: 'Typed', url: 'https://a.test' }, nodeId: null }])
  })

  test('of a tab as HAR has what was sent last, where something was', async () => {
    const { draft } = openedTab('b', { document: emptyRequest('Sent') })
    const exchange = { ...refusedExchange(errorOf('Bug')), id: exchangeId('x'), ok: true, error: null }
    useExchangesStore.getState().set(draft.id, { last: exchange })

    openExportOfTab()
    await expect.poll(() => state().exported).not.toBeNull()
    chooseExportFormat('har')

    await expect.poll(() => platform.inputs('export.request').length).toBe(2)
    expect(platform.inputs('export.request')[0]).not.toHaveProperty('exchange')
    expect(platform.inputs('export.request')[1]).toMatchObject({ format: 'har', exchange })
  })

  test('a file that cannot be read says why', async () => {
    const error = { kind: 'Unreadable', stage: 'store', message: 'It is broken.' } as const
    platform.answer('request.open', { kind: 'broken', name: 'a', text: '', revision: 'r', error })

    openExport({ kind: 'saved', nodeId: NODE, name: 'a' })

    await expect.poll(() => state().error).toEqual(error)
  })

  test('an answer to what was asked before is not shown', async () => {
    const first = deferred<ReturnType<typeof ok<Exported>>>()
    platform.answer('export.folder', () => first.promise)
    openExport(PLACE)
    platform.answer('export.folder', textsOf('second'))
    chooseExportFormat('har')
    await expect.poll(() => state().exported).toEqual(textsOf('second'))

    first.resolve(ok(textsOf('first')))
    await first.promise

    expect(state().exported).toEqual(textsOf('second'))
    closeExport()
    expect(state().subject).toBeNull()
  })
})
