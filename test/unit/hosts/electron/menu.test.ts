import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { onStandIn } from '../../../support/electron-stand-in-load.ts'

const load = async () => (await onStandIn(() => import('../../../../src-main/hosts/electron/menu.ts'))).module

/** Every item, submenus included. */
function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
}

describe('menuTemplate', () => {
  test.each(['linux', 'darwin', 'win32'] as const)('asks for the action of each item, on %s', async (platform) => {
    const { menuTemplate } = await load()
    const asked: string[] = []
    const items = flat(menuTemplate(platform, (action) => asked.push(action))).filter((item) => item.click)

    // Electron passes the item and the window along; ours needs neither.
    for (const item of items) (item.click as () => void)()

    expect(asked).toEqual(items.map((item) => item.id))
    expect(asked).toEqual(
      expect.arrayContaining([
        'request.new',
        'request.save',
        'request.send',
        'exchange.cancel',
        'tab.close',
        'tab.next',
        'sidebar.toggle',
        'url.focus',
        'layout.toggle',
        'palette.open',
        'settings.open',
      ]),
    )
  })

  test('gives no key to two items', async () => {
    const { menuTemplate } = await load()

    const keys = flat(menuTemplate('linux', () => undefined)).flatMap((item) => (item.accelerator === undefined ? [] : [item.accelerator]))

    expect(keys.length).toBeGreaterThan(8)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('shows the keys that the settings give, and none that Electron could not read', async () => {
    const { menuTemplate } = await load()
    const own = {
      'request.send': ['F5'],
      'tab.close': [],
      'tab.next': ['Ctrl+Alt+ArrowRight'],
      'request.save': ['Ctrl++'],
      'url.focus': ['Ctrl+é'],
    }

    const items = flat(menuTemplate('linux', () => undefined, own))

    const keyOf = (id: string): unknown => items.find((item) => item.id === id)?.accelerator
    const ids = ['request.send', 'tab.close', 'tab.next', 'tab.previous', 'request.save', 'url.focus', 'settings.open']
    expect(ids.map(keyOf)).toEqual(['F5', undefined, 'CmdOrCtrl+Alt+Right', 'Ctrl+Shift+Tab', 'CmdOrCtrl+Plus', undefined, 'CmdOrCtrl+,'])
  })

  test('names each menu by a letter of the keyboard, in any language, where the system has such', async () => {
    const { menuTemplate } = await load()

    const titles = (platform: NodeJS.Platform, texts = {}): unknown[] =>
      menuTemplate(platform, () => undefined, {}, texts).map(({ label }) => label)

    expect(titles('linux').slice(0, 3)).toEqual(['&File', '&Edit', '&Request'])
    expect(titles('linux', { File: '文件', Edit: '编辑' }).slice(0, 3)).toEqual(['文件(&F)', '编辑(&E)', '&Request'])
    expect(titles('darwin', { File: '文件' }).slice(1, 3)).toEqual(['文件', 'Edit'])
  })

  test('leaves editing, copying and quitting to the system', async () => {
    const { menuTemplate } = await load()

    const roles = (platform: NodeJS.Platform): unknown[] => flat(menuTemplate(platform, () => undefined)).map((item) => item.role)

    expect(roles('linux')).toEqual(expect.arrayContaining(['editMenu', 'quit']))
    expect(roles('darwin')[0]).toBe('appMenu')
    const file = (platform: NodeJS.Platform): unknown[] =>
      flat(menuTemplate(platform, () => undefined).filter(({ label }) => /File/.test(label ?? ''))).map(({ role }) => role)
    expect(file('linux')).toContain('quit')
    expect(file('darwin')).not.toContain('quit')
  })
})

describe('contextMenuTemplate', () => {
  const editFlags = {
    canUndo: true,
    canRedo: false,
    canCut: true,
    canCopy: true,
    canPaste: true,
    canSelectAll: true,
    canDelete: true,
    canEditRichly: false,
  }

  test.each([
    ['a field', { isEditable: true, selectionText: '', editFlags }, ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll']],
    ['marked text', { isEditable: false, selectionText: 'abc', editFlags }, ['copy', 'selectAll']],
    ['anything else', { isEditable: false, selectionText: ' ', editFlags }, []],
  ])('offers what makes sense on %s', async (_name, params, roles) => {
    const { module } = await onStandIn(() => import('../../../../src-main/hosts/electron/context-menu.ts'))

    expect(module.contextMenuTemplate(params).flatMap((item) => item.role ?? [])).toEqual(roles)
  })
})
