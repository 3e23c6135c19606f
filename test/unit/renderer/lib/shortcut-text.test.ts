import { describe, expect, test } from 'vitest'
import { shortcutText } from '../../../../src-renderer/lib/shortcut-text.ts'

describe('shortcutText', () => {
  test.each([
    ['Ctrl+Enter', 'Ctrl+Enter', '⌘⏎'],
    ['Ctrl+Shift+C', 'Ctrl+Shift+C', '⇧⌘C'],
    ['Ctrl+Alt+N', 'Ctrl+Alt+N', '⌥⌘N'],
    ['Ctrl++', 'Ctrl++', '⌘+'],
    ['F2', 'F2', 'F2'],
  ])('%s', (keys, elsewhere, onMac) => {
    expect([shortcutText(keys, false), shortcutText(keys, true)]).toEqual([elsewhere, onMac])
  })
})
