// What keeps a request from being sent: told once, in short, with the way to mend it; and in the history like any send.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { HistoryPage } from './pages/history.ts'
import { ResponsePage } from './pages/response.ts'
import { SidebarPage } from './pages/sidebar.ts'

test.beforeEach(async ({ dataDir }) => {
  const shop = join(dataDir, 'collections', 'shop')
  await mkdir(join(shop, 'environments'), { recursive: true })
  await writeFile(join(shop, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo: { name: Shop API }\n')
  await writeFile(
    join(shop, 'environments', 'dev.yml'),
    'name: dev\ndotEnvFilePath: .env\nvariables:\n  - { name: a, value: "1" }\n  - { name: b, value: "2" }\n',
  )
  await writeFile(join(shop, '.env'), 'c=3\n')
  await writeFile(
    join(shop, 'Get.yml'),
    'info: { name: Get, type: http }\nhttp: { method: GET, url: "{{$echo}}/get/{{a}}/{{b}}/{{c}}/{{a}}" }\n',
  )
})

test('several names without a value are told in one, with one mend, and the response leads there', async ({ window }) => {
  const editor = new EditorPage(window)
  await new SidebarPage(window).unfold('Shop API')
  await new SidebarPage(window).open('Get')
  const told = window.getByRole('group', { name: 'Names without a value' })
  await expect(told).toContainText('{{a}}, {{b}} and {{c}} have no value.Environment dev has them.')
  await expect(editor.prepared).toContainText('{{a}}, {{b}} and {{c}} have no value.')

  await editor.send.click()
  const { alert } = new ResponsePage(window)
  await expect(alert).toContainText('UndefinedVariable The variable {{a}} has no value.')
  await expect(alert).not.toContainText('it is not in')
  await alert.getByRole('button', { name: 'Show it in the request' }).click()
  await expect(editor.url).toBeFocused()

  await expect(window.getByRole('button', { name: 'Use environment dev' })).toHaveCount(1)
  await told.getByRole('button', { name: 'Use environment dev' }).click()
  await expect(told).toHaveCount(0)
  await editor.send.click()
  await expect(new ResponsePage(window).status).toBeVisible()

  const history = new HistoryPage(window)
  await history.open()
  await expect(history.entries).toHaveCount(2)
  await expect(history.entries.last()).toHaveAccessibleDescription(/UndefinedVariable/)

  // A menu for an entry does not choose it: what is chosen is what is shown.
  await history.entries.first().click()
  await history.entries.last().click({ button: 'right' })
  await expect(window.getByRole('menuitem', { name: 'Open as new request' })).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(history.entries.first()).toHaveAttribute('aria-selected', 'true')
  await expect(history.entries.last()).toHaveAttribute('aria-selected', 'false')
  await history.choose(history.entries.last(), 'Delete')
  await expect(history.entries).toHaveCount(1)
  await expect(history.entries.first()).not.toHaveAccessibleDescription(/UndefinedVariable/)
})

test('the prepared request and the code together leave the editor more than half of its room', async ({ window }) => {
  await window.setViewportSize({ width: 1280, height: 800 })
  const editor = new EditorPage(window)
  await new SidebarPage(window).unfold('Shop API')
  await new SidebarPage(window).open('Get')
  await window.getByRole('button', { name: 'Code', exact: true }).click()
  await expect(window.getByLabel('Generated code')).toBeVisible()

  const sections = await window.getByRole('tablist', { name: 'Request', exact: true }).boundingBox()
  const prepared = await editor.prepared.boundingBox()
  const code = await window.getByRole('region', { name: 'Code', exact: true }).boundingBox()
  const [top, above, below] = [sections?.y ?? 0, prepared?.height ?? 0, code?.height ?? 0]
  const bottom = (code?.y ?? 0) + below
  expect((prepared?.y ?? 0) - top).toBeGreaterThan((bottom - top) / 2)
  expect(Math.min(above, below)).toBeGreaterThan(90)
})
