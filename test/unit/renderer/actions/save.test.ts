import { beforeEach, describe, expect, test, vi } from 'vitest'
import { failed, ok } from '../../../../src-main/contract/result.ts'
import { answer } from '../../../../src-renderer/actions/ask.ts'
import { editDocument, undo } from '../../../../src-renderer/actions/edit.ts'
import { editBrokenText, save } from '../../../../src-renderer/actions/save.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useCollectionsStore } from '../../../../src-renderer/stores/collections-store.ts'
import { useDraftsStore, type Tab } from '../../../../src-renderer/stores/drafts-store.ts'
import { useQuestionsStore, type Question, type Questions } from '../../../../src-renderer/stores/questions-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import {
  collectionId,
  collectionOf,
  errorOf,
  freshWindow,
  node,
  nodeId,
  openedTab,
  requestNamed,
  tabNow,
} from '../../../support/renderer-kit.ts'

let platform: FakePlatform

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
})

const asked = async (): Promise<Question> => {
  await vi.advanceTimersByTimeAsync(0)
  const question = useQuestionsStore.getState().waiting[0]
  if (!question) throw new Error('Nothing was asked.')
  return question
}
const type = (tab: Tab, url: string): void => editDocument(tab.draft.id, 'url', (document) => ({ ...document, url }))
const MINE = nodeId('n1')

describe('saving a request that has a file', () => {
  test('hands over the revision it was read at, and is clean afterwards', async () => {
    const tab = openedTab('a', { node: MINE })
    type(tab, 'http://x')
    platform.answer('request.save', { nodeId: MINE, revision: 'r2' })

    const saved = await save(tab.draft.id)

    expect(saved).toBe(true)
    expect(platform.inputs('request.save')[0]).toMatchObject({ id: 'n1', revision: 'r1', document: { url: 'http://x' } })
    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: false, revision: 'r2' })
  })

  test('what is typed while it is written stays, unsaved', async () => {
    const tab = openedTab('a', { node: MINE })
    type(tab, 'http://x')
    const written = deferred<void>()
    platform.answer('request.save', async () => {
      await written.promise
      return ok({ nodeId: MINE, revision: 'r2' })
    })

    const saving = save(tab.draft.id)
    type(tab, 'http://xy')
    written.resolve()
    await saving

    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: true, document: { url: 'http://xy' } })
  })

  test('saving twice at once writes once', async () => {
    const tab = openedTab('a', { node: MINE })
    platform.answer('request.save', { nodeId: MINE, revision: 'r2' })

    await Promise.all([save(tab.draft.id), save(tab.draft.id)])

    expect(platform.inputs('request.save')).toHaveLength(1)
  })

  test('what is typed while it is written is written too, where it is to be saved as well', async () => {
    const tab = openedTab('a', { node: MINE })
    type(tab, 'http://x')
    const written = deferred<void>()
    let revision = 1
    platform.answer('request.save', async () => {
      await written.promise
      revision += 1
      return ok({ nodeId: MINE, revision: `r${revision}` })
    })

    const first = save(tab.draft.id)
    type(tab, 'http://xy')
    const second = save(tab.draft.id)
    written.resolve()

    expect(await Promise.all([first, second])).toEqual([true, true])
    expect(platform.inputs('request.save')).toMatchObject([{ revision: 'r1' }, { revision: 'r2', document: { url: 'http://xy' } }])
    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: false, revision: 'r3' })
  })

  test('after saving, undo leads back to an unsaved state', async () => {
    const tab = openedTab('a', { node: MINE })
    type(tab, 'http://x')
    platform.answer('request.save', { nodeId: MINE, revision: 'r2' })
    await save(tab.draft.id)

    undo(tab.draft.id)

    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: true, document: { url: '' } })
  })

  test('a failure keeps everything and is said', async () => {
    const tab = openedTab('a', { node: MINE })
    type(tab, 'http://x')
    platform.refuse('request.save', errorOf('StorageError'))

    expect(await save(tab.draft.id)).toBe(false)
    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: true, document: { url: 'http://x' } })
    expect(useAppStore.getState().notices).toHaveLength(1)
  })

  test('what is said of a save that failed goes once that request is saved, not when another is', async () => {
    const [tab, other] = [openedTab('a', { node: MINE }), openedTab('b', { node: nodeId('n2') })]
    for (const each of [tab, other]) type(each, 'http://x')
    platform.refuse('request.save', { ...errorOf('StorageError'), message: 'The disk is full.' })
    await save(tab.draft.id)
    platform.answer('request.save', ({ id }) => ok({ nodeId: nodeId(id), revision: 'r2' }))

    await save(other.draft.id)
    const afterOther = useAppStore.getState().notices
    await save(tab.draft.id)

    expect(afterOther).toMatchObject([{ text: 'The disk is full.' }])
    expect(useAppStore.getState()).toMatchObject({ notices: [], past: [{ text: 'The disk is full.' }] })
  })
})

describe('a file that changed on disk', () => {
  const conflict = async (choice: Questions['conflict']['answer']): Promise<{ tab: Tab; saved: boolean }> => {
    const tab = openedTab('a', { node: MINE })
    type(tab, 'http://mine')
    platform.answer('request.save', ({ revision }) =>
      revision === null
        ? ok({ nodeId: MINE, revision: 'r3' })
        : { ok: false, error: errorOf('Conflict', { theirs: 'url: theirs', mine: 'url: mine' }) },
    )
    const saving = save(tab.draft.id)
    const question = await asked()
    if (question.kind !== 'conflict') throw new Error(`asked ${question.kind}`)
    expect(question).toMatchObject({ theirs: 'url: theirs', mine: 'url: mine', canCopy: true })
    answer(question, choice)
    return { tab, saved: await saving }
  }

  test('Overwrite writes mine whatever is there', async () => {
    const { tab, saved } = await conflict('overwrite')

    expect(saved).toBe(true)
    expect(platform.inputs('request.save').map((input) => input.revision)).toEqual(['r1', null])
    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: false, revision: 'r3' })
  })

  test('Reload shows theirs, and undo brings mine back', async () => {
    platform.answer('request.open', { kind: 'request', document: requestNamed('a', { url: 'http://theirs' }), revision: 'r2' })

    const { tab } = await conflict('reload')
    const reloaded = tabNow(tab.draft.id).draft
    undo(tab.draft.id)

    expect(reloaded).toMatchObject({ dirty: false, revision: 'r2', document: { url: 'http://theirs' } })
    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: true, document: { url: 'http://mine' } })
  })

  test('Cancel leaves everything as it is', async () => {
    const { tab, saved } = await conflict('cancel')

    expect(saved).toBe(false)
    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: true, revision: 'r1' })
  })
})

describe('saving a request that has no file', () => {
  const place = { collectionId: collectionId('c'), folderId: null }

  test('asks for a name and a place, and becomes that file', async () => {
    const tab = openedTab('new')
    type(tab, 'http://x')
    platform.answer('request.create', { nodeId: nodeId('c/mine'), revision: 'r1' })

    const saving = save(tab.draft.id)
    const question = await asked()
    type(tab, 'http://typed-in-the-meantime')
    if (question.kind === 'save') answer(question, { name: 'Mine', parent: place })
    await saving

    expect(platform.inputs('request.create')).toMatchObject([
      { parent: place, document: { name: 'Mine', url: 'http://typed-in-the-meantime' } },
    ])
    expect(tabNow(tab.draft.id)).toMatchObject({
      saved: { name: 'Mine' },
      draft: { nodeId: 'c/mine', dirty: false, document: { name: 'Mine' } },
    })
  })

  test('thought better of, it stays as it is', async () => {
    const tab = openedTab('new')
    type(tab, 'http://x')

    const saving = save(tab.draft.id)
    const question = await asked()
    if (question.kind === 'save') answer(question, null)

    expect(await saving).toBe(false)
    expect(tabNow(tab.draft.id).draft).toMatchObject({ nodeId: null, dirty: true })
  })

  test('one whose file was deleted asks for a place again', async () => {
    const tab = openedTab('a', { node: MINE })
    platform.refuse('request.save', errorOf('NotFound'))

    const saving = save(tab.draft.id)
    const question = await asked()
    if (question.kind === 'save') answer(question, null)
    await saving

    expect(question).toMatchObject({ kind: 'save', name: 'a' })
  })
})

describe('the text of a file that does not parse', () => {
  const brokenTab = (): Tab => {
    const tab = openedTab('a', { node: MINE })
    const broken = { ...tab, broken: { name: 'a.yml', text: 'a: [', savedText: 'a: [', error: errorOf('Unreadable') } }
    useDraftsStore.getState().put(broken)
    return broken
  }

  test('mended and saved, it becomes a request', async () => {
    const tab = brokenTab()
    editBrokenText(tab.draft.id, 'a: []')
    platform.answer('request.saveText', { nodeId: MINE, revision: 'r2' })
    platform.answer('request.open', { kind: 'request', document: requestNamed('mended'), revision: 'r2' })

    await save(tab.draft.id)

    expect(platform.inputs('request.saveText')).toEqual([{ id: 'n1', text: 'a: []', revision: 'r1', allowSecrets: false }])
    expect(tabNow(tab.draft.id)).toMatchObject({ broken: null, draft: { dirty: false, revision: 'r2', document: { name: 'mended' } } })
  })

  test('still wrong, it shows the new error', async () => {
    const tab = brokenTab()
    editBrokenText(tab.draft.id, 'a: {')
    platform.answer('request.saveText', { nodeId: MINE, revision: 'r2' })
    platform.answer('request.open', { kind: 'broken', name: 'a.yml', text: 'a: {', revision: 'r2', error: errorOf('Unreadable') })

    await save(tab.draft.id)

    expect(tabNow(tab.draft.id)).toMatchObject({ broken: { text: 'a: {', savedText: 'a: {' }, draft: { revision: 'r2' } })
  })
})

describe('saving what would put a secret into the file', () => {
  const refused = failed(errorOf('SecretInFile', { secrets: [{ name: 'token', origin: { layer: 'environment', name: 'dev' } }] }))
  const secretTab = (): Tab => {
    useCollectionsStore.getState().replace([collectionOf('c', [node('n1', 'request')])])
    const tab = openedTab('a', { node: MINE })
    type(tab, 'http://x/?t=s3cret-value')
    let calls = 0
    platform.answer('request.save', async () => {
      calls += 1
      return calls === 1 ? refused : ok({ nodeId: MINE, revision: 'r2' })
    })
    platform.answer('secret.read', { value: 's3cret-value' })
    return tab
  }

  test('asks, and puts a reference in its place, also of what was typed meanwhile, which undo takes back', async () => {
    const tab = secretTab()

    const saving = save(tab.draft.id)
    type(tab, 'http://x/?t=s3cret-value&page=2')
    answer((await asked()) as Extract<Question, { kind: 'secretInFile' }>, 'reference')

    expect(await saving).toBe(true)
    expect(platform.inputs('request.save')[1]).toMatchObject({ document: { url: 'http://x/?t={{token}}&page=2' }, allowSecrets: false })
    undo(tab.draft.id)
    expect(tabNow(tab.draft.id).draft.document.url).toBe('http://x/?t=s3cret-value&page=2')
  })

  test('saves it in clear where that is chosen, and nothing where the user thinks better of it', async () => {
    const tab = secretTab()
    const saving = save(tab.draft.id)
    answer((await asked()) as Extract<Question, { kind: 'secretInFile' }>, 'clear')
    expect(await saving).toBe(true)
    expect(platform.inputs('request.save')[1]).toMatchObject({ document: { url: 'http://x/?t=s3cret-value' }, allowSecrets: true })

    const again = secretTab()
    const refusedSave = save(again.draft.id)
    answer((await asked()) as Extract<Question, { kind: 'secretInFile' }>, 'cancel')
    expect(await refusedSave).toBe(false)
    expect(tabNow(again.draft.id).draft.dirty).toBe(true)
  })
})
