import { beforeEach, describe, expect, test, vi } from 'vitest'
import { failed, ok } from '../../../../src-main/contract/result.ts'
import type { RequestDocument } from '../../../../src-main/contract/model/request.ts'
import { undo } from '../../../../src-renderer/actions/edit.ts'
import { addDroppedFiles, addFiles, pickFiles } from '../../../../src-renderer/actions/files.ts'
import { send } from '../../../../src-renderer/actions/send.ts'
import { useDraftsStore } from '../../../../src-renderer/stores/drafts-store.ts'
import { exchangeOf, useExchangesStore } from '../../../../src-renderer/stores/exchanges-store.ts'
import { setCapabilities } from '../../../../src-renderer/platform/use-capability.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useCollectionsStore } from '../../../../src-renderer/stores/collections-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import {
  collectionOf,
  draftId,
  errorOf,
  exchangeId,
  freshWindow,
  node,
  nodeId,
  openedTab,
  previewOf,
  requestNamed,
  tabNow,
} from '../../../support/renderer-kit.ts'

let platform: FakePlatform

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  setCapabilities({ realPaths: false, dialogs: false, reveal: false, nativeMenu: false })
})

const opened = (body: RequestDocument['body']): ReturnType<typeof openedTab> =>
  openedTab('a', { node: nodeId('n'), document: requestNamed('a', { body }) })
const bodyOf = (tab: ReturnType<typeof openedTab>): RequestDocument['body'] => tabNow(tab.draft.id).draft.document.body
const file = (name: string, type = ''): File => new File(['12345'], name, { type })

describe('files dropped on a request', () => {
  test('become rows of Multipart, named after themselves, in one undo step; the old body is shelved', async () => {
    const tab = opened({ kind: 'json', text: '{}', asTyped: false })

    await addDroppedFiles(tab.draft.id, [file('sid.jpg', 'image/jpeg'), file('notes', 'text/plain')], 'body')
    const { body } = tabNow(tab.draft.id).draft.document
    const shelved = tabNow(tab.draft.id).draft.shelvedBodies
    undo(tab.draft.id)

    expect(body).toMatchObject({
      kind: 'multipart',
      parts: [
        { kind: 'file', name: 'sid', files: ['/data/uploads/sid.jpg'], contentType: '', enabled: true },
        { kind: 'file', name: 'notes', files: ['/data/uploads/notes'], contentType: 'text/plain' },
      ],
    })
    expect(shelved).toEqual([{ kind: 'json', text: '{}', asTyped: false }])
    expect(bodyOf(tab)).toEqual({ kind: 'json', text: '{}', asTyped: false })
  })

  test('another kind of body is said, with the text kept and a way back, and POST offered in place of GET', async () => {
    const tab = opened({ kind: 'json', text: '{}', asTyped: false })
    await addDroppedFiles(tab.draft.id, [file('a.txt')], 'body')

    const [notice] = useAppStore.getState().notices
    notice?.otherAction?.run()
    const posted = tabNow(tab.draft.id).draft.document
    notice?.action?.run()

    expect(notice).toMatchObject({
      text: 'Body changed from JSON to Multipart; the JSON text is kept.',
      hint: 'GET requests seldom have a body.',
      action: { label: 'Undo' },
      otherAction: { label: 'Use POST' },
    })
    expect(posted).toMatchObject({ method: 'POST', body: { kind: 'multipart' } })
    expect(bodyOf(tab)).toEqual({ kind: 'json', text: '{}', asTyped: false })
    expect(tabNow(tab.draft.id).draft.document.method).toBe('POST')
  })

  test('Undo right after the drop is the undo of the drop', async () => {
    const tab = opened({ kind: 'text', text: 'typed' })
    await addDroppedFiles(tab.draft.id, [file('a.txt')], 'body')

    useAppStore.getState().notices[0]?.action?.run()

    expect(tabNow(tab.draft.id).draft.document).toBe(tab.draft.document)
  })

  test('nothing is said where a POST without a body gets one', async () => {
    const tab = openedTab('a', { node: nodeId('n'), document: requestNamed('a', { method: 'POST' }) })

    await addDroppedFiles(tab.draft.id, [file('a.txt')], 'body')

    expect(bodyOf(tab)).toMatchObject({ kind: 'multipart' })
    expect(useAppStore.getState().notices).toEqual([])
  })

  test('join the rows that are there; a blank row makes room', async () => {
    const blank = { kind: 'text', name: '', value: '', enabled: true, contentType: '', headers: [] } as const
    const tab = opened({
      kind: 'multipart',
      parts: [
        { ...blank, name: 'kept', headers: [] },
        { ...blank, headers: [] },
      ],
    })

    await addDroppedFiles(tab.draft.id, [file('a.txt')], 'body')

    expect(bodyOf(tab)).toMatchObject({ parts: [{ name: 'kept' }, { name: 'a', kind: 'file' }] })
  })

  test('a File body takes the first one, copies no other, and says so by its name', async () => {
    const copied: string[] = []
    platform.uploads = (source) => {
      copied.push(source.name)
      return ok({ path: `/data/uploads/0123456789ab/${source.name}`, bytes: 5 })
    }
    const tab = opened({ kind: 'file', path: '', contentType: '' })

    await addDroppedFiles(tab.draft.id, [file('a.bin'), file('b.bin')], 'body')

    expect(bodyOf(tab)).toEqual({ kind: 'file', path: '/data/uploads/0123456789ab/a.bin', contentType: '' })
    expect(copied).toEqual(['a.bin'])
    expect(useAppStore.getState().notices.map((notice) => notice.text)).toContain('A File body holds one file: a.bin is used.')
  })

  test('a File body refuses a folder, of which nothing is read or copied', async () => {
    platform.uploads = () => failed(errorOf('Bug'))
    const entry = { isDirectory: true, isFile: false, name: 'photos', createReader: () => expect.fail('the folder was read') }
    const items = [{ kind: 'file', getAsFile: () => file('photos'), webkitGetAsEntry: () => entry }]
    const tab = opened({ kind: 'file', path: '/kept', contentType: '' })

    await addDroppedFiles(tab.draft.id, { items } as unknown as DataTransfer, 'body')

    expect(bodyOf(tab)).toEqual({ kind: 'file', path: '/kept', contentType: '' })
    expect(useAppStore.getState().notices.map((notice) => notice.text)).toEqual(['A File body holds one file, and photos is a folder.'])
  })

  test('a tab without a request copies nothing', async () => {
    platform.uploads = () => failed(errorOf('Bug'))

    await addDroppedFiles(draftId('closed'), [file('a.txt')], 'body')

    expect(useAppStore.getState().notices).toEqual([])
  })

  test('a copy that lies under another name is sent under its own', async () => {
    platform.uploads = () => ok({ path: '/data/uploads/0123456789ab/a -quoted-.txt', bytes: 5 })
    const tab = opened({ kind: 'none' })

    await addDroppedFiles(tab.draft.id, [file('a "quoted".txt')], 'body')

    expect(bodyOf(tab)).toMatchObject({ parts: [{ name: 'a "quoted"', filename: 'a "quoted".txt' }] })
  })

  test('with real paths nothing is copied, folders are opened by core, and paths below the collection are relative', async () => {
    useCollectionsStore.getState().replace([collectionOf('c', [node('n', 'request')])])
    const dropped = file('folder')
    platform.paths.set(dropped, '/home/me/c/folder')
    platform.uploads = () => failed(errorOf('Bug'))
    platform.answer('files.expand', { files: ['/home/me/c/folder/x.png', '/elsewhere/y.png'], hidden: [], truncated: false })
    const tab = opened({ kind: 'none' })

    await addDroppedFiles(tab.draft.id, [dropped], 'body')

    expect(platform.inputs('files.expand')).toEqual([{ paths: ['/home/me/c/folder'], withHidden: false }])
    expect(bodyOf(tab)).toMatchObject({
      parts: [
        { name: 'x', files: ['./folder/x.png'] },
        { name: 'y', files: ['/elsewhere/y.png'] },
      ],
    })
  })

  test('hidden files of a folder are told of by number and name, and taken where one asks', async () => {
    const dropped = file('folder')
    platform.paths.set(dropped, '/f')
    platform.answer('files.expand', ({ withHidden }) =>
      ok(
        withHidden
          ? { files: ['/f/.env', '/f/.git/x'], hidden: [], truncated: false }
          : { files: ['/f/a.png'], hidden: ['/f/.env', '/f/.git', '/f/.b', '/f/.c'], truncated: false },
      ),
    )
    const tab = opened({ kind: 'none' })

    await addDroppedFiles(tab.draft.id, [dropped], 'body')
    const notice = useAppStore.getState().notices.find(({ id }) => id.startsWith('hidden-files'))
    notice?.action?.run()

    expect(notice?.text).toBe('4 hidden items were left out: .env, .git, .b and 1 more.')
    await expect
      .poll(() => bodyOf(tab))
      .toMatchObject({
        parts: [{ files: ['/f/a.png'] }, { files: ['/f/.env'] }, { files: ['/f/.git/x'] }],
      })
    expect(platform.inputs('files.expand').at(-1)).toEqual({ paths: ['/f/.env', '/f/.git', '/f/.b', '/f/.c'], withHidden: true })
  })

  test('a copy that fails adds nothing and is said', async () => {
    platform.uploads = () => failed(errorOf('StorageError'))
    const tab = opened({ kind: 'none' })

    await addDroppedFiles(tab.draft.id, [file('a.txt')], 'body')

    expect(bodyOf(tab)).toEqual({ kind: 'none' })
    expect(useAppStore.getState().notices.map((notice) => notice.text)).toEqual(['It is StorageError.'])
  })

  test('a long copy shows how far it is and can be cancelled, which adds nothing', async () => {
    const tab = opened({ kind: 'none' })
    const shown: unknown[] = []
    platform.uploads = async (source, { onProgress, signal }) => {
      await vi.advanceTimersByTimeAsync(1000)
      onProgress?.(2)
      const notice = useAppStore.getState().notices[0]
      shown.push(notice?.progress, notice?.text)
      notice?.action?.run()
      return signal?.aborted ? failed(errorOf('Cancelled')) : ok({ path: source.name, bytes: 5 })
    }

    await addDroppedFiles(tab.draft.id, [file('a.txt')], 'body')

    expect(shown).toEqual([0.4, 'Copying a.txt: 2 B of 5 B'])
    expect([bodyOf(tab), useAppStore.getState().notices]).toEqual([{ kind: 'none' }, []])
  })
})

describe('Send while a dropped file is still being copied', () => {
  test('waits for it, and then sends the request with it', async () => {
    const tab = opened({ kind: 'none' })
    const copy = deferred<void>()
    platform.uploads = async (one) => {
      await copy.promise
      return ok({ path: `/data/uploads/${one.name}`, bytes: one.size })
    }
    platform.answer('request.prepare', previewOf()).answer('exchange.send', { exchangeId: exchangeId('e') })
    const dropped = addDroppedFiles(tab.draft.id, [file('big.bin')], 'body')
    const sent = send(tab.draft.id)
    await vi.advanceTimersByTimeAsync(10)
    const before = platform.inputs('exchange.send').length

    copy.resolve()
    await Promise.all([dropped, sent])

    expect(before).toBe(0)
    expect(platform.inputs('exchange.send')[0]?.document.body).toMatchObject({ kind: 'multipart', parts: [{ name: 'big' }] })
  })

  test('does not send without a file that could not be copied', async () => {
    const tab = opened({ kind: 'none' })
    platform.uploads = async () => failed(errorOf('StorageError'))
    const dropped = addDroppedFiles(tab.draft.id, [file('big.bin')], 'body')

    await Promise.all([dropped, send(tab.draft.id)])

    expect(platform.inputs('exchange.send')).toEqual([])
    expect(exchangeOf(tab.draft.id)(useExchangesStore.getState()).last?.error?.message).toContain('was not sent')
  })

  test('a request that was closed meanwhile loses nothing without a word', async () => {
    const tab = opened({ kind: 'none' })
    const dropped = addDroppedFiles(tab.draft.id, [file('big.bin')], 'body')
    useDraftsStore.getState().remove(tab.draft.id)

    await dropped

    expect(useAppStore.getState().notices.map(({ text }) => text)).toEqual([expect.stringContaining('big.bin was dropped on was closed')])
  })
})

describe('adding known files', () => {
  test('does nothing without files', () => {
    const tab = opened({ kind: 'none' })

    addFiles(tab.draft.id, [])

    expect(tabNow(tab.draft.id).undo.past).toEqual([])
  })
})

describe('picking files', () => {
  test('goes by the host’s dialog where it has one', async () => {
    setCapabilities({ realPaths: true, dialogs: true, reveal: true, nativeMenu: true })
    platform.answerHost('dialog.openFiles', () => ok({ paths: ['/a/b.txt'] }))

    const picked = await pickFiles({ title: 'Choose', multiple: true })

    expect(picked).toEqual([{ path: '/a/b.txt', name: 'b.txt', contentType: '' }])
    expect(platform.calls).toEqual([{ name: 'dialog.openFiles', input: { title: 'Choose', multiple: true } }])
  })

  test('a dialog that fails is said, and picks nothing', async () => {
    setCapabilities({ realPaths: true, dialogs: true, reveal: true, nativeMenu: true })
    platform.answerHost('dialog.openFiles', () => failed(errorOf('Unavailable')))

    expect(await pickFiles({ title: 'Choose', multiple: false })).toEqual([])
    expect(useAppStore.getState().notices).toHaveLength(1)
  })
})
