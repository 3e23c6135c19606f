import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Environment } from '../../../../src-main/contract/model/session.ts'
import type { DraftId } from '../../../../src-main/contract/model/ids.ts'
import { failed, ok } from '../../../../src-main/contract/result.ts'
import { chooseEnvironment } from '../../../../src-renderer/actions/choices.ts'
import { flushJournal, isJournalBehind, retryJournal } from '../../../../src-renderer/actions/journal.ts'
import {
  discardLayer,
  editLayer,
  keepMine,
  layerDraftChanged,
  openLayer,
  recheckLayers,
  redoLayer,
  restoreLayers,
  saveLayer,
  takeTheirs,
  undoLayer,
} from '../../../../src-renderer/actions/layer-drafts.ts'
import { activate } from '../../../../src-renderer/actions/tabs.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useChoicesStore } from '../../../../src-renderer/stores/choices-store.ts'
import { isEdited, useLayerDraftsStore, type LayerEntry } from '../../../../src-renderer/stores/layer-drafts-store.ts'
import { usePageStore } from '../../../../src-renderer/stores/page-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { collectionId, collectionOf, draftId, errorOf, freshWindow, openedTab } from '../../../support/renderer-kit.ts'
import { answer } from '../../../../src-renderer/actions/ask.ts'
import { useQuestionsStore, type Question } from '../../../../src-renderer/stores/questions-store.ts'
import { useCollectionsStore } from '../../../../src-renderer/stores/collections-store.ts'

const shop = collectionId('shop')
const PLACE = { kind: 'environment', collectionId: shop, file: 'dev.yml' } as const

let platform: FakePlatform
/** What the files hold, by their names. */
let disk: Map<string, Environment>

const environment = (name: string, host: string): Environment => ({
  name,
  extends: null,
  dotEnvPath: null,
  color: null,
  variables: [{ name: 'host', value: host, enabled: true }],
})
const revisionOf = (value: Environment): string => JSON.stringify(value)

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  useAppStore.getState().setConnection('open')
  useCollectionsStore.getState().replace([collectionOf('shop', [])])
  disk = new Map([['dev.yml', environment('dev', 'one')]])
  platform.answer('environment.list', () =>
    ok({ environments: [...disk].map(([file, value]) => ({ file, environment: value, revision: revisionOf(value), fault: null })) }),
  )
  platform.answer('environment.save', ({ file, environment: value, revision }) => {
    const now = file === null ? undefined : disk.get(file)
    if (now && revision !== null && revision !== revisionOf(now)) return failed(errorOf('Conflict'))
    const target = `${value.name}.yml`
    if (file !== null) disk.delete(file)
    disk.set(target, value)
    return ok({ file: target, revision: revisionOf(value) })
  })
})
afterEach(async () => {
  flushJournal()
  retryJournal()
  await vi.runAllTimersAsync()
})

async function opened(): Promise<DraftId> {
  const id = await openLayer(PLACE)
  if (id === null) throw new Error('It did not open.')
  return id
}

function entry(id: DraftId): LayerEntry {
  const found = useLayerDraftsStore.getState().byId[id]
  if (!found) throw new Error(`No draft ${id}.`)
  return found
}

const hostOf = (id: DraftId): string => {
  const { value } = entry(id).draft
  return 'extends' in value ? (value.variables[0]?.value ?? '') : ''
}

function typeHost(id: DraftId, host: string): void {
  editLayer(id, 'environment', 'variables.0.value', (value) => ({ ...value, variables: [{ name: 'host', value: host, enabled: true }] }))
}

describe('the page of a layer', () => {
  test('shows what the file holds, and choosing a request goes back to that', async () => {
    const { draft } = openedTab('a')

    const id = await opened()
    const inFront = usePageStore.getState().page
    activate(draft.id)

    expect(inFront).toEqual({ kind: 'layer', id, focus: null })
    expect(hostOf(id)).toBe('one')
    expect(usePageStore.getState().page).toBeNull()
  })

  test('is opened again with the edits there are', async () => {
    const id = await opened()
    typeHost(id, 'two')

    const again = await opened()

    expect(again).toBe(id)
    expect(hostOf(id)).toBe('two')
  })

  test('says why it cannot be opened', async () => {
    disk.clear()

    expect(await openLayer(PLACE)).toBeNull()
    expect(useAppStore.getState().notices).toHaveLength(1)
  })
})

describe('editing a layer', () => {
  test('typing in one field is one step, taken back and done again', async () => {
    const id = await opened()

    for (const text of ['t', 'tw', 'two']) typeHost(id, text)
    undoLayer(id)
    const back = hostOf(id)
    const wasEdited = isEdited(entry(id).draft)
    redoLayer(id)

    expect([back, wasEdited, hostOf(id)]).toEqual(['one', false, 'two'])
    expect(undoLayer(id)).toBe(true)
    expect(undoLayer(id)).toBe(false)
  })

  test('of another kind than the draft changes nothing', async () => {
    const id = await opened()

    editLayer(id, 'session', 'name', (value) => ({ ...value, name: 'x' }))

    expect(isEdited(entry(id).draft)).toBe(false)
  })

  test('is undone by discarding, which itself can be undone', async () => {
    const id = await opened()
    typeHost(id, 'two')

    discardLayer(id)
    const discarded = hostOf(id)
    undoLayer(id)

    expect([discarded, hostOf(id)]).toEqual(['one', 'two'])
  })
})

describe('the journal', () => {
  test('has the draft within 300 ms, and lets go of it where nothing is left of the edits', async () => {
    const id = await opened()
    await vi.advanceTimersByTimeAsync(300)
    const untouched = platform.inputs('layerDrafts.save').length

    typeHost(id, 'two')
    await vi.advanceTimersByTimeAsync(300)
    undoLayer(id)
    await vi.advanceTimersByTimeAsync(300)

    expect(untouched).toBe(0)
    expect(platform.inputs('layerDrafts.save').map(({ draft }) => draft.value)).toEqual([environment('dev', 'two')])
    expect(platform.inputs('layerDrafts.remove')).toEqual([{ id }])
  })

  test('brings edits back after a restart, told apart from the file', async () => {
    const id = draftId('kept')
    const draft = { ...PLACE, id, base: environment('dev', 'one'), value: environment('dev', 'two') }
    platform.answer('layerDrafts.load', { drafts: [draft] })

    await restoreLayers([])

    expect(entry(id)).toMatchObject({ draft, theirs: null })
    expect(await opened()).toBe(id)
  })

  test('is behind where the host did not take the draft', async () => {
    platform.refuse('layerDrafts.save', errorOf('Unavailable'))
    const id = await opened()

    typeHost(id, 'two')
    await vi.advanceTimersByTimeAsync(300)
    const wasBehind = isJournalBehind()
    platform.answer('layerDrafts.save', {})
    retryJournal()
    await vi.advanceTimersByTimeAsync(0)

    expect([wasBehind, isJournalBehind()]).toEqual([true, false])
  })
})

describe('saving a layer', () => {
  test('writes the file and leaves the journal', async () => {
    const id = await opened()
    typeHost(id, 'two')

    expect(await saveLayer(id)).toBe(true)

    expect(disk.get('dev.yml')).toEqual(environment('dev', 'two'))
    expect(isEdited(entry(id).draft)).toBe(false)
    await vi.advanceTimersByTimeAsync(300)
    expect(platform.inputs('layerDrafts.remove').at(-1)).toEqual({ id })
  })

  test('under another name goes on with the new file, and stays chosen', async () => {
    chooseEnvironment(shop, 'dev')
    const id = await opened()
    editLayer(id, 'environment', 'name', (value) => ({ ...value, name: 'local' }))

    await saveLayer(id)

    expect(entry(id).draft).toMatchObject({ file: 'local.yml', base: { name: 'local' } })
    expect(useChoicesStore.getState().byCollection[shop]?.environment).toBe('local')
  })

  test('keeps what is typed meanwhile as an edit', async () => {
    const id = await opened()
    typeHost(id, 'two')

    const saving = saveLayer(id)
    typeHost(id, 'three')
    await saving

    expect(disk.get('dev.yml')).toEqual(environment('dev', 'two'))
    expect(entry(id).draft).toMatchObject({ base: environment('dev', 'two'), value: environment('dev', 'three') })
  })

  test('says in its page why it failed, and loses nothing', async () => {
    platform.refuse('environment.save', errorOf('InvalidName'))
    const id = await opened()
    typeHost(id, 'two')

    expect(await saveLayer(id)).toBe(false)

    expect(entry(id)).toMatchObject({ error: { kind: 'InvalidName' }, draft: { value: environment('dev', 'two') } })
  })

  test('with a known secret in clear asks first, and can put its reference there', async () => {
    const secrets = [{ name: 'token', origin: { layer: 'environment', name: 'prod' } }]
    let asked = 0
    platform.answer('secret.read', { value: 's3cret-value' }).answer('environment.save', ({ environment: value, allowSecrets }) => {
      asked += 1
      if (allowSecrets !== true && JSON.stringify(value).includes('s3cret-value')) return failed(errorOf('SecretInFile', { secrets }))
      disk.set('dev.yml', value)
      return ok({ file: 'dev.yml', revision: revisionOf(value) })
    })
    const id = await opened()
    typeHost(id, 'http://h/?t=s3cret-value')

    const saving = saveLayer(id)
    typeHost(id, 'http://h/?t=s3cret-value&page=2')
    await vi.advanceTimersByTimeAsync(0)
    answer(useQuestionsStore.getState().waiting[0] as Extract<Question, { kind: 'secretInFile' }>, 'reference')

    expect(await saving).toBe(true)
    expect(asked).toBe(2)
    expect(disk.get('dev.yml')?.variables[0]?.value).toBe('http://h/?t={{token}}&page=2')
    expect(undoLayer(id)).toBe(true)
    expect(hostOf(id)).toBe('http://h/?t=s3cret-value&page=2')
  })

  test('of a session keeps the others of its file', async () => {
    const session = (name: string) => ({
      name,
      headers: [],
      params: [],
      cookies: [],
      auth: { kind: 'none' as const },
      options: {},
      adapters: [],
    })
    platform
      .answer('session.list', { sessions: [session('default'), session('alice')], revision: 'r7', notes: [] })
      .answer('session.save', { revision: 'r8', removal: null })
    const id = await openLayer({ kind: 'session', collectionId: shop, name: 'alice' })
    if (id === null) throw new Error('It did not open.')
    editLayer(id, 'session', 'options', (value) => ({ ...value, options: { verify: false } }))

    await saveLayer(id)

    expect(platform.inputs('session.save')).toEqual([
      {
        collectionId: shop,
        renamed: [],
        revision: 'r7',
        allowSecrets: false,
        sessions: [session('default'), { ...session('alice'), options: { verify: false } }],
      },
    ])
  })
})

describe('a file that changes under the edits', () => {
  test('is followed where nothing was typed', async () => {
    const id = await opened()
    disk.set('dev.yml', environment('dev', 'theirs'))

    await recheckLayers()

    expect(hostOf(id)).toBe('theirs')
    expect(entry(id).theirs).toBeNull()
  })

  test('is told of; theirs can be taken, with the edits one step back', async () => {
    const id = await opened()
    typeHost(id, 'mine')
    disk.set('dev.yml', environment('dev', 'theirs'))

    await recheckLayers()
    const told = entry(id).theirs
    const kept = hostOf(id)
    takeTheirs(id)

    expect([told, kept]).toEqual([{ value: environment('dev', 'theirs') }, 'mine'])
    expect(hostOf(id)).toBe('theirs')
    expect(isEdited(entry(id).draft)).toBe(false)
    undoLayer(id)
    expect(hostOf(id)).toBe('mine')
  })

  test('is not overwritten by a save that did not see it; with “Keep mine” it is', async () => {
    const id = await opened()
    typeHost(id, 'mine')
    disk.set('dev.yml', environment('dev', 'theirs'))

    const first = await saveLayer(id)
    const onDisk = disk.get('dev.yml')
    keepMine(id)
    const second = await saveLayer(id)

    expect([first, second]).toEqual([false, true])
    expect(onDisk).toEqual(environment('dev', 'theirs'))
    expect(disk.get('dev.yml')).toEqual(environment('dev', 'mine'))
  })

  test('and is gone: what was typed stays, and can be put there again', async () => {
    const id = await opened()
    typeHost(id, 'mine')
    disk.clear()

    await recheckLayers()
    const told = entry(id).theirs
    keepMine(id)
    await saveLayer(id)

    expect(told).toEqual({ value: null })
    expect(disk.get('dev.yml')).toEqual(environment('dev', 'mine'))
  })

  test('closes a page that has nothing of its own', async () => {
    const id = await opened()
    disk.clear()

    await recheckLayers()

    expect(useLayerDraftsStore.getState().byId[id]).toBeUndefined()
    expect(usePageStore.getState().page).toBeNull()
  })
})

describe('another window', () => {
  test('that edits the same is followed, also where each had an id of its own', async () => {
    const id = await opened()
    const theirs = { ...entry(id).draft, id: draftId('other'), value: environment('dev', 'there') } as LayerEntry['draft']

    layerDraftChanged({ origin: 'w-other', id: theirs.id, draft: theirs })

    expect(hostOf(theirs.id)).toBe('there')
    expect(usePageStore.getState().page).toMatchObject({ id: theirs.id })
    expect(Object.keys(useLayerDraftsStore.getState().byId)).toEqual([theirs.id])
  })

  test('that saves or discards takes the edits here back, and is not told to forget them', async () => {
    const id = draftId('other')
    const theirs = { ...PLACE, id, base: environment('dev', 'one'), value: environment('dev', 'there') }
    layerDraftChanged({ origin: 'w-other', id, draft: theirs })
    const followed = hostOf(id)

    layerDraftChanged({ origin: 'w-other', id, draft: null })
    await vi.advanceTimersByTimeAsync(300)

    expect([followed, hostOf(id)]).toEqual(['there', 'one'])
    expect(platform.inputs('layerDrafts.remove')).toEqual([])
  })

  test('does not overwrite what is being typed here', async () => {
    const id = await opened()
    typeHost(id, 'here')

    layerDraftChanged({ origin: 'w-other', id, draft: { ...entry(id).draft, value: environment('dev', 'there') } as LayerEntry['draft'] })

    expect(hostOf(id)).toBe('here')
  })
})
