import { describe, expect, test } from 'vitest'
import { matchesKeys, type KeyPress } from '../../../../src-renderer/app/key-match.ts'

const press = (key: string, held: Partial<KeyPress> = {}, code = ''): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  getModifierState: () => false,
  ...held,
})
const CTRL = { ctrlKey: true }
const META = { metaKey: true }

describe('matchesKeys', () => {
  test.each([
    ['Ctrl+S', press('s', CTRL), false, true],
    ['Ctrl+S', press('S', CTRL), false, true],
    ['Ctrl+S', press('s'), false, false],
    ['Ctrl+S', press('s', { ...CTRL, shiftKey: true }), false, false],
    ['Ctrl+Shift+T', press('T', { ...CTRL, shiftKey: true }), false, true],
    ['Ctrl+S', press('s', { ...CTRL, altKey: true }), false, false],
    ['Ctrl+Enter', press('Enter', CTRL), false, true],
    ['Ctrl+,', press(',', CTRL), false, true],
    ['Ctrl+.', press('.', CTRL), false, true],
    ['F2', press('F2'), false, true],
  ])('%s, %j', (keys, event, mac, expected) => {
    expect(matchesKeys(event, keys, mac)).toBe(expected)
  })

  test('Ctrl is Cmd on macOS, but for Ctrl+Tab', () => {
    expect(matchesKeys(press('s', META), 'Ctrl+S', true)).toBe(true)
    expect(matchesKeys(press('s', CTRL), 'Ctrl+S', true)).toBe(false)
    expect(matchesKeys(press('Tab', CTRL), 'Ctrl+Tab', true)).toBe(true)
  })

  test('the character counts, not the place: Ctrl+W on AZERTY is where its W is', () => {
    expect(matchesKeys(press('w', CTRL, 'KeyZ'), 'Ctrl+W', false)).toBe(true)
    expect(matchesKeys(press('z', CTRL, 'KeyW'), 'Ctrl+W', false)).toBe(false)
  })

  test('a layout without Latin letters goes by the place', () => {
    expect(matchesKeys(press('ы', CTRL, 'KeyS'), 'Ctrl+S', false)).toBe(true)
    expect(matchesKeys(press('Dead', { ...CTRL, altKey: true }, 'KeyN'), 'Ctrl+Alt+N', false)).toBe(true)
  })

  test('AltGr types characters and is no shortcut', () => {
    const altGr = { ...CTRL, altKey: true, getModifierState: (name: string) => name === 'AltGraph' }

    expect(matchesKeys(press('n', altGr), 'Ctrl+Alt+N', false)).toBe(false)
  })
})
