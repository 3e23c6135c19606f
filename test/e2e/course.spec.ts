/** Retries, redirects step by step and uploads in parts, as one sees them in the window. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

async function requestTo(window: Page, url: string): Promise<{ editor: EditorPage; response: ResponsePage }> {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill(url)
  return { editor, response: new ResponsePage(window) }
}

test('a busy server is tried again: the schedule before, the countdown meanwhile, every attempt after', async ({ window, serve }) => {
  let count = 0
  const url = await serve((_request, response) => {
    count += 1
    response.writeHead(count < 3 ? 503 : 200).end(`answer ${count}`)
  })
  const { editor, response } = await requestTo(window, `${url}/busy`)
  await editor.section('Options')
  await window.getByRole('button', { name: /^Retries/ }).click()
  await window.getByRole('switch', { name: 'Try again on failure' }).click()
  await window.getByRole('spinbutton', { name: 'Wait factor' }).fill('300')
  await window.getByRole('spinbutton', { name: 'Longest wait' }).fill('500')
  await window.getByRole('textbox', { name: 'Statuses to retry' }).fill('503')
  await editor.setMethod('POST')
  await expect(window.getByRole('group', { name: 'Retry schedule' })).toContainText('POST is not among the methods to retry')
  await editor.setMethod('GET')
  await expect(window.getByRole('group', { name: 'Retry schedule' })).toHaveText('0 s, 500 s, 500 s')
  await window.getByRole('spinbutton', { name: 'Random extra' }).fill('0.1')
  await expect(window.getByRole('group', { name: 'Retry schedule' })).toHaveText('0 s, 500 s, 500 s; up to 100 ms longer at random')

  await editor.send.click()
  await expect(response.region.getByText(/Attempt 3 of 4 in .*503 Service Unavailable/).first()).toBeVisible()
  await expect(response.region.getByText('answer 2')).toBeVisible()
  await response.region.getByRole('button', { name: 'Retry now' }).click()

  await expect(response.status).toHaveText(/200 OK/)
  await response.section('Timing')
  const attempts = response.region.getByRole('button', { name: /503 Service Unavailable/ })
  await expect(attempts).toHaveCount(2)
  await expect(response.region.getByText('Waiting to try again')).toBeVisible()
  await attempts.nth(1).click()
  await response.region.getByRole('tablist', { name: 'Hop' }).getByRole('tab', { name: 'Body' }).click()
  await expect(response.region.getByText('answer 2')).toBeVisible()
})

test('a wait is given up with Cancel, and a wrong list of statuses keeps the request from being sent', async ({ window, serve }) => {
  const url = await serve((_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end())
  const { editor, response } = await requestTo(window, url)
  await editor.section('Options')
  await window.getByRole('button', { name: /^Retries/ }).click()
  await window.getByRole('switch', { name: 'Try again on failure' }).click()
  const statuses = window.getByRole('textbox', { name: 'Statuses to retry' })
  await statuses.fill('429, often')
  await editor.send.click()
  await expect(response.alert).toContainText('"often" is not a status')

  await statuses.fill('')
  await editor.send.click()
  await expect(response.region.getByRole('button', { name: 'Retry now' })).toBeVisible()
  await editor.cancel.click()

  await expect(response.alert).toContainText('Cancelled')
  await expect(response.status).toHaveText(/429/)
})

test('redirects step by step: follow one, then let the next stand as the answer', async ({ window, serve }) => {
  const url = await serve((request, response) => {
    const left = Number(request.url?.slice(1))
    response.writeHead(left === 0 ? 200 : 302, left === 0 ? {} : { location: `/${left - 1}` }).end(`at ${left}`)
  })
  const { editor, response } = await requestTo(window, `${url}/3`)
  await editor.section('Options')
  await window.getByRole('switch', { name: 'Stop at each redirect' }).click()
  const stop = response.region.getByRole('group', { name: 'Redirect' })

  await editor.send.click()
  await expect(stop).toContainText(`${url}/2`)
  await expect(response.status).toHaveText(/302 Found/)
  await expect(response.region.getByText('at 3')).toBeVisible()
  await stop.getByRole('button', { name: 'Follow', exact: true }).click()
  await expect(stop).toContainText(`${url}/1`)
  await stop.getByRole('button', { name: 'Stop here' }).click()

  await expect(response.status).toHaveText(/302 Found/)
  await expect(response.alert).toHaveCount(0)
  await expect(response.region.getByText('at 2')).toBeVisible()

  await editor.send.click()
  await stop.getByRole('button', { name: 'Follow all' }).click()
  await expect(response.status).toHaveText(/200 OK/)
})

test('a redirect to where nothing listens: the hop says where it was to go; a body that breaks off, that no test ran', async ({
  window,
  serve,
}) => {
  const url = await serve((request, response) => {
    if (request.url === '/short') response.writeHead(200, { 'content-length': '9' }).write('short', () => response.destroy())
    else response.writeHead(302, { location: 'http://127.0.0.1:1/gone' }).end()
  })
  const { editor, response } = await requestTo(window, url)
  await editor.send.click()

  const hops = response.region.getByRole('list', { name: 'Hops' })
  await expect(hops.getByRole('listitem').last()).toHaveText(/http:\/\/127\.0\.0\.1:1\/goneConnectionError.*Nothing was sent/)

  await editor.url.fill(`${url}/short`)
  await editor.send.click()
  await response.section('Tests')
  await expect(response.region.getByText('The tests did not run')).toBeVisible()
})

test('a file in parts: one fails, and the upload goes on from there', async ({ window, serve }) => {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-parts-'))
  try {
    await writeFile(join(folder, 'data.bin'), 'abcdefghij')
    const indexes: string[] = []
    const url = await serve((request, response) => {
      void text(request).then((body) => {
        indexes.push(/name="chunk_index"\r\n\r\n(\d+)/.exec(body)?.[1] ?? '')
        response.writeHead(indexes.length === 3 ? 507 : 201).end(`part ${indexes.at(-1)}`)
      })
    })
    const { editor, response } = await requestTo(window, url)
    await editor.setMethod('POST')
    await editor.bodyType('Multipart')
    const chooser = window.waitForEvent('filechooser')
    await window
      .getByRole('region', { name: 'Files', exact: true })
      .getByRole('button', { name: /Choose files/ })
      .click()
    await (await chooser).setFiles(join(folder, 'data.bin'))
    await window.getByRole('switch', { name: 'Send in parts' }).click()
    await expect(editor.prepared).toContainText('1 of 4 requests')

    await editor.send.click()
    await expect(response.alert).toContainText('Part 3 of 4 was answered with 507')
    await response.alert.getByRole('button', { name: 'Resume from part 3 of 4' }).click()

    await expect(response.status).toHaveText(/201 Created/)
    expect(indexes).toEqual(['0', '1', '2', '2', '3'])
    await window.getByRole('spinbutton', { name: 'Go on from part' }).fill('4')
    await window.getByRole('button', { name: 'Send from part 4 of 4' }).click()
    await expect.poll(() => indexes).toEqual(['0', '1', '2', '2', '3', '3'])
  } finally {
    await rm(folder, { recursive: true })
  }
})
