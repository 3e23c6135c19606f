import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { CookieFields, JarKey, KeptCookie } from '#contract/model/cookie.ts'
import { DEFAULT_JAR } from '#contract/model/request-defaults.ts'
import { ok } from '#contract/result.ts'
import {
  closeCookies,
  cookiesChanged,
  deleteCookies,
  importCookies,
  openCookies,
  readCookiesForUrl,
  saveCookie,
  undoCookies,
} from '../../../../src-renderer/actions/cookies.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useCookiesStore } from '../../../../src-renderer/stores/cookies-store.ts'
import { usePreviewsStore } from '../../../../src-renderer/stores/previews-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { freshWindow, openedTab, previewOf } from '../../../support/renderer-kit.ts'

const FIELDS: CookieFields = {
  name: 'sid',
  value: '1',
  domain: 'example.com',
  hostOnly: true,
  path: '/',
  expires: null,
  secure: false,
  httpOnly: false,
  sameSite: null,
}
const COOKIE: KeptCookie = { ...FIELDS, created: null, lastUsed: null }
const ID = { name: 'sid', domain: 'example.com', path: '/' }
const ALICE: JarKey = { collectionId: null, session: 'Alice' }

let platform: FakePlatform

beforeEach(() => {
  platform = freshWindow()
  platform
    .answer('cookies.jars', { jars: [{ key: DEFAULT_JAR, count: 1 }] })
    .answer('cookies.list', { cookies: [COOKIE] })
    .answer('cookies.remove', { removed: [COOKIE] })
    .answer('cookies.restore', { restored: 1 })
})

async function opened(jar?: JarKey): Promise<void> {
  openCookies(jar)
  await vi.waitFor(() => expect(useCookiesStore.getState().cookies).not.toBeNull())
}

describe('openCookies', () => {
  test('shows the jar of the request in front', async () => {
    const tab = openedTab('a')
    usePreviewsStore.getState().set(tab.draft.id, { ...previewOf(), jar: ALICE })
    await opened()

    expect(useCookiesStore.getState()).toMatchObject({ jar: ALICE, cookies: [COOKIE], jars: [{ count: 1 }] })
    expect(platform.inputs('cookies.list')).toEqual([{ jar: ALICE }])
  })
})

describe('saveCookie', () => {
  test('gives back what is wrong, and changes nothing', async () => {
    const problems = [{ field: 'name' as const, message: 'No.' }]
    platform.answer('cookies.set', { kind: 'refused', problems })
    await opened()

    expect(await saveCookie(FIELDS, null)).toEqual(problems)
    expect(useCookiesStore.getState().done).toBeNull()
  })

  test('of a changed cookie is taken back by the cookie that was there', async () => {
    const before = { ...COOKIE, name: 'old' }
    platform.answer('cookies.set', { kind: 'saved', cookie: COOKIE, replaced: before })
    await opened()
    await saveCookie(FIELDS, { ...ID, name: 'old' })
    undoCookies()

    await vi.waitFor(() => expect(platform.inputs('cookies.restore')).toEqual([{ jar: DEFAULT_JAR, cookies: [before] }]))
    expect(platform.inputs('cookies.remove')).toEqual([{ jar: DEFAULT_JAR, cookies: [ID] }])
  })
})

describe('deleteCookies', () => {
  test('can be taken back in the dialog', async () => {
    await opened()
    await deleteCookies([COOKIE])

    expect(useCookiesStore.getState().done?.text).toBe('Deleted the cookie “sid”')
    undoCookies()
    await vi.waitFor(() => expect(platform.inputs('cookies.restore')).toEqual([{ jar: DEFAULT_JAR, cookies: [COOKIE] }]))
    expect(useCookiesStore.getState().done).toBeNull()
  })

  test('can be taken back in a notice once the dialog is closed, in the jar it was done to', async () => {
    await opened(ALICE)
    await deleteCookies([COOKIE])
    closeCookies()
    const [notice] = useAppStore.getState().notices

    expect(notice?.text).toBe('Deleted the cookie “sid”')
    notice?.action?.run()
    await vi.waitFor(() => expect(platform.inputs('cookies.restore')).toEqual([{ jar: ALICE, cookies: [COOKIE] }]))
  })

  test('says in the dialog why it failed', async () => {
    platform.refuse('cookies.remove', { kind: 'StorageError', stage: 'store', message: 'The disk is full.' })
    await opened()
    await deleteCookies([COOKIE])

    expect(useCookiesStore.getState().done).toEqual({ text: 'The disk is full.', undo: null })
  })
})

describe('importCookies', () => {
  test('is taken back by removing what came and restoring what it replaced', async () => {
    platform.answer('cookies.import', { imported: [ID], replaced: [COOKIE], problems: [{ at: 2, unit: 'line', message: 'No.' }] })
    await opened()

    expect((await importCookies('text'))?.problems).toHaveLength(1)
    undoCookies()
    await vi.waitFor(() => expect(platform.inputs('cookies.restore')).toHaveLength(1))
    expect(platform.inputs('cookies.remove')).toEqual([{ jar: DEFAULT_JAR, cookies: [ID] }])
  })
})

describe('cookiesChanged', () => {
  test('reads the open jar again, and the preview of the request whose jar it is', async () => {
    const tab = openedTab('a')
    usePreviewsStore.getState().set(tab.draft.id, previewOf())
    await opened()
    platform.answer('cookies.list', { cookies: [] })
    cookiesChanged({ jar: DEFAULT_JAR })

    await vi.waitFor(() => expect(useCookiesStore.getState().cookies).toEqual([]))
    await vi.waitFor(() => expect(platform.inputs('request.prepare')).toHaveLength(1))
  })
})

describe('readCookiesForUrl', () => {
  test('asks for the URL and the jar of the preview, and drops an answer to an older one', async () => {
    const { draft } = openedTab('a')
    const found = { cookie: COOKIE, isSent: true, reason: null }
    let release = (): void => undefined
    platform.answer('cookies.forUrl', () => new Promise((resolve) => (release = () => resolve(ok({ cookies: [found] })))))
    usePreviewsStore.getState().set(draft.id, { ...previewOf(), jar: ALICE, url: 'http://one.example/' })
    const first = readCookiesForUrl(draft.id)
    usePreviewsStore.getState().set(draft.id, { ...previewOf(), url: 'http://two.example/' })
    release()
    await first

    expect(platform.inputs('cookies.forUrl')).toEqual([{ jar: ALICE, url: 'http://one.example/' }])
    expect(useCookiesStore.getState().byTab[draft.id]).toBeUndefined()
    const second = readCookiesForUrl(draft.id)
    release()
    await second
    expect(useCookiesStore.getState().byTab[draft.id]).toEqual([found])
  })
})
