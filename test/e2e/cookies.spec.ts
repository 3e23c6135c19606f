import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CookiesPage } from './pages/cookies.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { expect, test } from './support/fixtures.ts'

const CLI = join(import.meta.dirname, '../../out/main/cli.js')
const FAR = 4_000_000_000

test('a cookie that a server set is seen in the jar, changed there, and goes out as it was changed', async ({ window }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  const cookies = new CookiesPage(window)
  await editor.newRequest()
  await editor.url.fill('{{$echo}}/cookies/set/sid/abc')
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)

  // It came with the redirect, not with the answer that followed.
  await response.region.getByRole('tab', { name: /^Cookies/ }).click()
  await expect(response.region).toContainText('One cookie set · No cookie set by the answer itself')
  await expect(response.region.getByRole('table', { name: /^Set on the way by .*\/cookies\/set\/sid\/abc, 302/ })).toContainText('sid')
  await response.section('Body')
  await editor.section('Cookies')
  await expect(window.getByRole('list', { name: 'Cookies from the jar' })).toContainText(/sid\s*abc\s*sent, as a cookie of 127\.0\.0\.1/)
  await window.getByRole('button', { name: 'Edit the jar' }).click()
  await expect(cookies.row('sid')).toContainText('session')
  await cookies.button('Edit sid').click()
  await window.setViewportSize({ width: 900, height: 600 })
  await expect(cookies.dialog.getByRole('combobox', { name: 'SameSite' })).toBeInViewport({ ratio: 1 })
  await window.setViewportSize({ width: 1280, height: 800 })
  await cookies.field('Value').fill('changed')
  await cookies.dialog.getByRole('checkbox', { name: 'HttpOnly' }).check()
  await cookies.button('Save cookie').click()
  await expect(cookies.row('sid').getByRole('img', { name: 'HttpOnly' })).toBeVisible()
  await window.keyboard.press('Escape')

  await editor.url.fill('{{$echo}}/cookies')
  await editor.send.click()
  await expect(response.region).toContainText('changed')
})

test('what is wrong with a cookie stands beside its field, until it is mended', async ({ window }) => {
  const cookies = new CookiesPage(window)
  await cookies.open()
  await cookies.button('Add cookie').click()
  await cookies.field('Name').fill('__Host-a')
  await cookies.field('Domain').fill('https://example.com/')
  await cookies.button('Save cookie').click()

  await expect(cookies.field('Domain')).toHaveAccessibleDescription(/no host.*example\.com/)
  await expect(cookies.dialog.getByRole('alert').filter({ hasText: '__Host- cookie must be Secure' })).toBeVisible()
  await cookies.field('Domain').fill('example.com')
  await cookies.dialog.getByRole('checkbox', { name: 'Secure' }).check()
  await cookies.dialog.getByRole('combobox', { name: 'Expires' }).selectOption({ label: 'At a date' })
  await cookies.button('Save cookie').click()

  await expect(cookies.row('__Host-a')).toContainText('in 30 days')
  await expect(cookies.done).toContainText('Added “__Host-a”')
  await cookies.button('Undo').click()
  await expect(cookies.dialog.getByText('This jar is empty')).toBeVisible()
})

test('cookies.txt is imported with its bad lines told of, filtered, cleared for a host, and brought back', async ({ window, host }) => {
  const cookies = new CookiesPage(window)
  // The jar is that of the collection, so that has to be there.
  await expect(window.getByRole('treeitem', { name: 'My requests' })).toBeVisible()
  await cookies.open()
  await cookies.import(
    [
      `.example.com\tTRUE\t/\tFALSE\t${FAR}\tshared\t1`,
      `#HttpOnly_api.example.com\tFALSE\t/v1\tFALSE\t0\town\t2`,
      `no cookie`,
      `other.test\tFALSE\t/\tFALSE\t0\telse\t3`,
    ].join('\n'),
  )
  await expect(cookies.dialog.getByRole('list', { name: 'Left out of the import' })).toContainText('Line 3: It has 2 fields')
  await cookies.button('Back').click()
  await cookies.field('Filter by domain').fill('example')
  await expect(cookies.table.getByRole('row')).toHaveCount(3)
  await expect(cookies.row('shared')).toContainText('.example.com')

  await cookies.choose('Clear', /Clear for this host/)
  await cookies.dialog.getByRole('combobox', { name: 'Host' }).fill('api.example.com')
  await expect(cookies.dialog.getByRole('status', { name: 'What would be cleared' })).toHaveText(
    /^2 cookies could be sent to api\.example\.com\. One is its own; one is of \.example\.com/,
  )
  await cookies.button('Clear 2').click()
  await expect(cookies.done).toContainText('Deleted 2 cookies')
  await cookies.field('Filter by domain').fill('')
  await expect(cookies.table.getByRole('row')).toHaveCount(2)

  // Closing the dialog leaves the way back in a notice.
  await cookies.button('Close').click()
  await window.getByRole('button', { name: 'Undo' }).click()
  await cookies.open()
  await expect(cookies.table.getByRole('row')).toHaveCount(4)

  const page = await host.restart()
  const again = new CookiesPage(page)
  await expect(page.getByRole('treeitem', { name: 'My requests' })).toBeVisible()
  await again.open()
  await expect(again.table.getByRole('row')).toHaveCount(4)
})

test('a jar is exported as cookies.txt', async ({ window }) => {
  const cookies = new CookiesPage(window)
  await cookies.open()
  await cookies.import('[{"name": "a", "value": "1", "domain": ".example.com", "path": "/", "secure": true, "httpOnly": true}]')
  await expect(cookies.row('a')).toBeVisible()
  const downloading = window.waitForEvent('download')
  await cookies.choose('Export', /cookies\.txt/)
  const download = await downloading

  expect(download.suggestedFilename()).toBe('cookies.txt')
  expect(await readFile(await download.path(), 'utf8')).toContain('\n#HttpOnly_.example.com\tTRUE\t/\tTRUE\t0\ta\t1\n')
})

test('a cookie that the command line was given shows in the open window', async ({ window, dataDir }) => {
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  const cookies = new CookiesPage(window)
  await editor.newRequest()
  await editor.url.fill('{{$echo}}/get')
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)
  await cookies.open()
  await expect(cookies.dialog.getByText('This jar is empty')).toBeVisible()

  const file = join(dataDir, 'collections', 'My requests', 'login.yml')
  await writeFile(file, 'info: { name: Log in, type: http }\nhttp: { method: GET, url: "{{$echo}}/cookies/set/cli/1" }\n')
  await promisify(execFile)(process.execPath, [CLI, 'send', file, '--data-dir', dataDir])

  await expect(cookies.row('cli')).toContainText('127.0.0.1')
})
