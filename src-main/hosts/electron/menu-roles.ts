/**
 * The parts of the menus that the system does itself (copy, zoom, quit), by Electron's roles. Electron knows their names in
 * English only: in another language the window says them, as it says all others.
 */
import type { MenuItemConstructorOptions } from 'electron'

/** What the menus say, by its English; what is missing stays English. */
export type MenuTexts = Readonly<Record<string, string>>

type Role = NonNullable<MenuItemConstructorOptions['role']>

/** The roles in our menus, and what each is called. */
const ROLE_NAMES = {
  about: 'About Posthaste',
  copy: 'Copy',
  cut: 'Cut',
  delete: 'Delete',
  forceReload: 'Reload the window',
  front: 'Bring all to front',
  hide: 'Hide Posthaste',
  hideOthers: 'Hide others',
  minimize: 'Minimize',
  paste: 'Paste',
  pasteAndMatchStyle: 'Paste without formatting',
  quit: 'Quit Posthaste',
  redo: 'Redo',
  resetZoom: 'Actual size',
  selectAll: 'Select all',
  services: 'Services',
  startSpeaking: 'Start speaking',
  stopSpeaking: 'Stop speaking',
  toggleDevTools: 'Developer tools',
  togglefullscreen: 'Full screen',
  undo: 'Undo',
  unhide: 'Show all',
  zoom: 'Zoom',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
} as const satisfies Partial<Record<Role, string>>

export type OurRole = keyof typeof ROLE_NAMES
export type RoleOrLine = OurRole | '-'

export function roleItems(roles: readonly RoleOrLine[], texts: MenuTexts): MenuItemConstructorOptions[] {
  return roles.map((role) => (role === '-' ? { type: 'separator' } : { role, label: roleName(role, texts) }))
}

export function roleName(role: OurRole, texts: MenuTexts): string {
  return texts[ROLE_NAMES[role]] ?? ROLE_NAMES[role]
}

/** The name of a menu, with the letter that opens it: its first, in brackets after a name that is not written in such letters. */
export function titleOf(name: string, isMac: boolean, texts: MenuTexts): string {
  const said = texts[name]
  if (isMac) return said ?? name
  return said === undefined ? `&${name}` : `${said}(&${name.charAt(0)})`
}

/** The menu that macOS calls by the app's name. */
export function appMenu(texts: MenuTexts): MenuItemConstructorOptions {
  return { role: 'appMenu', submenu: roleItems(['about', '-', 'services', '-', 'hide', 'hideOthers', 'unhide', '-', 'quit'], texts) }
}

export function editItems(isMac: boolean, texts: MenuTexts): MenuItemConstructorOptions[] {
  if (!isMac) return roleItems(['undo', 'redo', '-', 'cut', 'copy', 'paste', 'delete', '-', 'selectAll'], texts)
  return [
    ...roleItems(['undo', 'redo', '-', 'cut', 'copy', 'paste', 'pasteAndMatchStyle', 'delete', 'selectAll', '-'], texts),
    { label: texts['Speech'] ?? 'Speech', submenu: roleItems(['startSpeaking', 'stopSpeaking'], texts) },
  ]
}
