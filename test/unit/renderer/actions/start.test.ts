import { SettingsSchema } from '#contract/model/settings.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Input } from '../../../../src-main/contract/commands.ts'
import type { Draft, LayerDraft } from '../../../../src-main/contract/model/draft.ts'
import { failed, ok } from '../../../../src-main/contract/result.ts'
import type { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import type { useDraftsStore } from '../../../../src-renderer/stores/drafts-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { MemoryStorage } from '../../../support/memory-storage.ts'
import { collectionId, collectionOf, draftId, errorOf, freshWindow, node, nodeId, requestNamed } from '../../../support/renderer-kit.ts'

const LAYOUT = { sidebarVisible: false, sidebarWidth: 300, split: 'below', editorShare: 0.4, collapsed: [] } as const
const INFO = {
  version: '0.1.0',
  engines: {},
  dataDir: '/data',
  capabilities: { realPaths: false, dialogs: false, reveal: false, nativeMenu: false },
  problem: null,
}

const NO_CHOICES = { byCollection: {}, lastUsed: null }
let platform: FakePlatform
let browser: MemoryStorage

/** The module remembers that it has started; each test begins with a fresh one, on the same stores. */
async function begin(): Promise<void> {
  vi.resetModules()
  const { setPlatform } = await import('../../../../src-renderer/actions/platform-ref.ts')
  setPlatform(platform)
  const { start } = await import('../../../../src-renderer/actions/start.ts')
  await start()
}

async function stores(): Promise<{ drafts: typeof useDraftsStore; app: typeof useAppStore }> {
  const drafts = await import('../../../../src-renderer/stores/drafts-store.ts')
  const app = await import('../../../../src-renderer/stores/app-store.ts')
  return { drafts: drafts.useDraftsStore, app: app.useAppStore }
}

function draft(name: string, change: Partial<Draft> = {}): Draft {
  const empty: Draft = {
    id: draftId(name),
    nodeId: null,
    revision: null,
    document: requestNamed(name),
    dirty: false,
    shelvedBodies: [],
    shelvedAuths: [],
  }
  return { ...empty, ...change }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', {
    addEventListener: () => undefined,
    documentElement: { dataset: {}, style: { removeProperty: () => undefined } },
    visibilityState: 'visible',
  })
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  browser = new MemoryStorage()
  vi.stubGlobal('localStorage', browser)
  vi.stubGlobal('sessionStorage', new MemoryStorage())
  platform = freshWindow()
  platform
    .answer('app.info', INFO)
    .answer('settings.read', SettingsSchema.parse({ theme: 'dark', layout: 'below' }))
    .answer('workspace.read', { collections: [collectionOf('c', [node('n1', 'request')])], sequence: 1 })
    .answer('drafts.load', { drafts: [], window: null })
    .answer('request.open', { kind: 'request', document: requestNamed('on disk'), revision: 'r2' })
})
afterEach(() => vi.unstubAllGlobals())

describe('the window that opens', () => {
  test('shows the tabs as they were: order, the one in front, and layout', async () => {
    const drafts = [draft('one'), draft('two', { dirty: true }), draft('stray')]
    const choices = { byCollection: { c: { environment: 'staging', session: 'alice' } }, lastUsed: collectionId('c') }
    const window = { order: [draftId('two'), draftId('one')], active: draftId('one'), layout: { ...LAYOUT, collapsed: [] }, choices }
    platform.answer('drafts.load', { drafts, window })

    await begin()
    await vi.advanceTimersByTimeAsync(200)
    const { drafts: store } = await stores()
    const layout = (await import('../../../../src-renderer/stores/layout-store.ts')).useLayoutStore.getState()

    expect(store.getState().order).toEqual([draftId('two'), draftId('one'), draftId('stray')])
    expect(store.getState().activeId).toBe(draftId('one'))
    expect(layout).toMatchObject({ split: 'below', sidebarWidth: 300, sidebarVisible: false })
    expect(platform.inputs('request.prepare').at(-1)?.context).toEqual({ collectionId: 'c', environment: 'staging', session: 'alice' })
  })

  test('says what the menus of the system say, where the host has such; in English nothing', async () => {
    platform.answer('app.info', { ...INFO, capabilities: { ...INFO.capabilities, nativeMenu: true } }).answerHost('menu.say', () => ok({}))

    await begin()

    expect(platform.calls.filter(({ name }) => name === 'menu.say').map(({ input }) => input)).toEqual([{ texts: {} }])
  })

  test('a clean tab shows its file as it is now', async () => {
    platform.answer('drafts.load', { drafts: [draft('a', { nodeId: nodeId('n1'), revision: 'r1' })], window: null })

    await begin()
    const { drafts } = await stores()

    expect(drafts.getState().tabs[draftId('a')]).toMatchObject({ draft: { revision: 'r2', dirty: false, document: { name: 'on disk' } } })
  })

  test('an edited tab keeps its edits, and knows its file again where that is unchanged', async () => {
    const edited = draft('a', {
      nodeId: nodeId('n1'),
      revision: 'r2',
      dirty: true,
      document: requestNamed('a', { url: 'typed before the crash' }),
    })
    platform.answer('drafts.load', { drafts: [edited], window: null })

    await begin()
    const { drafts } = await stores()

    expect(drafts.getState().tabs[draftId('a')]).toMatchObject({
      saved: { name: 'on disk' },
      draft: { dirty: true, revision: 'r2', document: { url: 'typed before the crash' } },
    })
  })

  test('text typed into a file that does not parse is back', async () => {
    const broken = draft('a', { nodeId: nodeId('n1'), revision: 'r2', dirty: true, brokenText: 'a: {}' })
    platform.answer('drafts.load', { drafts: [broken], window: null })
    platform.answer('request.open', { kind: 'broken', name: 'a.yml', text: 'a: {', revision: 'r2', error: errorOf('Unreadable') })

    await begin()
    const { drafts } = await stores()

    expect(drafts.getState().tabs[draftId('a')]?.broken).toMatchObject({ name: 'a.yml', text: 'a: {}', savedText: 'a: {' })
  })

  test('where the host is not there yet, everything is read once it is, and the old window state is not overwritten', async () => {
    const away = failed(errorOf('Unavailable'))
    for (const name of ['app.info', 'settings.read', 'workspace.read', 'drafts.load'] as const) platform.answer(name, () => away)
    await begin()
    platform.connection('lost')
    platform
      .answer('app.info', INFO)
      .answer('settings.read', SettingsSchema.parse({ theme: 'light' }))
      .answer('workspace.read', { collections: [], sequence: 1 })
      .answer('drafts.load', { drafts: [draft('a')], window: null })
    await vi.advanceTimersByTimeAsync(1000)
    const written = platform.inputs('window.save').length

    platform.connection('open')
    await vi.advanceTimersByTimeAsync(1000)
    const { drafts, app } = await stores()

    expect(written).toBe(0)
    expect(drafts.getState().order).toEqual([draftId('a')])
    expect(app.getState()).toMatchObject({ connection: 'open', info: { version: '0.1.0' } })
  })

  describe('where a tab was opened before the others were read', () => {
    type Loaded = { drafts: Draft[]; window: null }
    /** Starts the window, opens request `n1` and lets its draft be written; then the tabs are read. */
    async function beginEarly(load: (early: Draft) => readonly Draft[], edit?: string) {
      let tell: (loaded: Loaded) => void = () => undefined
      const loading = new Promise<Loaded>((resolve) => (tell = resolve))
      platform.answer('drafts.load', async () => ok(await loading))
      const begun = begin()
      await vi.advanceTimersByTimeAsync(0)
      const { openRequest } = await import('../../../../src-renderer/actions/tabs.ts')
      const id = await openRequest(nodeId('n1'))
      const { drafts } = await stores()
      if (edit !== undefined && id !== null) {
        const { editDocument } = await import('../../../../src-renderer/actions/edit.ts')
        editDocument(id, 'url', (document) => ({ ...document, url: edit }))
      }
      await vi.advanceTimersByTimeAsync(1000)
      const early = drafts.getState().tabs[id ?? draftId('none')]?.draft
      if (!early) throw new Error('no tab was opened')
      tell({ drafts: [...load(early)], window: null })
      await begun
      await vi.advanceTimersByTimeAsync(1000)
      return { early, state: drafts.getState() }
    }
    const lastTime = (change: Partial<Draft> = {}): Draft => draft('a', { nodeId: nodeId('n1'), revision: 'r2', ...change })

    test('and written before they were: it is there once, as it is here', async () => {
      const { early, state } = await beginEarly((own) => [draft('b'), { ...own, dirty: false, document: requestNamed('behind') }], 'typed')

      expect(state.order).toEqual([draftId('b'), early.id])
      expect(state.activeId).toBe(early.id)
      expect(state.tabs[early.id]?.draft).toMatchObject({ dirty: true, document: { url: 'typed' } })
    })

    test('its request has no second tab: a clean one of the last time goes', async () => {
      const { early, state } = await beginEarly((own) => [lastTime(), own], 'typed')

      expect(state.order).toEqual([early.id])
      expect(platform.inputs('drafts.remove').map(({ id }) => id)).toEqual([draftId('a')])
    })

    test('its request has no second tab: the edits of the last time are in front', async () => {
      const { early, state } = await beginEarly((own) => [lastTime({ dirty: true }), own])

      expect(state.order).toEqual([draftId('a')])
      expect(state.activeId).toBe(draftId('a'))
      expect(platform.inputs('drafts.remove').map(({ id }) => id)).toEqual([early.id])
    })

    test('edits of both stay', async () => {
      const { early, state } = await beginEarly((own) => [lastTime({ dirty: true }), own], 'typed')

      expect(state.order).toEqual([draftId('a'), early.id])
      expect(state.activeId).toBe(early.id)
    })
  })

  test('an edit of another window shows here, unless something newer was typed here', async () => {
    platform.answer('drafts.load', { drafts: [draft('a'), draft('b')], window: null })
    await begin()
    const { drafts } = await stores()
    const { editDocument } = await import('../../../../src-renderer/actions/edit.ts')
    await vi.advanceTimersByTimeAsync(1000)

    editDocument(draftId('b'), 'url', (document) => ({ ...document, url: 'here' }))
    for (const name of ['a', 'b']) {
      platform.emit('draft.changed', {
        origin: 'w-other',
        sequence: 1,
        draft: draft(name, { document: requestNamed(name, { url: 'there' }) }),
      })
    }
    platform.emit('draft.changed', { origin: 'w-test', sequence: 2, draft: draft('a', { document: requestNamed('a', { url: 'echo' }) }) })

    const urls = ['a', 'b'].map((name) => drafts.getState().tabs[draftId(name)]?.draft.document.url)
    expect(urls).toEqual(['there', 'here'])
  })

  test('what an earlier page could not hand over is written first, and only what belongs to this data folder', async () => {
    const written: Input<'drafts.save'>['draft'][] = []
    const typed = draft('a', { dirty: true, document: requestNamed('a', { url: 'typed while away' }) })
    browser.setItem(`posthaste.unsent.${typed.id}`, JSON.stringify({ dataDir: '/data', draft: typed }))
    browser.setItem('posthaste.unsent.draft-b', JSON.stringify({ dataDir: '/elsewhere', draft: draft('b') }))
    browser.setItem('posthaste.unsent.draft-c', '{"torn')
    platform.answer('drafts.save', ({ draft: saved }) => {
      written.push(saved)
      return ok({ sequence: 1 })
    })
    platform.answer('drafts.load', () => ok({ drafts: written as Draft[], window: null }))

    await begin()
    const { drafts } = await stores()

    expect(written.map(({ id }) => id)).toEqual([typed.id])
    expect(drafts.getState().tabs[typed.id]?.draft.document.url).toBe('typed while away')
    expect(browser.getItem(`posthaste.unsent.${typed.id}`)).toBeNull()
    expect(browser.getItem('posthaste.unsent.draft-b')).not.toBeNull()
  })

  test('what still cannot be written is shown as it was typed, and stays kept', async () => {
    const typed = draft('a', { dirty: true, document: requestNamed('a', { url: 'newer' }) })
    browser.setItem(`posthaste.unsent.${typed.id}`, JSON.stringify({ dataDir: '/data', draft: typed }))
    platform.refuse('drafts.save', errorOf('StorageError'))
    platform.answer('drafts.load', { drafts: [draft('a', { document: requestNamed('a', { url: 'older' }) })], window: null })

    await begin()
    const { drafts } = await stores()

    expect(drafts.getState().tabs[typed.id]?.draft.document.url).toBe('newer')
    expect(browser.text()).toContain('newer')
  })

  test('edits of an environment that an earlier page could not hand over are back as they were typed', async () => {
    const environment = { name: 'dev', extends: null, dotEnvPath: null, color: null, variables: [] }
    const place = { kind: 'environment', id: draftId('layer'), collectionId: collectionId('shop'), file: 'dev.yml' } as const
    const typed: LayerDraft = { ...place, base: environment, value: { ...environment, color: 'red' } }
    browser.setItem(`posthaste.unsent.layer.${typed.id}`, JSON.stringify({ dataDir: '/data', draft: typed }))
    platform.refuse('layerDrafts.save', errorOf('StorageError'))
    platform.answer('layerDrafts.load', { drafts: [{ ...typed, value: { ...environment, color: 'older' } }] })
    platform.answer('drafts.load', { drafts: [], window: null })

    await begin()
    const { useLayerDraftsStore } = await import('../../../../src-renderer/stores/layer-drafts-store.ts')

    expect(useLayerDraftsStore.getState().byId[typed.id]?.draft.value).toMatchObject({ color: 'red' })
    expect(browser.text()).toContain('red')
  })

  test('a tab that was opened before the others were back is remembered as the one in front', async () => {
    platform.answer('drafts.load', async () => {
      const { newRequest } = await import('../../../../src-renderer/actions/tabs.ts')
      newRequest()
      return ok({
        drafts: [draft('a')],
        window: { order: [draftId('a')], active: draftId('a'), layout: { ...LAYOUT, collapsed: [] }, choices: NO_CHOICES },
      })
    })

    await begin()
    const { drafts } = await stores()
    await vi.advanceTimersByTimeAsync(1000)

    expect(drafts.getState().activeId).not.toBe(draftId('a'))
    expect(platform.inputs('window.save').at(-1)?.window.active).toBe(drafts.getState().activeId)
  })

  test('a page that was opened before the first tab is there stays in front of it', async () => {
    platform.answer('drafts.load', async () => {
      const { usePageStore } = await import('../../../../src-renderer/stores/page-store.ts')
      usePageStore.getState().show({ kind: 'manual' })
      return ok({ drafts: [], window: null })
    })

    await begin()
    const { drafts } = await stores()
    const { usePageStore } = await import('../../../../src-renderer/stores/page-store.ts')

    expect(drafts.getState()).toMatchObject({ order: { length: 1 }, isRestored: true })
    expect(usePageStore.getState().page).toEqual({ kind: 'manual' })
  })
})
