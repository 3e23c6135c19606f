import { describe, expect, test } from 'vitest'
import { isSameShortcut, keysPressed, matchesKeys, type KeyPress } from '../../../../src-renderer/lib/key-match.ts'

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

describe('signs and digits, wherever a layout has them', () => {
  const SHIFTED = { ...CTRL, shiftKey: true }

  test.each([
    ['Ctrl+? of a keyboard of the US', press('?', SHIFTED, 'Slash'), 'Ctrl+?', true],
    ['Ctrl+? of AZERTY', press('?', SHIFTED, 'KeyM'), 'Ctrl+?', true],
    ['Ctrl+. of AZERTY, where it needs Shift', press('.', SHIFTED, 'Comma'), 'Ctrl+.', true],
    ['Ctrl+1 of AZERTY without Shift', press('&', CTRL, 'Digit1'), 'Ctrl+1', true],
    ['Ctrl+2 of AZERTY without Shift', press('é', CTRL, 'Digit2'), 'Ctrl+2', true],
    ['Ctrl+1 of AZERTY with Shift', press('1', SHIFTED, 'Digit1'), 'Ctrl+1', true],
    ['Ctrl+Shift+1 of the US, which is !', press('!', SHIFTED, 'Digit1'), 'Ctrl+1', false],
    ['a digit that is elsewhere', press('2', CTRL, 'Digit1'), 'Ctrl+1', false],
    ['a letter of Dvorak', press('s', CTRL, 'Semicolon'), 'Ctrl+S', true],
  ])('%s', (_what, event, keys, expected) => {
    expect(matchesKeys(event, keys, false)).toBe(expected)
  })
})

describe('keysPressed', () => {
  test.each([
    [press('s', CTRL), 'Ctrl+S'],
    [press('S', { ...CTRL, shiftKey: true }), 'Ctrl+Shift+S'],
    [press('?', { ...CTRL, shiftKey: true }, 'Slash'), 'Ctrl+?'],
    [press('ArrowUp', { altKey: true, ctrlKey: true }), 'Ctrl+Alt+ArrowUp'],
    [press(' ', CTRL), 'Ctrl+Space'],
    [press('F5'), 'F5'],
    [press('F5', { shiftKey: true }), 'Shift+F5'],
    [press('+', CTRL), 'Ctrl++'],
    [press('Control', CTRL), null],
    [press('s'), null],
    [press('Enter', { shiftKey: true }), null],
    [press('s', META), null],
    [press('€', { ...CTRL, altKey: true, getModifierState: (name) => name === 'AltGraph' }), null],
  ])('%j is %s, and is matched by it', (event, expected) => {
    const keys = keysPressed(event, false)

    expect(keys).toBe(expected)
    expect(keys === null || matchesKeys(event, keys, false)).toBe(true)
  })

  test('on macOS Cmd is Ctrl, and Ctrl by itself is no modifier of ours', () => {
    expect(keysPressed(press('s', META), true)).toBe('Ctrl+S')
    expect(keysPressed(press('s', CTRL), true)).toBeNull()
    expect(keysPressed(press('Tab', CTRL), true)).toBe('Ctrl+Tab')
  })

  test('shortcuts are the same whatever the order and the case they are written in', () => {
    expect(isSameShortcut('Shift+Ctrl+s', 'Ctrl+Shift+S')).toBe(true)
    expect(isSameShortcut('Ctrl++', 'Ctrl+S')).toBe(false)
  })
})
