/**
 * Whether a key event is a shortcut, and which shortcut an event would be. Keys are matched by their character, so that they
 * are where a keyboard has it; on a layout without Latin letters by the place the letter has on most. Digits are found by
 * place too: AZERTY has them above Shift.
 */

/** What of a keyboard event is looked at. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly getModifierState: (name: string) => boolean
}

const MODIFIERS: ReadonlySet<string> = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'NumLock', 'Fn', 'OS'])

/**
 * @param keys such as `Ctrl+Shift+T`; Ctrl is Cmd on macOS, but for Ctrl+Tab
 */
export function matchesKeys(event: KeyPress, keys: string, mac: boolean): boolean {
  const parts = keys.split(/\+(?=.)/)
  const key = parts.at(-1) ?? ''
  const wants = (name: string): boolean => parts.slice(0, -1).includes(name)
  if (!hasModifiers(event, { ctrl: wants('Ctrl'), alt: wants('Alt'), isTab: key === 'Tab' }, mac)) return false
  const character = characterOf(event)
  // Shift is how a layout reaches many signs, and on AZERTY the digits.
  const isShiftRight = event.shiftKey === wants('Shift') || (!wants('Shift') && isSign(character) && character === key)
  if (!isShiftRight) return false
  return (
    character.toLowerCase() === key.toLowerCase() || (/^[0-9]$/.test(key) && !/^[0-9]$/.test(character) && event.code === `Digit${key}`)
  )
}

/**
 * The shortcut that a key event would be, as settings keep it; null for a modifier by itself, and for what types a character.
 */
export function keysPressed(event: KeyPress, mac: boolean): string | null {
  if (MODIFIERS.has(event.key) || event.getModifierState('AltGraph')) return null
  const character = characterOf(event)
  const isTab = character === 'Tab'
  const ctrl = mac && !isTab ? event.metaKey : event.ctrlKey
  if (!hasModifiers(event, { ctrl, alt: event.altKey, isTab }, mac)) return null
  const isFunctionKey = /^F[0-9]+$/.test(character)
  if (!ctrl && !event.altKey && !isFunctionKey) return null
  const key = /^[a-z]$/i.test(character) ? character.toUpperCase() : character
  const shift = event.shiftKey && !isSign(character)
  return [...(ctrl ? ['Ctrl'] : []), ...(event.altKey ? ['Alt'] : []), ...(shift ? ['Shift'] : []), key].join('+')
}

/** Whether two shortcuts are one, however they are written. */
export function isSameShortcut(one: string, other: string): boolean {
  const parts = (keys: string): string =>
    keys
      .toLowerCase()
      .split(/\+(?=.)/)
      .toSorted()
      .join(' ')
  return parts(one) === parts(other)
}

function hasModifiers(
  event: KeyPress,
  { ctrl, alt, isTab }: { readonly ctrl: boolean; readonly alt: boolean; readonly isTab: boolean },
  mac: boolean,
): boolean {
  // AltGr is Ctrl and Alt on Windows, and types characters.
  if (event.getModifierState('AltGraph')) return false
  const commandIsMeta = mac && !isTab
  const command = commandIsMeta ? event.metaKey : event.ctrlKey
  const other = commandIsMeta ? event.ctrlKey : event.metaKey
  return command === ctrl && !other && event.altKey === alt
}

/** Neither a letter nor a key with a name, such as Enter. A digit that is typed with Shift is one, too. */
function isSign(character: string): boolean {
  return character.length === 1 && !/[a-z]/i.test(character)
}

function characterOf({ key, code }: KeyPress): string {
  if (key === ' ') return 'Space'
  const isLatin = key.length === 1 && key.charCodeAt(0) < 0x80
  if (isLatin || (key.length > 1 && key !== 'Dead')) return key
  return /^Key([A-Z])$/.exec(code)?.[1] ?? /^Digit([0-9])$/.exec(code)?.[1] ?? key
}
