import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { violationsInEveryLook } from './support/violations.ts'
import { EditorPage } from './pages/editor.ts'
import { SidebarPage } from './pages/sidebar.ts'

class RunnerPage {
  readonly region: Locator
  readonly requests: Locator
  readonly start: Locator
  readonly results: Locator
  readonly status: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.region = page.getByRole('region', { name: 'Runner', exact: true })
    this.requests = this.region.getByRole('list', { name: 'Requests' })
    this.start = this.region.getByRole('button', { name: 'Start' })
    this.results = this.region.getByRole('table', { name: 'Results' })
    this.status = this.region.getByRole('status', { name: 'Run', exact: true })
  }

  async open(folder: string): Promise<void> {
    await new SidebarPage(this.page).item(folder).click({ button: 'right' })
    await this.page.getByRole('menuitem', { name: 'Run…' }).click()
    await expect(this.requests).toBeVisible()
  }

  async show(view: 'Plan' | 'Results' | 'Charts' | 'Earlier runs'): Promise<void> {
    await this.region.getByRole('tab', { name: view, exact: true }).click()
  }

  /** Leaves in the plan only these. */
  async choose(...names: readonly string[]): Promise<void> {
    await this.region.getByRole('checkbox', { name: /requests$/ }).uncheck()
    for (const name of names) await this.requests.getByRole('checkbox', { name }).check()
  }
}

test('requests are chosen, put in order, run over rows of data, and looked at', async ({ window, dataDir }) => {
  const runner = new RunnerPage(window)
  await new SidebarPage(window).item('Welcome').waitFor()
  const folder = join(dataDir, 'collections', 'My requests', 'Welcome', 'folder.yml')
  const broken = `request: { scripts: [ { type: tests, code: 'if (res.status === 404) throw new Error("broken")' } ] }`
  await writeFile(folder, `${await readFile(folder, 'utf8')}${broken}\n`)
  await runner.open('Welcome')
  await runner.choose('GET Not found', 'POST Post JSON')
  await runner.requests.getByRole('checkbox', { name: 'POST Post JSON' }).focus()
  await window.keyboard.press('Alt+ArrowUp')
  await expect(runner.requests.getByRole('listitem').first()).toContainText('Post JSON')
  await expect(runner.requests.getByRole('checkbox', { name: 'POST Post JSON' })).toBeFocused()
  const rows = runner.requests.getByRole('listitem')
  await rows.filter({ hasText: 'Not found' }).dragTo(rows.first())
  await expect(rows.first()).toContainText('Not found')
  await expect(rows.nth(1)).toContainText('Post JSON')
  const file = join(dataDir, 'rows.csv')
  await writeFile(file, 'name,age\nAda,36\nGrace,45\nAlan,41\n')
  const chooser = window.waitForEvent('filechooser')
  await runner.region.getByRole('button', { name: 'Choose data…' }).click()
  await (await chooser).setFiles(file)
  await expect(runner.region.getByRole('table', { name: 'Data' }).getByRole('row')).toHaveCount(4)
  await runner.region.getByRole('checkbox', { name: 'A status of 400 or more is a failure' }).check()
  await expect(runner.region.getByText('6 requests in all')).toBeVisible()

  await runner.start.click()

  await expect(runner.status).toContainText('Finished')
  await expect(runner.status).toContainText('3 passed')
  await expect(runner.status).toContainText('3 failed')
  await expect(runner.region.getByRole('progressbar', { name: 'Run' })).toHaveAttribute('aria-valuenow', '100')
  await runner.region.getByRole('checkbox', { name: 'Only failed' }).check()
  await expect(runner.results).toHaveAttribute('aria-rowcount', '4')
  await runner.results
    .getByRole('row', { name: /Not found/ })
    .first()
    .click()
  const detail = runner.region.getByRole('region', { name: 'Result', exact: true })
  await expect(detail).toContainText('404')
  await expect(detail).toContainText('Ada')
  await detail.getByRole('button', { name: 'Open request' }).click()
  await expect(new EditorPage(window).url).toHaveValue('{{$echo}}/status/404')
  await window.getByRole('button', { name: 'Run requests' }).click()
  await runner.results
    .getByRole('row', { name: /Not found/ })
    .first()
    .click()
  await detail.getByRole('button', { name: 'Tests of Welcome, line 1' }).click()
  await expect(window.getByRole('region', { name: 'Defaults Welcome' }).getByRole('textbox', { name: 'Script: Tests' })).toBeFocused()
})

test('charts have their figures in tables, and two runs are compared and exported', async ({ window }) => {
  const runner = new RunnerPage(window)
  await runner.open('Welcome')
  await runner.choose('GET Get with a query')
  await runner.region.getByRole('textbox', { name: 'Iterations' }).fill('30')
  await runner.region.getByRole('textbox', { name: 'Concurrency' }).fill('5')
  await runner.start.click()
  await expect(runner.status).toContainText('30 passed')
  await runner.show('Charts')
  for (const name of ['Latency over time', 'How many took how long', 'Requests a second', 'Statuses'])
    await expect(runner.region.getByRole('img', { name })).toBeVisible()
  await runner.region.getByText('All figures').first().click()
  await expect(runner.region.getByRole('table', { name: 'Latency over time' })).toBeVisible()
  await expect(runner.region.getByText('200: 30')).toBeVisible()

  await runner.start.click()
  await expect(runner.status).toContainText('Finished')
  await runner.show('Earlier runs')
  const runs = runner.region.getByRole('table', { name: 'Earlier runs' })
  await expect(runs.getByRole('row')).toHaveCount(3)
  for (const box of await runs.getByRole('checkbox').all()) await box.check()
  await runner.region.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(runner.region.getByRole('table', { name: 'Comparison of two runs' })).toContainText('Get with a query')
  await runner.region.getByRole('button', { name: 'All runs' }).click()

  const download = window.waitForEvent('download')
  await runs
    .getByRole('button', { name: /^Actions of/ })
    .first()
    .click()
  await window.getByRole('menuitem', { name: 'Export as JUnit XML…' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toContain('<testsuite')
})

test('a run is paused, goes on, and is stopped; what has come is kept', async ({ window, serve }) => {
  const address = await serve((_request, answer) => setTimeout(() => answer.end('ok'), 20))
  const editor = new EditorPage(window)
  const sidebar = new SidebarPage(window)
  await sidebar.open('Put')
  await editor.url.fill(address)
  await editor.save.click()
  const runner = new RunnerPage(window)
  await runner.open('Welcome')
  await runner.choose('PUT Put')
  await runner.region.getByRole('textbox', { name: 'Iterations' }).fill('5000')
  await runner.start.click()
  await expect(runner.results.getByRole('row').nth(1)).toContainText('Passed')
  await runner.region.getByRole('button', { name: 'Pause' }).click()
  await expect(runner.status).toContainText('Paused')
  // What is done next is done to the run that is under way: Start does not call for it.
  const ground = (button: Locator): Promise<string> => button.evaluate((element) => getComputedStyle(element).backgroundColor)
  const plain = await ground(runner.region.getByRole('button', { name: 'Stop' }))
  expect(await ground(runner.start)).toBe(plain)
  await runner.region.getByRole('button', { name: 'Go on' }).click()
  await expect(runner.status).toContainText('Running')
  await runner.region.getByRole('button', { name: 'Stop' }).click()

  await expect(runner.status).toContainText('Stopped')
  await expect(runner.results.getByRole('row').nth(1)).toContainText('Passed')
  expect(await ground(runner.start)).not.toBe(plain)
})

test('the runner has no violations that axe can find', async ({ window }) => {
  await window.emulateMedia({ reducedMotion: 'reduce' })
  const runner = new RunnerPage(window)
  await runner.open('Welcome')
  expect(await violationsInEveryLook(window), 'Plan').toEqual([])
  await runner.choose('GET Get with a query', 'GET Not found')
  await runner.start.click()
  await expect(runner.status).toContainText('Finished')
  await runner.results.getByRole('row', { name: /Not found/ }).click()
  expect(await violationsInEveryLook(window), 'Results').toEqual([])
  await runner.show('Charts')
  expect(await violationsInEveryLook(window), 'Charts').toEqual([])
})
