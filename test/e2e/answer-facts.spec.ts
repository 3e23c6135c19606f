/** What an answer tells beside its body: its headers in words, the pages after it, its cookies, its course and its times. */
import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

async function sent(window: Page, url: string): Promise<ResponsePage> {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill(url)
  await editor.send.click()
  const response = new ResponsePage(window)
  await expect(response.status).toBeVisible()
  return response
}

async function expectNoViolations(window: Page, selector: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page: window }).include(selector).analyze()
    expect(violations).toEqual([])
  }
}

test('headers say what they are for and what they come to', async ({ window, serve }) => {
  const url = await serve((_request, response) => {
    response.setHeader('X-RateLimit-Limit', '60')
    response.setHeader('X-RateLimit-Remaining', '57')
    response.setHeader('X-RateLimit-Reset', '23')
    response.setHeader('Cache-Control', 'max-age=300')
    response.setHeader('Age', '20')
    response.setHeader('X-Mine', 'yes')
    response.end('ok')
  })

  const answer = await sent(window, url)
  const { region } = answer
  await answer.section('Headers')

  await expect(region.getByText('57 of 60 left, resets in 23 s')).toBeVisible()
  await expect(region.getByText('fresh for 5 min, 20 s old')).toBeVisible()
  await region.getByText('Cache-Control', { exact: true }).hover()
  await expect(window.getByText('RFC 9111 §5.2').first()).toBeVisible()
  await expectNoViolations(window, '[aria-label="Response"]')
  await region.getByRole('textbox', { name: 'Filter headers' }).fill('mine')
  await expect(region.getByText('1 of ')).toBeVisible()
  await expect(region.getByRole('table', { name: 'Response headers' }).getByRole('row')).toHaveCount(2)
})

test('the next page is one click, and all of them are one body', async ({ window, serve }) => {
  const asked: string[] = []
  const url = await serve((request, response) => {
    asked.push(request.url ?? '')
    const page = Number(new URL(request.url ?? '', 'http://h').searchParams.get('page'))
    response.setHeader('Content-Type', 'application/json')
    const links = [...(page < 4 ? [`<?page=${page + 1}>; rel="next"`, '<?page=4>; rel="last"'] : [])]
    if (page > 1) links.push(`<?page=${page - 1}>; rel="prev"`, '<?page=1>; rel="first"')
    response.setHeader('Link', links.join(', '))
    response.end(JSON.stringify([{ id: page }]))
  })
  const answer = await sent(window, `${url}/items?page=1`)
  const pages = answer.region.getByRole('navigation', { name: 'Pages' })

  await pages.getByRole('button', { name: 'Next page' }).click()
  await expect(new EditorPage(window).url).toHaveValue(`${url}/items?page=2`)
  await expect(answer.region.getByText('"id": 2')).toBeVisible()

  await pages.getByRole('button', { name: 'All pages…' }).click()
  const dialog = window.getByRole('dialog', { name: 'All pages' })
  await dialog.getByRole('checkbox', { name: 'From the first page on' }).uncheck()
  await dialog.getByRole('button', { name: 'Get pages' }).click()
  await expect(answer.region.getByText('their lists as one of 3 items')).toBeVisible()
  await expect(answer.region.getByText('"id": 4')).toBeVisible()
  await expectNoViolations(window, '[aria-label="Response"]')
  expect(asked).toEqual([1, 2, 3, 4].map((page) => `/items?page=${page}`))

  await pages.getByRole('button', { name: 'All pages…' }).click()
  await dialog.getByRole('button', { name: 'Get pages' }).click()
  await expect(answer.region.getByText('their lists as one of 4 items')).toBeVisible()
  expect(asked.splice(4)).toEqual([1, 2, 3, 4].map((page) => `/items?page=${page}`))

  await answer.region.getByText('What each page was').click()
  await answer.region.getByRole('button', { name: `${url}/items?page=3` }).click()
  await expect(answer.region.getByText('"id": 3')).toBeVisible()

  // That was an entry of the history, whose further pages can be had as well.
  await pages.getByRole('button', { name: 'This and later pages…' }).click()
  await window.getByRole('dialog', { name: 'All pages' }).getByRole('button', { name: 'Get pages' }).click()
  await expect(answer.region.getByText('their lists as one of 2 items')).toBeVisible()
  expect(asked.slice(4)).toEqual(['/items?page=4'])
})

test('a cookie that was not kept says why, and one that was is shown in its jar', async ({ window, serve }) => {
  const url = await serve((_request, response) => {
    response.setHeader('Set-Cookie', ['sid=abc; Max-Age=7200', 'far=1; Domain=example.com', 'old=; Max-Age=0'])
    response.end('ok')
  })
  const answer = await sent(window, url)
  await expect(answer.region.getByRole('list', { name: 'Warnings' })).toContainText('The cookie far was not kept')

  // Beside the cookie itself it would be told twice.
  await answer.section('Cookies')
  await expect(answer.region.getByRole('list', { name: 'Warnings' })).toBeHidden()
  await expect(answer.region.getByText('3 cookies set; of these 1 deleted, 1 not kept')).toBeVisible()
  await expect(answer.region.getByRole('cell', { name: 'Not kept: its domain is not that of the host that set it.' })).toBeVisible()
  await expect(answer.region.getByText('deleted by this answer')).toBeVisible()
  await expectNoViolations(window, '[aria-label="Response"]')

  await answer.region.getByRole('button', { name: 'Show sid in the jar' }).click()
  const jar = window.getByRole('dialog', { name: 'Cookies' })
  await expect(jar.getByRole('textbox', { name: 'Filter by domain' })).toHaveValue('127.0.0.1')
  await expect(jar.getByText('sid', { exact: true })).toBeVisible()
})

test('an exchange is copied as HAR without what is secret in it', async ({ window, serve }) => {
  const url = await serve((_request, response) => response.setHeader('Set-Cookie', 'sid=very-private').end('ok'))
  const answer = await sent(window, url)
  await answer.section('Request')

  await answer.region.getByRole('button', { name: 'HAR' }).click()
  await window.getByRole('menuitem', { name: 'Copy as HAR, secrets and cookies hidden' }).click()

  await expect(window.getByText('Copied as HAR; credentials and cookies are hidden in it')).toBeVisible()
  // A window of Electron asks for the place in a dialog of the system, which no test can answer.
  if (new URL(window.url()).protocol === 'http:') {
    const saving = window.waitForEvent('download')
    await answer.region.getByRole('button', { name: 'HAR' }).click()
    await window.getByRole('menuitem', { name: 'Save as HAR, secrets and cookies hidden…' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('127.0.0.1.har')
    const har = await readFile(await saved.path(), 'utf8')
    expect(JSON.parse(har)).toMatchObject({ log: { version: '1.2', entries: [{ request: { method: 'GET', url: `${url}/` } }] } })
    expect(har).not.toContain('very-private')
  }
  await expectNoViolations(window, '[aria-label="Response"]')
})

test('the last sends are a picture, and each leads to its entry', async ({ window, serve }) => {
  let count = 0
  const url = await serve((_request, response) => response.writeHead(count++ === 1 ? 503 : 200).end(`answer ${count}`))
  const answer = await sent(window, url)
  const editor = new EditorPage(window)
  for (const number of [2, 3]) {
    await editor.send.click()
    await expect(answer.region.getByText(`answer ${number}`)).toBeVisible()
  }

  await answer.section('Timing')
  const sends = answer.region.getByRole('region', { name: 'Earlier sends' })
  const points = sends.getByRole('group', { name: 'Times of sends, oldest first' }).getByRole('button')
  await expect(points).toHaveCount(3)
  await expect(points.nth(1)).toHaveAccessibleName(/503 Service Unavailable/)
  await expect(points.nth(2)).toHaveAccessibleName(/this one$/)
  await expect(sends.getByText('Median')).toBeVisible()
  await sends.getByText('All figures').click()
  await expect(sends.getByRole('table', { name: 'Times of earlier sends' }).getByRole('row')).toHaveCount(4)
  await expectNoViolations(window, '[aria-label="Response"]')

  await points.nth(2).focus()
  await window.keyboard.press('ArrowLeft')
  await window.keyboard.press('Enter')
  await expect(answer.status).toHaveText(/503/)
  await expect(answer.region.getByText('answer 2')).toBeVisible()
})
