import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Environment } from '../../../../src-main/contract/model/session.ts'
import type { Variable } from '../../../../src-main/contract/model/variable.ts'
import { ok } from '../../../../src-main/contract/result.ts'
import { answer } from '../../../../src-renderer/actions/ask.ts'
import { chooseEnvironment, readSurroundings } from '../../../../src-renderer/actions/choices.ts'
import {
  duplicateEnvironment,
  editEnvironment,
  newEnvironment,
  removeEnvironment,
  renameEnvironment,
} from '../../../../src-renderer/actions/environments.ts'
import { defineVariable, placesToDefineIn } from '../../../../src-renderer/actions/define-variable.ts'
import { goToOrigin } from '../../../../src-renderer/actions/go-to-origin.ts'
import { flushJournal } from '../../../../src-renderer/actions/journal.ts'
import { editLayer, layerAt, saveLayer } from '../../../../src-renderer/actions/layer-drafts.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useChoicesStore } from '../../../../src-renderer/stores/choices-store.ts'
import { useCollectionsStore } from '../../../../src-renderer/stores/collections-store.ts'
import { useDraftsStore } from '../../../../src-renderer/stores/drafts-store.ts'
import { useFocusStore } from '../../../../src-renderer/stores/focus-store.ts'
import { usePageStore } from '../../../../src-renderer/stores/page-store.ts'
import { useQuestionsStore } from '../../../../src-renderer/stores/questions-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { collectionId, collectionOf, freshWindow, node, nodeId, openedTab } from '../../../support/renderer-kit.ts'

const shop = collectionId('shop')

let platform: FakePlatform
let disk: Map<string, Environment>

const environment = (name: string, change: Partial<Environment> = {}): Environment => ({
  name,
  extends: null,
  dotEnvPath: null,
  color: null,
  variables: [{ name: 'host', value: 'one', enabled: true }],
  ...change,
})

beforeEach(async () => {
  vi.useFakeTimers()
  platform = freshWindow()
  useCollectionsStore.getState().replace([collectionOf('shop', [node('s1', 'request')])])
  openedTab('front', { node: nodeId('s1') })
  disk = new Map([
    ['dev.yml', environment('dev')],
    ['base.yml', environment('base')],
  ])
  platform.answer('environment.list', () =>
    ok({ environments: [...disk].map(([file, value]) => ({ file, environment: value, revision: 'r', fault: null })) }),
  )
  platform.answer('environment.save', ({ file, environment: value }) => {
    if (file !== null) disk.delete(file)
    disk.set(`${value.name}.yml`, value)
    return ok({ file: `${value.name}.yml`, revision: 'r' })
  })
  platform.answer('environment.remove', ({ file }) => {
    const text = JSON.stringify(disk.get(file))
    disk.delete(file)
    return ok({ text })
  })
  platform.answer('environment.restore', ({ file, text }) => {
    disk.set(file, JSON.parse(text) as Environment)
    return ok({ file, revision: 'r' })
  })
  await readSurroundings(shop)
})
afterEach(async () => {
  flushJournal()
  await vi.runAllTimersAsync()
})

/** Answer the question for a name once it is asked. */
async function say(name: string): Promise<void> {
  await vi.advanceTimersByTimeAsync(0)
  const question = useQuestionsStore.getState().waiting[0]
  if (question?.kind !== 'text') throw new Error('Nothing is asked.')
  answer(question, name)
}

const chosen = (): string | null | undefined => useChoicesStore.getState().byCollection[shop]?.environment
const pageFile = (): unknown => {
  const { page } = usePageStore.getState()
  const entry = [...disk.keys()]
    .map((file) => layerAt({ kind: 'environment', collectionId: shop, file }))
    .find((one) => one?.draft.id === (page?.kind === 'layer' && page.id))
  return entry?.draft.kind === 'environment' ? entry.draft.file : null
}

describe('environments', () => {
  test('a new one is made, shown, and chosen where none was', async () => {
    const making = newEnvironment(shop)
    await say(' prod ')
    await making

    expect(disk.get('prod.yml')).toEqual(environment('prod', { variables: [] }))
    expect([chosen(), pageFile()]).toEqual(['prod', 'prod.yml'])
  })

  test('a copy has the secrets that are on this machine', async () => {
    disk.set('dev.yml', environment('dev', { variables: [{ name: 'token', value: '', enabled: true, secret: true }] }))
    platform.answer('secret.read', { value: 's3cret' }).answer('secret.set', {})

    await duplicateEnvironment(shop, 'dev.yml')

    expect(disk.get('dev copy.yml')?.variables).toEqual(disk.get('dev.yml')?.variables)
    expect(platform.inputs('secret.set')).toEqual([
      { collectionId: shop, origin: { layer: 'environment', name: 'dev copy' }, name: 'token', value: 's3cret' },
    ])
    expect(pageFile()).toBe('dev copy.yml')
  })

  test('a renamed one stays chosen, and those that extend it follow', async () => {
    disk.set('qa.yml', environment('qa', { extends: 'dev' }))
    chooseEnvironment(shop, 'dev')

    const renaming = renameEnvironment(shop, 'dev.yml', 'dev')
    await say('local')
    await renaming

    expect([...disk.keys()].sort()).toEqual(['base.yml', 'local.yml', 'qa.yml'])
    expect(disk.get('qa.yml')?.extends).toBe('local')
    expect(chosen()).toBe('local')
    expect(usePageStore.getState().page).toBeNull()
  })

  test('a name for one with unsaved edits joins them', async () => {
    await editEnvironment(shop, 'dev.yml')
    const id = layerAt({ kind: 'environment', collectionId: shop, file: 'dev.yml' })?.draft.id
    if (!id) throw new Error('It is not open.')
    editLayer(id, 'environment', 'color', (value) => ({ ...value, color: 'red' }))

    const renaming = renameEnvironment(shop, 'dev.yml', 'dev')
    await say('local')
    await renaming

    expect(disk.get('dev.yml')).toEqual(environment('dev'))
    expect(layerAt({ kind: 'environment', collectionId: shop, file: 'dev.yml' })?.draft.value).toEqual(
      environment('local', { color: 'red' }),
    )
  })

  test('a deleted one can be had back, with its choice and what was typed in it', async () => {
    chooseEnvironment(shop, 'dev')
    await editEnvironment(shop, 'dev.yml')
    const id = layerAt({ kind: 'environment', collectionId: shop, file: 'dev.yml' })?.draft.id
    if (!id) throw new Error('It is not open.')
    editLayer(id, 'environment', 'color', (value) => ({ ...value, color: 'red' }))

    await removeEnvironment(shop, 'dev.yml', 'dev')
    const after = [disk.has('dev.yml'), chosen(), usePageStore.getState().page]
    useAppStore.getState().notices.at(-1)?.action?.run()
    await vi.advanceTimersByTimeAsync(0)

    expect(after).toEqual([false, null, null])
    expect(disk.get('dev.yml')).toEqual(environment('dev'))
    expect(chosen()).toBe('dev')
    expect(layerAt({ kind: 'environment', collectionId: shop, file: 'dev.yml' })?.draft.value).toMatchObject({ color: 'red' })
  })
})

describe('a name', () => {
  test('leads to the environment that defines it', async () => {
    goToOrigin({ layer: 'environment', name: 'base' }, { name: 'host' })
    await vi.advanceTimersByTimeAsync(0)

    expect(pageFile()).toBe('base.yml')
    expect(usePageStore.getState().page).toMatchObject({ focus: { name: 'host' } })
  })

  test('without a value is defined in the environment that is chosen', async () => {
    chooseEnvironment(shop, 'dev')

    const [first, second] = placesToDefineIn()
    expect([first?.kind, second?.kind]).toEqual(['environment', 'collection'])
    await defineVariable('nope', first ?? { kind: 'newEnvironment' })

    expect(pageFile()).toBe('dev.yml')
    expect(usePageStore.getState().page).toMatchObject({ focus: { name: 'nope' } })
    const opened = layerAt({ kind: 'environment', collectionId: shop, file: 'dev.yml' })?.draft.value
    expect(opened).toMatchObject({ variables: expect.arrayContaining([{ name: 'nope', value: '', enabled: true }]) as unknown })
  })

  test('can be defined in the collection instead', async () => {
    platform.answer('defaults.read', {
      name: 'Shop',
      defaults: { headers: [], auth: { kind: 'inherit' }, options: {}, variables: [] },
      revision: 'r1',
      notes: [],
    })

    await defineVariable('nope', { kind: 'collection', id: shop, name: 'Shop' })

    const opened = layerAt({ kind: 'defaults', collectionId: shop, folderId: null })?.draft.value
    expect(opened).toMatchObject({ variables: [{ name: 'nope', value: '', enabled: true }] })
    expect(usePageStore.getState().page).toMatchObject({ focus: { name: 'nope', section: 'variables' } })
  })

  test('can be defined in the folders of the request, and in itself', async () => {
    useCollectionsStore
      .getState()
      .replace([collectionOf('shop', [node('f1', 'folder'), node('f2', 'folder', 'f1', 'Inner'), node('s1', 'request', 'f2')])])
    const id = useDraftsStore.getState().activeId
    if (id === null) throw new Error('No request is in front.')

    const places = placesToDefineIn()
    expect(places.map(({ kind }) => kind)).toEqual(['newEnvironment', 'collection', 'folder', 'folder', 'request'])
    expect(places[2]).toMatchObject({ name: 'Inner' })
    await defineVariable('nope', { kind: 'request', id })
    await defineVariable('nope', { kind: 'request', id })

    expect(useDraftsStore.getState().tabs[id]?.draft.document.variables).toEqual([{ name: 'nope', value: '', enabled: true }])
    expect(useFocusStore.getState().wish).toMatchObject({ draftId: id, where: { section: 'variables', row: 0, field: 'value' } })
  })

  test('is defined in a new environment where none is chosen', async () => {
    expect(placesToDefineIn()[0]).toEqual({ kind: 'newEnvironment' })

    const defining = defineVariable('nope', { kind: 'newEnvironment' })
    await say('local')
    await defining

    expect(pageFile()).toBe('local.yml')
    expect(usePageStore.getState().page).toMatchObject({ focus: { name: 'nope', isNew: true } })
  })
})

describe('a secret that is renamed', () => {
  test('has its value under the new name once that is saved', async () => {
    const secret = (name: string): Variable => ({ name, value: '', enabled: true, secret: true })
    disk.set('dev.yml', environment('dev', { variables: [secret('tok')] }))
    platform.answer('secret.read', { value: 's3cret' }).answer('secret.set', {})
    await editEnvironment(shop, 'dev.yml')
    const id = layerAt({ kind: 'environment', collectionId: shop, file: 'dev.yml' })?.draft.id
    if (!id) throw new Error('It is not open.')
    editLayer(id, 'environment', 'variables.0.name', (value) => ({ ...value, variables: [secret('token')] }))

    await saveLayer(id)

    expect(platform.inputs('secret.set').map(({ name, value }) => [name, value])).toEqual([
      ['token', 's3cret'],
      ['tok', null],
    ])
  })
})
