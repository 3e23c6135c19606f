/**
 * The application menu. An item of ours only asks the window to run the action of its name, so that menu, keys and
 * palette do the same; what the system does itself (copy, zoom, quit) goes by Electron's roles.
 */
import { Menu, type MenuItemConstructorOptions } from 'electron'

interface ActionItem {
  readonly action: string
  readonly label: string
  readonly accelerator?: string
}
type Separator = '-'

/** Every action that the menu can ask for, with the key that the window gives it too. */
export const MENU_ACTIONS = {
  File: [
    { action: 'request.new', label: 'New request', accelerator: 'CmdOrCtrl+N' },
    { action: 'request.open', label: 'Open saved request…', accelerator: 'CmdOrCtrl+P' },
    '-',
    { action: 'collection.new', label: 'New collection…' },
    { action: 'import.open', label: 'Import…' },
    { action: 'collection.open', label: 'Open collection folder…', accelerator: 'CmdOrCtrl+O' },
    '-',
    { action: 'request.save', label: 'Save', accelerator: 'CmdOrCtrl+S' },
    { action: 'request.saveAs', label: 'Save as…', accelerator: 'CmdOrCtrl+Shift+S' },
    { action: 'request.duplicate', label: 'Duplicate', accelerator: 'CmdOrCtrl+D' },
    '-',
    { action: 'tab.close', label: 'Close tab', accelerator: 'CmdOrCtrl+W' },
    { action: 'tab.reopen', label: 'Reopen closed tab', accelerator: 'CmdOrCtrl+Shift+T' },
    '-',
    { action: 'settings.open', label: 'Settings…', accelerator: 'CmdOrCtrl+,' },
  ],
  Request: [
    { action: 'request.send', label: 'Send', accelerator: 'CmdOrCtrl+Enter' },
    { action: 'exchange.cancel', label: 'Cancel', accelerator: 'CmdOrCtrl+.' },
    '-',
    { action: 'url.focus', label: 'Go to the address', accelerator: 'CmdOrCtrl+L' },
    { action: 'body.find', label: 'Find in the response', accelerator: 'CmdOrCtrl+F' },
  ],
  View: [
    { action: 'palette.open', label: 'Command palette…', accelerator: 'CmdOrCtrl+K' },
    { action: 'sidebar.toggle', label: 'Side bar', accelerator: 'CmdOrCtrl+B' },
    { action: 'layout.toggle', label: 'Response beside or below', accelerator: 'CmdOrCtrl+J' },
    { action: 'cookies.open', label: 'Cookies…' },
    '-',
    { action: 'tab.next', label: 'Next tab', accelerator: 'Ctrl+Tab' },
    { action: 'tab.previous', label: 'Previous tab', accelerator: 'Ctrl+Shift+Tab' },
  ],
} as const satisfies Record<string, readonly (ActionItem | Separator)[]>

/** Puts the menu up. */
export function installMenu(platform: NodeJS.Platform, request: (action: string) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(platform, request)))
}

/** @param request asks the window to run an action */
export function menuTemplate(platform: NodeJS.Platform, request: (action: string) => void): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const items = (section: keyof typeof MENU_ACTIONS): MenuItemConstructorOptions[] =>
    MENU_ACTIONS[section].map((item) => (item === '-' ? { type: 'separator' } : itemOf(item, request)))
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [...items('File'), ...(isMac ? [] : [{ type: 'separator' } as const, { role: 'quit' } as const])] },
    { role: 'editMenu' },
    { label: '&Request', submenu: items('Request') },
    { label: '&View', submenu: [...items('View'), { type: 'separator' }, ...VIEW_ROLES] },
    { label: '&Window', role: 'window', submenu: [{ role: 'minimize' }, { role: 'zoom' }, ...(isMac ? [{ role: 'front' } as const] : [])] },
    ...(isMac ? [] : [HELP_MENU]),
  ]
}

const HELP_MENU: MenuItemConstructorOptions = { label: '&Help', role: 'help', submenu: [{ role: 'about' }] }

const VIEW_ROLES: MenuItemConstructorOptions[] = [
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  { role: 'togglefullscreen' },
  { type: 'separator' },
  // Not on Ctrl+R, which a person who sends again may well press: everything typed would survive, the answers not.
  { label: 'Reload the window', role: 'forceReload' },
  { role: 'toggleDevTools' },
]

function itemOf(item: ActionItem, request: (action: string) => void): MenuItemConstructorOptions {
  const { action, label, accelerator } = item
  // The page knows when a key is not for it, in a dialog say: the menu shows the keys and leaves them to the page, where
  // the system lets it (macOS does not).
  const keys = accelerator === undefined ? {} : { accelerator, registerAccelerator: false }
  return { id: action, label, ...keys, click: () => request(action) }
}
