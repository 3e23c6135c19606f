import { describe, expect, test } from 'vitest'
import { createAppActions } from '../../../../src-renderer/app/app-actions.ts'

const ACTIONS = createAppActions({ openPalette: () => undefined, openSettings: () => undefined })

describe('the actions of the window', () => {
  test('no two share a name or a key', () => {
    const ids = ACTIONS.map((action) => action.id)
    const keys = ACTIONS.flatMap((action) => action.keys)

    expect(ids).toEqual([...new Set(ids)])
    expect(keys).toEqual([...new Set(keys)])
  })

  test('every key that is promised leads to its action', () => {
    const byKey = Object.fromEntries(ACTIONS.flatMap((action) => action.keys.map((keys) => [keys, action.id])))

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
