import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ACTION_KEYS, standardKeys } from '#contract/model/action-keys.ts'
import { createAppActions } from '../../../../src-renderer/app/app-actions.ts'

const ACTIONS = createAppActions({ openPalette: () => undefined, openSettings: () => undefined })

describe('the actions of the window', () => {
  test('no two share a name or a key', () => {
    const ids = ACTIONS.map((action) => action.id)
    const keys = Object.values(ACTION_KEYS).flat()

    expect(ids).toEqual([...new Set(ids)])
    expect(keys).toEqual([...new Set(keys)])
  })

  test('every key of the table is that of an action', () => {
    const ids = new Set(ACTIONS.map(({ id }) => id))

    expect(Object.keys(ACTION_KEYS).filter((id) => !ids.has(id))).toEqual([])
  })

  test('docs/keyboard.md lists each action with its keys and its id, as they are here', async () => {
    const page = await readFile(join(import.meta.dirname, '../../../../docs/keyboard.md'), 'utf8')
    const rows = [...page.matchAll(/^\| `([\w.]+)` \| ([^|]*) \| ([^|]*) \|$/gm)].map(([, id = '', keys = '', label = '']) => [
      id,
      keys.split(' · ').filter((key) => key !== ''),
      label,
    ])

    expect(rows).toEqual(ACTIONS.map(({ id, label }) => [id, [...standardKeys(id)], label]))
  })

  test('every key that is promised leads to its action', () => {
    const byKey = Object.fromEntries(ACTIONS.flatMap(({ id }) => standardKeys(id).map((keys) => [keys, id])))

    expect(byKey).toMatchObject({
      'Ctrl+Enter': 'request.send',
      'Ctrl+.': 'exchange.cancel',
      'Ctrl+S': 'request.save',
      'Ctrl+N': 'request.new',
      'Ctrl+W': 'tab.close',
      'Ctrl+Tab': 'tab.next',
      'Ctrl+L': 'url.focus',
      'Ctrl+K': 'palette.open',
      'Ctrl+P': 'request.open',
      'Ctrl+F': 'body.find',
      'Ctrl+B': 'sidebar.toggle',
      'Ctrl+,': 'settings.open',
      'Ctrl+D': 'request.duplicate',
      'Ctrl+Y': 'edit.redo',
    })
  })
})
