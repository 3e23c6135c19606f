/** Electron has no context menu of its own; text needs at least cut, copy and paste. */
import { Menu, type BrowserWindow, type ContextMenuParams, type MenuItemConstructorOptions } from 'electron'
import { roleName, type MenuTexts, type OurRole } from './menu-roles.ts'

/** @param texts as the window says them, when it is asked for */
export function offerContextMenu(window: BrowserWindow, texts: () => MenuTexts): void {
  window.webContents.on('context-menu', (_event, params) => {
    const template = contextMenuTemplate(params, texts())
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window })
  })
}

/** Nothing where there is nothing to edit or copy: then the page's own menus have their way. */
export function contextMenuTemplate(
  { isEditable, selectionText, editFlags }: Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>,
  texts: MenuTexts = {},
): MenuItemConstructorOptions[] {
  const item = (role: OurRole, enabled = true): MenuItemConstructorOptions => ({ role, label: roleName(role, texts), enabled })
  if (isEditable) {
    return [
      item('undo', editFlags.canUndo),
      item('redo', editFlags.canRedo),
      { type: 'separator' },
      item('cut', editFlags.canCut),
      item('copy', editFlags.canCopy),
      item('paste', editFlags.canPaste),
      item('selectAll', editFlags.canSelectAll),
    ]
  }
  return selectionText.trim() === '' ? [] : [item('copy'), item('selectAll')]
}
