// What stays when files change, vanish or are overwritten: earlier versions, branches switched by git.
import { execFileSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { SidebarPage } from './pages/sidebar.ts'

const requestFile = (name: string, url: string): string => `info:\n  name: ${name}\n  type: http\nhttp:\n  method: GET\n  url: ${url}\n`

test('an earlier version is found in the tree’s menu, compared, put back, and that taken back', async ({ window, host }) => {
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  const file = join(host.dataDir, 'collections', 'My requests', 'Welcome', 'Put.yml')
  await sidebar.open('Put')
  const before = await readFile(file, 'utf8')
  await editor.url.fill('http://127.0.0.1:9/changed')
  await editor.save.click()
  await expect.poll(() => readFile(file, 'utf8')).toContain('/changed')

  await sidebar.item('Put').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Earlier versions…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Earlier versions of “Put”' })
  await expect(dialog.getByRole('option', { name: /just now/i })).toHaveCount(1)
  await expect(dialog.getByRole('group', { name: 'Differences' })).toContainText('127.0.0.1:9/changed')
  await dialog.getByRole('button', { name: 'Restore this version' }).click()

  await expect(dialog).toBeHidden()
  await expect.poll(() => readFile(file, 'utf8')).toBe(before)
  await expect(editor.url).toHaveValue('{{$echo}}/put')
  await window.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => readFile(file, 'utf8')).toContain('/changed')
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/changed')
})

test('of a request that was never overwritten there is nothing yet, and that is said', async ({ window }) => {
  const sidebar = new SidebarPage(window)
  await sidebar.open('Put')
  await window.keyboard.press('ControlOrMeta+K')
  await window.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox').fill('earlier')
  await window.keyboard.press('Enter')

  await expect(window.getByRole('dialog', { name: 'Earlier versions of “Put”' })).toContainText('No earlier versions yet')
})

test('git switches the branch under open tabs: a conflict asks with both sides, a file that vanished is marked until it is back', async ({
  window,
  host,
}) => {
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  const root = join(host.dataDir, 'collections', 'Shop')
  await mkdir(root, { recursive: true })
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@b.test', '-c', 'init.defaultBranch=main']
  const git = (...args: string[]): void => void execFileSync('git', [...who, ...args], { cwd: root, env, stdio: 'pipe' })
  await writeFile(join(root, 'opencollection.yml'), 'info:\n  name: Shop\n')
  await writeFile(join(root, 'Stays.yml'), requestFile('Stays', 'http://127.0.0.1:9/ours'))
  await writeFile(join(root, 'Goes.yml'), requestFile('Goes', 'http://127.0.0.1:9/goes'))
  git('init')
  git('add', '-A')
  git('commit', '-m', 'one')
  git('switch', '-c', 'theirs')
  await writeFile(join(root, 'Stays.yml'), requestFile('Stays', 'http://127.0.0.1:9/theirs'))
  git('rm', 'Goes.yml')
  git('commit', '-am', 'two')
  git('switch', 'main')
  await window.reload()
  await sidebar.open('Goes')
  await sidebar.open('Stays')
  await editor.url.fill('http://127.0.0.1:9/mine')

  git('switch', 'theirs')

  const goes = editor.tab('Goes')
  await expect(goes).toHaveAccessibleDescription(/its file is no longer on disk/)
  await expect(sidebar.item('Goes')).toHaveCount(0)
  await goes.click()
  await expect(window.getByRole('alert').filter({ hasText: 'Goes.yml is no longer on disk' })).toBeVisible()
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/goes')
  await editor.tab('Stays').click()
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/mine')
  await expect(window.getByRole('alert').filter({ hasText: 'Stays.yml has changed on disk' })).toBeVisible()
  await expect(editor.tab('Stays')).toHaveAccessibleDescription(/its file has changed on disk/)
  await editor.save.click()
  const dialog = window.getByRole('dialog', { name: 'The file has changed' })
  await expect(dialog).toContainText('/theirs')
  await expect(dialog).toContainText('/mine')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  git('switch', 'main')

  await expect(sidebar.item('Goes')).toBeVisible()
  await expect(goes).not.toHaveAccessibleDescription(/no longer on disk/)
  await expect(window.getByRole('alert').filter({ hasText: 'has changed on disk' })).toHaveCount(0)
  await editor.save.click()
  await expect.poll(() => readFile(join(root, 'Stays.yml'), 'utf8')).toContain('/mine')
})

test('what was deleted can be had back after a restart, when its Undo is long gone', async ({ window, host }) => {
  const sidebar = new SidebarPage(window)
  await sidebar.open('Put')
  await sidebar.item('Put').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(sidebar.item('Put')).toHaveCount(0)

  const again = await host.restart()
  await again.getByRole('button', { name: 'Collections menu' }).click()
  await again.getByRole('menuitem', { name: 'Deleted items…' }).click()
  const dialog = again.getByRole('dialog', { name: 'Deleted items' })
  await expect(dialog.getByRole('listitem')).toContainText('My requests / Welcome')
  await dialog.getByRole('button', { name: 'Restore “Put”' }).click()

  await expect(dialog.getByRole('status')).toHaveText('Restored “Put”')
  await again.keyboard.press('Escape')
  await new SidebarPage(again).open('Put')
  await expect(new EditorPage(again).url).toHaveValue('{{$echo}}/put')
})
