import { beforeEach, expect, test, vi } from 'vitest'
import { failed, ok } from '../../../../src-main/contract/result.ts'
import {
  chooseVersion,
  openVersions,
  openVersionsOfTab,
  restoreVersion,
  versionsChanged,
} from '../../../../src-renderer/actions/backups.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useBackupsStore } from '../../../../src-renderer/stores/backups-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { errorOf, freshWindow, nodeId, openedTab } from '../../../support/renderer-kit.ts'

let platform: FakePlatform
const VERSIONS = ['v2', 'v1'].map((id) => ({ id, at: new Date().toISOString(), bytes: 3 }))

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  useBackupsStore.setState(useBackupsStore.getInitialState(), true)
  platform.answer('backups.list', { path: 'a.yml', current: { text: 'now', revision: 'r1' }, versions: VERSIONS })
  platform.answer('backups.read', ({ version }) => ok({ text: `text of ${version}` }))
  platform.answer('backups.restore', { replaced: 'v3' })
})

const shown = (): ReturnType<typeof useBackupsStore.getState> => useBackupsStore.getState()
const settled = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(10))

test('opening shows the newest version, and choosing another its text', async () => {
  openVersions(nodeId('c/a.yml'), 'A')
  await settled()
  const first = shown()

  await chooseVersion('v1')

  expect(first).toMatchObject({ chosen: 'v2', text: 'text of v2' })
  expect(shown()).toMatchObject({ chosen: 'v1', text: 'text of v1' })
})

test('restoring writes over what was looked at and nothing newer, and can be taken back', async () => {
  openVersions(nodeId('c/a.yml'), 'A')
  await settled()
  await restoreVersion()
  const { notices } = useAppStore.getState()
  notices[0]?.action?.run()
  await settled()

  expect(shown().file).toBeNull()
  expect(notices[0]).toMatchObject({ text: '“A” is as it was just now' })
  expect(platform.inputs('backups.restore')).toEqual([
    { id: 'c/a.yml', version: 'v2', revision: 'r1' },
    { id: 'c/a.yml', version: 'v3', revision: null },
  ])
})

test('a file that changed meanwhile is not overwritten: it is said in the dialog, and read again', async () => {
  openVersions(nodeId('c/a.yml'), 'A')
  await settled()
  platform.answer('backups.restore', () => failed(errorOf('Conflict')))
  platform.answer('backups.list', { path: 'a.yml', current: { text: 'theirs', revision: 'r2' }, versions: VERSIONS })

  await restoreVersion()

  expect(shown()).toMatchObject({ fault: 'It is Conflict.', list: { current: { text: 'theirs' } }, chosen: 'v2' })
})

test('unsaved edits of the file’s tab are spoken of', async () => {
  const tab = openedTab('a', { node: nodeId('c/a.yml') })
  editDocument(tab.draft.id, 'url', (document) => ({ ...document, url: 'mine' }))
  openVersionsOfTab(tab.draft.id)
  await settled()

  await restoreVersion()

  expect(useAppStore.getState().notices[0]).toMatchObject({ hint: expect.stringContaining('unsaved edits') })
})

test('a request that was never saved has none', () => {
  expect(openVersionsOfTab(openedTab('a').draft.id)).toBe(false)
  expect(shown().file).toBeNull()
})

test('what is looked at is read again when something changed, and nothing is read where nothing is looked at', async () => {
  versionsChanged()
  openVersions(nodeId('c/a.yml'), 'A')
  await settled()
  versionsChanged()
  await settled()

  expect(platform.inputs('backups.list')).toHaveLength(2)
})
