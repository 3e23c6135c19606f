/**
 * The application menu. An item of ours only asks the window to run the action of its name, so that menu, keys and
 * palette do the same; what the system does itself (copy, zoom, quit) goes by Electron's roles.
 */
import { keysOfAction } from '#contract/model/action-keys.ts'
import type { Settings } from '#contract/model/settings.ts'
import { Menu, type MenuItemConstructorOptions } from 'electron'
import { appMenu, editItems, roleItems, titleOf, type MenuTexts, type RoleOrLine } from './menu-roles.ts'

interface ActionItem {
  readonly action: string
  readonly label: string
}
type Separator = '-'

/** Every action that the menu can ask for. Their keys are those of the window: the settings', else the table's. */
export const MENU_ACTIONS = {
  File: [
    { action: 'request.new', label: 'New request' },
    { action: 'request.open', label: 'Open saved request…' },
    '-',
    { action: 'collection.new', label: 'New collection…' },
    { action: 'import.open', label: 'Import…' },
    { action: 'collection.open', label: 'Open collection folder…' },
    '-',
    { action: 'request.save', label: 'Save' },
    { action: 'request.saveAs', label: 'Save as…' },
    { action: 'request.duplicate', label: 'Duplicate' },
    { action: 'request.copyAsPython', label: 'Copy as Python' },
    { action: 'request.copyAsCode', label: 'Copy as code' },
    '-',
    { action: 'tab.close', label: 'Close tab' },
    { action: 'tab.reopen', label: 'Reopen closed tab' },
    '-',
    { action: 'settings.open', label: 'Settings…' },
  ],
  Request: [
    { action: 'request.send', label: 'Send' },
    { action: 'exchange.cancel', label: 'Cancel' },
    '-',
    { action: 'url.focus', label: 'Go to the address' },
    { action: 'body.find', label: 'Find in the response' },
  ],
  View: [
    { action: 'palette.open', label: 'Command palette…' },
    { action: 'sidebar.toggle', label: 'Side bar' },
    { action: 'layout.toggle', label: 'Response beside or below' },
    { action: 'cookies.open', label: 'Cookies…' },
    '-',
    { action: 'tab.next', label: 'Next tab' },
    { action: 'tab.previous', label: 'Previous tab' },
  ],
  Help: [
    { action: 'manual.open', label: 'Manual' },
    { action: 'tour.open', label: 'Welcome tour' },
    { action: 'shortcuts.open', label: 'Keyboard shortcuts…' },
  ],
} as const satisfies Record<string, readonly (ActionItem | Separator)[]>

type OwnKeys = Settings['keys']

export interface AppMenu {
  /** @param keys as the settings have them */
  readonly showKeys: (keys: OwnKeys) => void
  /** @param texts as the window says them */
  readonly showTexts: (texts: MenuTexts) => void
  readonly texts: () => MenuTexts
}

/**
 * Puts the menu up, in English until the window says its texts.
 * @param request asks the window to run an action
 */
export function installMenu(platform: NodeJS.Platform, request: (action: string) => void): AppMenu {
  let shown: { readonly keys: OwnKeys; readonly texts: MenuTexts } = { keys: {}, texts: {} }
  const show = (change: Partial<typeof shown>): void => {
    shown = { ...shown, ...change }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(platform, request, shown.keys, shown.texts)))
  }
  show({})
  return { showKeys: (keys) => show({ keys }), showTexts: (texts) => show({ texts }), texts: () => shown.texts }
}

/** @param request asks the window to run an action */
export function menuTemplate(
  platform: NodeJS.Platform,
  request: (action: string) => void,
  keys: OwnKeys = {},
  texts: MenuTexts = {},
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const items = (section: keyof typeof MENU_ACTIONS): MenuItemConstructorOptions[] =>
    MENU_ACTIONS[section].map((item) => (item === '-' ? { type: 'separator' } : itemOf(item, request, keys, texts)))
  const roles = (...names: readonly RoleOrLine[]): MenuItemConstructorOptions[] => roleItems(names, texts)
  const title = (name: string): string => titleOf(name, isMac, texts)
  return [
    ...(isMac ? [appMenu(texts)] : []),
    { label: title('File'), submenu: [...items('File'), ...(isMac ? [] : roles('-', 'quit'))] },
    { label: title('Edit'), role: 'editMenu', submenu: editItems(isMac, texts) },
    { label: title('Request'), submenu: items('Request') },
    {
      label: title('View'),
      submenu: [
        ...items('View'),
        ...roles('-', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen', '-', 'forceReload', 'toggleDevTools'),
      ],
    },
    { label: title('Window'), role: 'window', submenu: roles('minimize', 'zoom', ...(isMac ? (['front'] as const) : [])) },
    { label: title('Help'), role: 'help', submenu: [...items('Help'), ...(isMac ? [] : roles('-', 'about'))] },
  ]
}

function itemOf(
  { action, label }: ActionItem,
  request: (action: string) => void,
  own: OwnKeys,
  texts: MenuTexts,
): MenuItemConstructorOptions {
  const accelerator = acceleratorOf(keysOfAction(action, own)[0])
  // The page knows when a key is not for it, in a dialog say: the menu shows the keys and leaves them to the page, where
  // the system lets it (macOS does not).
  const keys = accelerator === null ? {} : { accelerator, registerAccelerator: false }
  return { id: action, label: texts[label] ?? label, ...keys, click: () => request(action) }
}

/** A key as Electron writes it; null for none, and for one that it has no name for. */
function acceleratorOf(keys: string | undefined): string | null {
  if (keys === undefined) return null
  const named = keys.replace(/\bArrow(?=Up|Down|Left|Right)/, '').replace(/(?<=\+)\+$/, 'Plus')
  // Electron throws on what it cannot read, and a hand may have written it.
  if (!/^(?:(?:Ctrl|Alt|Shift)\+)*(?:[\x21-\x7e]|F[0-9]{1,2}|[A-Z][a-z]+(?:Up|Down)?)$/.test(named)) return null
  return named.endsWith('Tab') ? named : named.replace('Ctrl', 'CmdOrCtrl')
}
