import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findChromium } from '../../scripts/find-chromium.mjs'
import { EditorPage } from '../e2e/pages/editor.ts'
import { ResponsePage } from '../e2e/pages/response.ts'
import { SidebarPage } from '../e2e/pages/sidebar.ts'
import { startWebHost } from '../e2e/support/web-host.ts'
import type { RunningServer } from './support/process.ts'
import { startFlaskUpload, startHttpbin, startNginx } from './support/servers.ts'

let browser: Browser
let folder: string
let httpbin: RunningServer
let nginx: RunningServer
let flask: RunningServer
let host: Awaited<ReturnType<typeof startWebHost>>
let page: Page

beforeAll(async () => {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('The window tests need a Chromium: apt-get install -y chromium')
  folder = await mkdtemp(join(tmpdir(), 'posthaste-window-'))
  browser = await chromium.launch({ executablePath })
  ;[httpbin, nginx, flask] = await Promise.all([
    startHttpbin(),
    startNginx({ folder: join(folder, 'nginx'), server: 'location /old { return 301 /new; } location /new { return 200 "arrived"; }' }),
    startFlaskUpload(),
  ])
})
afterAll(async () => {
  await browser.close()
  await Promise.all([httpbin.stop(), nginx.stop(), flask.stop()])
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  host = await startWebHost(await mkdtemp(join(folder, 'data-')))
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(host.url)
})
afterEach(async () => {
  await page.close()
  await host.kill()
})

const text = async (locator: { textContent: () => Promise<string | null> }): Promise<string> => (await locator.textContent()) ?? ''

describe('the window and servers that no one here wrote', () => {
  test('build, send, save, reload and send again at httpbin', async () => {
    const editor = new EditorPage(page)
    const response = new ResponsePage(page)
    await editor.newRequest()
    await editor.setMethod('POST')
    await editor.url.fill(`${httpbin.url}/post?a=1`)
    await editor.bodyType('JSON')
    await editor.typeBody('{"name": "Jane"}')
    await editor.send.click()
    await response.status.filter({ hasText: '200 OK' }).waitFor()
    await response.region.getByText('"Jane"').first().waitFor()
    await editor.save.click()
    await new SidebarPage(page).saveAs('To httpbin')
    await editor.tab('To httpbin').waitFor()

    await page.reload()
    await editor.tab('To httpbin').waitFor()
    await editor.send.click()

    await response.status.filter({ hasText: '200 OK' }).waitFor()
  })

  test('a redirect of nginx is followed and shown hop by hop', async () => {
    const editor = new EditorPage(page)
    const response = new ResponsePage(page)
    await editor.newRequest()
    await editor.url.fill(`${nginx.url}/old`)
    await editor.send.click()
    await response.status.filter({ hasText: '200 OK' }).waitFor()

    await response.section('Redirects')

    expect(await text(response.region)).toContain('301')
  })

  test('files dropped on the window arrive at a Flask page as they are on disk', async () => {
    const editor = new EditorPage(page)
    const response = new ResponsePage(page)
    const photo = randomBytes(2_000_000)
    await writeFile(join(folder, 'photo.jpg'), photo)
    await editor.newRequest()
    await editor.setMethod('POST')
    await editor.url.fill(`${flask.url}/upload`)
    await editor.bodyType('Multipart')
    const box = await page.getByRole('region', { name: 'Files', exact: true }).boundingBox()
    if (!box) throw new Error('There is nothing to drop on.')
    const client = await page.context().newCDPSession(page)
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const data = { items: [], files: [join(folder, 'photo.jpg')], dragOperationsMask: 1 }
      await client.send('Input.dispatchDragEvent', { type, x: box.x + box.width / 2, y: box.y + box.height / 2, data })
    }
    await editor.prepared.getByText('photo.jpg').first().waitFor()
    await editor.send.click()
    await response.status.filter({ hasText: '200 OK' }).waitFor()

    const sha256 = createHash('sha256').update(photo).digest('hex')
    // A line that is wrapped is in pieces.
    await response.region.getByRole('button', { name: 'Wrap long lines' }).click()
    await response.region.getByText(sha256).first().waitFor()
  })

  test('Cancel stops a slow answer of httpbin, and an error keeps the form', async () => {
    const editor = new EditorPage(page)
    const response = new ResponsePage(page)
    await editor.newRequest()
    await editor.url.fill(`${httpbin.url}/delay/9`)
    await editor.send.click()
    await editor.cancel.click()

    await response.alert.filter({ hasText: 'Cancelled' }).waitFor()
    expect(await editor.url.inputValue()).toBe(`${httpbin.url}/delay/9`)
  })
})
