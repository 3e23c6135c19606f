/** Keys as the system writes them: `Ctrl+Shift+C` here is `⇧⌘C` on macOS. */

const MAC_SIGNS: Readonly<Record<string, string>> = { Ctrl: '⌘', Shift: '⇧', Alt: '⌥', Enter: '⏎', Delete: '⌫', Esc: 'esc', Tab: '⇥' }
const MAC_ORDER = ['Alt', 'Shift', 'Ctrl']

/** Whether this window runs on macOS, where Ctrl of the tables is Cmd. */
export function isMac(platformName = typeof navigator === 'undefined' ? '' : navigator.platform): boolean {
  return /mac|iphone|ipad/i.test(platformName)
}

/**
 * @param keys such as `Ctrl+Shift+C`, with the names of Windows and Linux
 * @returns the same as this system's menus would show it
 */
export function shortcutText(keys: string, mac = isMac()): string {
  if (!mac) return keys
  const parts = keys.split(/\+(?=.)/)
  const key = parts.at(-1) ?? ''
  const modifiers = parts.slice(0, -1).sort((a, b) => MAC_ORDER.indexOf(a) - MAC_ORDER.indexOf(b))
  return [...modifiers, key].map((part) => MAC_SIGNS[part] ?? part).join('')
}
