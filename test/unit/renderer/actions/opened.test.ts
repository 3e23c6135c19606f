import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Opened } from '#contract/host-commands.ts'
import { ok } from '#contract/result.ts'
import { takeOpened } from '../../../../src-renderer/actions/opened.ts'
import { useImportStore } from '../../../../src-renderer/stores/import-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { freshWindow } from '../../../support/renderer-kit.ts'

let platform: FakePlatform
beforeEach(() => (platform = freshWindow()))

const opening = (...opened: Opened[]): Promise<void> => {
  platform.answerHost('shell.takeOpened', () => ok({ opened }))
  return takeOpened()
}

describe('what the system hands over', () => {
  test('is put into the import dialog: all files at once', async () => {
    await opening({ kind: 'file', path: '/home/me/a.http' }, { kind: 'file', path: '/home/me/b.har' })

    expect(useImportStore.getState().isOpen).toBe(true)
    await vi.waitFor(() => expect(platform.inputs('import.read')).toHaveLength(1))
    expect(platform.inputs('import.read')).toMatchObject([
      {
        source: {
          kind: 'files',
          files: [
            { path: '/home/me/a.http', name: 'a.http' },
            { path: '/home/me/b.har', name: 'b.har' },
          ],
        },
      },
    ])
  })

  test('is put into the import dialog: the text of a link, which is not sent', async () => {
    await opening({ kind: 'text', text: 'curl https://a.example' })

    expect([useImportStore.getState().isOpen, useImportStore.getState().text]).toEqual([true, 'curl https://a.example'])
    expect(platform.calls.map(({ name }) => name)).toEqual(['shell.takeOpened', 'import.read'])
  })

  test('is opened where it is a collection', async () => {
    await opening({ kind: 'collection', path: '/home/me/api' })

    expect(platform.inputs('collection.open')).toEqual([{ path: '/home/me/api' }])
    expect(useImportStore.getState().isOpen).toBe(false)
  })

  test('is nothing most of the time', async () => {
    await opening()

    expect([useImportStore.getState().isOpen, platform.calls.length]).toEqual([false, 1])
  })
})
