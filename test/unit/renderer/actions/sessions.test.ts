import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Session } from '../../../../src-main/contract/model/session.ts'
import { ok } from '../../../../src-main/contract/result.ts'
import { answer } from '../../../../src-renderer/actions/ask.ts'
import { goToOrigin } from '../../../../src-renderer/actions/go-to-origin.ts'
import { flushJournal } from '../../../../src-renderer/actions/journal.ts'
import { editLayer, layerAt, saveLayer } from '../../../../src-renderer/actions/layer-drafts.ts'
import { editSession } from '../../../../src-renderer/actions/layer-pages.ts'
import { closeConnections, duplicateSession, newSession, removeSession, renameSession } from '../../../../src-renderer/actions/sessions.ts'
import { EMPTY_SESSION } from '../../../../src-renderer/lib/session-problems.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useChoicesStore } from '../../../../src-renderer/stores/choices-store.ts'
import { useCollectionsStore } from '../../../../src-renderer/stores/collections-store.ts'
import { usePageStore } from '../../../../src-renderer/stores/page-store.ts'
import { useQuestionsStore } from '../../../../src-renderer/stores/questions-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { collectionId, collectionOf, freshWindow, node, nodeId, openedTab } from '../../../support/renderer-kit.ts'

const shop = collectionId('shop')

let platform: FakePlatform
let sessions: readonly Session[]

const session = (name: string, change: Partial<Session> = {}): Session => ({ ...EMPTY_SESSION, name, ...change })
const answerWith = (name: string | null): void => {
  const question = useQuestionsStore.getState().waiting[0]
  if (question?.kind !== 'text') throw new Error('No name was asked for.')
  answer(question, name)
}
const noticeTexts = (): string[] => useAppStore.getState().notices.map(({ text }) => text)

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  useCollectionsStore.getState().replace([collectionOf('shop', [node('s1', 'request')])])
  openedTab('front', { node: nodeId('s1') })
  sessions = [session('alice', { headers: [{ name: 'X-Who', value: 'alice', enabled: true }] })]
  platform.answer('environment.list', { environments: [] })
  platform.answer('session.list', () => ok({ sessions: [...sessions], revision: 'r', notes: [] }))
  platform.answer('session.save', (input) => {
    const isRemoval = input.sessions.length < sessions.length
    sessions = input.sessions
    return ok({ revision: 'r', removal: isRemoval ? '0123456789abcdef01' : null })
  })
})
afterEach(() => {
  flushJournal()
  vi.useRealTimers()
})

describe('sessions', () => {
  test('the default one has a page although no file names it; saving puts it there', async () => {
    await editSession(shop, 'default')
    const entry = layerAt({ kind: 'session', collectionId: shop, name: 'default' })
    if (!entry) throw new Error('It did not open.')
    editLayer(entry.draft.id, 'session', 'options', (value) => ({ ...value, options: { verify: false } }))

    await saveLayer(entry.draft.id)

    expect(sessions.map(({ name, options }) => [name, options])).toEqual([
      ['alice', {}],
      ['default', { verify: false }],
    ])
  })

  test('a new one is used at once and its page is shown', async () => {
    const done = newSession(shop)
    await vi.waitFor(() => answerWith('bob'))
    await done

    expect(sessions.map(({ name }) => name)).toEqual(['alice', 'bob'])
    expect(useChoicesStore.getState().byCollection[shop]?.session).toBe('bob')
    expect(usePageStore.getState().page?.kind).toBe('layer')
  })

  test('a name that is taken is refused', async () => {
    const done = newSession(shop)
    await vi.waitFor(() => answerWith('alice'))
    await done

    expect(noticeTexts()).toContain('There is a session alice already.')
    expect(sessions).toHaveLength(1)
  })

  test('cookies that an earlier session of the name left are told of, and can be taken over', async () => {
    platform.answer('session.save', (input) => {
      sessions = input.sessions
      return ok({ revision: 'r2', removal: input.restore === undefined ? 'feedfacefeedface01' : null })
    })
    const done = newSession(shop)
    await vi.waitFor(() => answerWith('bob'))
    await done

    const notice = useAppStore.getState().notices.find(({ text }) => text.includes('An earlier session “bob” left cookies'))
    notice?.action?.run()
    await vi.waitFor(() =>
      expect(platform.inputs('session.save').at(-1)).toMatchObject({ restore: 'feedfacefeedface01', revision: 'r', renamed: [] }),
    )
    expect(sessions.map(({ name }) => name)).toEqual(['alice', 'bob'])
  })

  test('a rename to the name of an earlier session tells of its cookies too', async () => {
    platform.answer('session.save', (input) => {
      sessions = input.sessions
      return ok({ revision: 'r2', removal: 'feedfacefeedface02' })
    })
    const done = renameSession(shop, 'alice')
    await vi.waitFor(() => answerWith('carol'))
    await done

    expect(noticeTexts()).toContain('An earlier session “carol” left cookies. They were put aside: this one goes without them.')
  })

  test('a duplicate has all but the name, and shows its credentials', async () => {
    const done = duplicateSession(shop, 'alice')
    await vi.waitFor(() => answerWith('bob'))
    await done

    expect(sessions[1]).toEqual({ ...sessions[0], name: 'bob' })
    expect(usePageStore.getState().page).toMatchObject({ kind: 'layer', focus: { section: 'auth' } })
  })

  test('a rename tells core the old name, for the cookies, and keeps the session chosen', async () => {
    useChoicesStore.getState().choose(shop, { session: 'alice' })
    const done = renameSession(shop, 'alice')
    await vi.waitFor(() => answerWith('carol'))
    await done

    expect(platform.inputs('session.save').at(-1)).toMatchObject({ renamed: [{ from: 'alice', to: 'carol' }] })
    expect(sessions.map(({ name }) => name)).toEqual(['carol'])
    expect(useChoicesStore.getState().byCollection[shop]?.session).toBe('carol')
  })

  test('a deleted one comes back with its cookies, and is chosen again', async () => {
    useChoicesStore.getState().choose(shop, { session: 'alice' })
    await removeSession(shop, 'alice')
    expect(sessions).toEqual([])
    expect(useChoicesStore.getState().byCollection[shop]?.session).toBeNull()

    useAppStore
      .getState()
      .notices.find(({ text }) => text.includes('alice'))
      ?.action?.run()

    await vi.waitFor(() => expect(sessions.map(({ name }) => name)).toEqual(['alice']))
    expect(platform.inputs('session.save').at(-1)).toMatchObject({ restore: '0123456789abcdef01' })
    await vi.waitFor(() => expect(useChoicesStore.getState().byCollection[shop]?.session).toBe('alice'))
  })

  test('closing connections tells how many there were', async () => {
    platform.answer('session.close', { closed: 2 })
    await closeConnections(shop, 'alice')
    platform.answer('session.close', { closed: 0 })
    await closeConnections(shop, 'default')

    expect(noticeTexts()).toEqual(['The session “alice”: closed 2 connections.', 'The default session had no open connections.'])
  })

  test('the origin of a value leads to its row: of a session, an adapter and a collection', async () => {
    platform.answer('defaults.read', {
      name: 'shop',
      defaults: { headers: [], auth: { kind: 'none' }, variables: [], options: {} },
      revision: null,
      notes: [],
    })
    const focus = () => {
      const { page } = usePageStore.getState()
      return page?.kind === 'layer' ? page.focus : null
    }

    goToOrigin({ layer: 'session', name: 'alice' }, { name: 'X-Who', section: 'headers' })
    await vi.waitFor(() => expect(focus()).toEqual({ name: 'X-Who', section: 'headers' }))
    goToOrigin({ layer: 'adapter', session: 'alice', prefix: 'https://a.test' }, { name: 'retry', section: 'options' })
    await vi.waitFor(() => expect(focus()).toEqual({ name: 'https://a.test', section: 'adapters' }))
    goToOrigin({ layer: 'collection', id: shop, name: 'shop' }, { name: 'version' })
    await vi.waitFor(() => expect(focus()).toEqual({ name: 'version', section: 'variables' }))
  })
})
