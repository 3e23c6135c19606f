/**
 * Whether a key event is a shortcut. Keys are matched by their character, so that they are where a keyboard has that
 * letter; on a layout without Latin letters by the place the letter has on most.
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

/**
 * @param keys such as `Ctrl+Shift+T`; Ctrl is Cmd on macOS, but for Ctrl+Tab
 */
export function matchesKeys(event: KeyPress, keys: string, mac: boolean): boolean {
  const parts = keys.split(/\+(?=.)/)
  const key = parts.at(-1) ?? ''
  const wants = (name: string): boolean => parts.slice(0, -1).includes(name)
  // AltGr is Ctrl and Alt on Windows, and types characters.
  if (event.getModifierState('AltGraph')) return false
  const commandIsMeta = mac && key !== 'Tab'
  const command = commandIsMeta ? event.metaKey : event.ctrlKey
  const other = commandIsMeta ? event.ctrlKey : event.metaKey
  if (command !== wants('Ctrl') || other || event.altKey !== wants('Alt')) return false
  if (event.shiftKey !== wants('Shift')) return false
  return characterOf(event).toLowerCase() === key.toLowerCase()
}

function characterOf({ key, code }: KeyPress): string {
  const isLatin = key.length === 1 && key.charCodeAt(0) < 0x80
  if (isLatin || (key.length > 1 && key !== 'Dead')) return key
  return /^Key([A-Z])$/.exec(code)?.[1] ?? /^Digit([0-9])$/.exec(code)?.[1] ?? key
}
