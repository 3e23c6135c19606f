import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

/** Answers as a proxy would that is asked in absolute form, and says what it was asked for. */
async function proxy(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => response.end(`asked for ${request.url ?? ''}`)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() }
}

/** A group of Options, opened. */
async function openGroup(window: Page, title: string): Promise<Locator> {
  const group = window.getByRole('region', { name: title, exact: true })
  const toggle = group.getByRole('button', { name: new RegExp(`^${title}`) })
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
  return group
}

async function typeRule(group: Locator, name: string, value: string): Promise<void> {
  await group.getByRole('textbox', { name: 'Name' }).last().fill(name)
  const field = group.getByRole('textbox', { name: 'Value' }).nth(-2)
  await field.fill(value)
  // What is wrong with a new row is said once it is left.
  await field.blur()
}

test.describe('the way to the server', () => {
  test('a proxy is shown before sending and after, with why it is used', async ({ window, host }) => {
    const { url, close } = await proxy()
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    await editor.newRequest()
    await editor.url.fill('http://api.test/users')
    await editor.section('Options')
    const group = await openGroup(window, 'Proxy')
    const route = group.getByRole('status', { name: 'Route' })
    await expect(route).toContainText('For this URL: direct')

    await typeRule(group, 'http', url)
    await expect(route).toContainText(`through ${url}, because of proxy rule http of this request`)
    await expect(editor.prepared).toContainText('GET http://api.test/users HTTP/1.1')

    await editor.send.click()
    await expect(response.status).toHaveText(/200 OK/)
    await expect(response.region).toContainText('asked for http://api.test/users')
    await response.section('Timing')
    await expect(response.region.getByRole('region', { name: 'Connection' })).toContainText('proxy rule http of this request')

    await group.getByRole('textbox', { name: 'No proxy for' }).fill('.test')
    await expect(route).toContainText('direct, because .test is in “No proxy for” of this request')
    await host.journalWritten('.test')
    close()
  })

  test('the rules are there again after a restart', async ({ window, host }) => {
    const editor = new EditorPage(window)
    await editor.newRequest()
    await editor.url.fill('https://api.test/')
    await editor.section('Options')
    await typeRule(await openGroup(window, 'Proxy'), 'all', 'socks5h://127.0.0.1:1080')
    await typeRule(await openGroup(window, 'Connection'), 'api.test', '127.0.0.1')
    await host.journalWritten('socks5h://127.0.0.1:1080')
    await host.journalWritten('"api.test":"127.0.0.1"')

    const again = await host.restart()
    await new EditorPage(again).section('Options')
    const group = again.getByRole('region', { name: 'Proxy', exact: true })
    await expect(group).toContainText('for all')
    await openGroup(again, 'Proxy')

    await expect(group.getByRole('textbox', { name: 'Value' }).first()).toHaveValue('socks5h://127.0.0.1:1080')
    await expect(again.getByRole('region', { name: 'Connection', exact: true })).toContainText('api.test at 127.0.0.1')
  })

  test('what cannot be used stands beside its field', async ({ window }) => {
    const editor = new EditorPage(window)
    await editor.newRequest()
    await editor.url.fill('http://api.test/')
    await editor.section('Options')
    await window.getByRole('textbox', { name: 'Client certificate' }).fill('/no/such/client.pem')
    const group = await openGroup(window, 'Proxy')
    await typeRule(group, 'all', 'gopher://127.0.0.1')

    await expect(window.getByRole('region', { name: 'TLS', exact: true })).toContainText('The client certificate is not there')
    await expect(group.getByRole('table', { name: 'Proxies' })).toContainText('"gopher://" is no kind of proxy')
    await editor.send.click()
    await expect(new ResponsePage(window).alert).toBeVisible()
  })

  test('a rule that has the name of another says that it does not count', async ({ window }) => {
    const editor = new EditorPage(window)
    await editor.newRequest()
    await editor.section('Options')
    const group = await openGroup(window, 'Proxy')
    await typeRule(group, 'all', 'http://127.0.0.1:1')
    await typeRule(group, 'all', 'http://127.0.0.1:2')

    await expect(group).toContainText('There is a rule for all above')
    await group.getByRole('button', { name: 'Remove all' }).first().click()
    await expect(group.getByRole('textbox', { name: 'Value' }).first()).toHaveValue('http://127.0.0.1:2')
  })
})
