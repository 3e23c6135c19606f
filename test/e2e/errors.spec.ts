import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer as createTlsServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

test.describe('bad input is answered beside its cause', () => {
  for (const [url, words] of [
    ['example.test/x', /no scheme/],
    ['ftp://example.test/', /not a scheme/],
    ['http://example.test:99999/', /not a port/],
    ['http://', /no host/],
  ] as const) {
    test(`the URL ${url}`, async ({ window }) => {
      const editor = new EditorPage(window)
      await editor.newRequest()
      await editor.url.fill(url)
      await expect(window.getByText(words).first()).toBeVisible()

      await editor.send.click()

      await expect(new ResponsePage(window).alert).toContainText(words)
      await expect(editor.url).toHaveValue(url)
    })
  }

  test('an address of this machine without a scheme, which gets http:// by its button', async ({ window }) => {
    const editor = new EditorPage(window)
    await editor.newRequest()
    await editor.url.fill('localhost:3000/x')

    // Twice, as some do: it is mended once.
    await window.getByRole('button', { name: 'Use http://' }).dblclick()

    await expect(editor.url).toHaveValue('http://localhost:3000/x')
  })

  test('a header name with a space', async ({ window }) => {
    const editor = new EditorPage(window)
    await editor.newRequest()
    await editor.url.fill('http://127.0.0.1:9/')
    await editor.section('Headers')
    await editor.addRow('Headers', 'X Bad', '1')

    await expect(editor.table('Headers').getByText(/holds a space/)).toBeVisible()
  })

  test('a wrong option, to which its button leads', async ({ window }) => {
    const editor = new EditorPage(window)
    await editor.newRequest()
    await editor.url.fill('https://127.0.0.1:9/')
    await editor.section('Options')
    await window.getByRole('textbox', { name: 'CA file' }).fill('/nowhere/ca.pem')
    await editor.section('Headers')
    await editor.send.click()
    await expect(new ResponsePage(window).alert).toContainText('The CA file is not there: /nowhere/ca.pem.')

    await new ResponsePage(window).alert.getByRole('button', { name: 'Change it in Options' }).click()

    await expect(window.getByRole('textbox', { name: 'CA file' })).toBeFocused()
  })

  test('invalid JSON, which can be sent as typed', async ({ window }) => {
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    await editor.newRequest()
    await editor.setMethod('POST')
    await editor.url.fill('{{$echo}}/post')
    await editor.bodyType('JSON')
    await editor.typeBody('{"a": }')
    await expect(window.getByText(/not valid JSON/).first()).toBeVisible()
    // The mark in the text says it, too.
    await window.locator('.squiggly-error').first().hover({ force: true })
    await expect(window.locator('.monaco-hover').filter({ hasText: 'A value is missing here.' })).toBeVisible()
    await editor.url.hover()

    await window.getByRole('checkbox', { name: 'Send as typed' }).check()
    await editor.send.click()

    await expect(response.status).toHaveText(/200 OK/)
    await expect(response.region).toContainText('{\\"a\\": }')
  })
})

test.describe('failures on the wire', () => {
  test('a refused connection names the host and the window goes on', async ({ window }) => {
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await editor.newRequest()
    await editor.url.fill(`http://127.0.0.1:${port}/`)

    await editor.send.click()

    await expect(response.alert).toContainText('ConnectionError')
    await expect(response.alert).toContainText(`127.0.0.1:${port}`)
    await expect(response.region.getByRole('tablist', { name: 'Response', exact: true }).getByRole('tab')).toHaveText(['Timing'])
    await editor.url.fill('{{$echo}}/get')
    await editor.send.click()
    await expect(response.status).toHaveText(/200 OK/)
  })

  test('a reply that is not HTTP', async ({ window }) => {
    const editor = new EditorPage(window)
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end('SSH-2.0-OpenSSH_9.2\r\n')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    await editor.newRequest()
    await editor.url.fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)

    await editor.send.click()

    const { alert } = new ResponsePage(window)
    await expect(alert).toContainText(/not HTTP/)
    await alert.getByText('What the server sent').click()
    await expect(alert.getByRole('group', { name: 'As text' })).toHaveText(/SSH-2\.0-OpenSSH_9\.2/)
    server.close()
  })

  test('Cancel stops a slow reply at once and keeps the form', async ({ window }) => {
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    await editor.newRequest()
    await editor.url.fill('{{$echo}}/delay/10')
    await editor.send.click()

    await editor.cancel.click()

    await expect(response.alert).toContainText('Cancelled')
    await expect(editor.send).toBeVisible()
    await expect(editor.url).toHaveValue('{{$echo}}/delay/10')
  })

  test('an untrusted certificate: tried again without verification, which the request then says', async ({ window }) => {
    const folder = await mkdtemp(join(tmpdir(), 'posthaste-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', key, '-out', cert]
    await promisify(execFile)('openssl', made)
    const certified = { key: await readFile(key), cert: await readFile(cert) }
    const server = createTlsServer(certified, (_request, response) => response.end('safe enough'))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const editor = new EditorPage(window)
    const response = new ResponsePage(window)
    await editor.newRequest()
    await editor.url.fill(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await editor.send.click()
    await expect(response.alert).toContainText('SSLError')

    await response.alert.getByRole('button', { name: 'Try again without verification' }).click()

    await expect(response.status).toHaveText(/200 OK/)
    await editor.section('Options')
    await expect(window.getByRole('switch', { name: 'Verify TLS certificates' })).not.toBeChecked()
    await response.section('Timing')
    const connection = response.region.getByRole('region', { name: 'Connection' })
    await expect(connection).toContainText(/Encryption\s*TLSv1\.3 · TLS_\w+/)
    await expect(connection).toContainText('Not verified: anyone could have answered in this server’s name.')
    await expect(connection.getByRole('listitem')).toHaveText(
      /^CN=localhostIssued byitself \(self-signed\)Valid.*days? left.*SHA-256(?:[0-9A-F]{2}:){31}/,
    )

    const lowest = window.getByRole('combobox', { name: 'Lowest TLS version' })
    await lowest.selectOption('TLSv1.3')
    server.setSecureContext({ ...certified, maxVersion: 'TLSv1.2' })
    await window.getByRole('textbox', { name: 'URL', exact: true }).press('Enter')
    await expect(response.alert).toContainText('no version of TLS, or no cipher, in common')
    await editor.section('Headers')
    await response.alert.getByRole('button', { name: 'Change it in Options' }).click()
    await expect(lowest).toBeFocused()
    server.close()
    await rm(folder, { recursive: true })
  })
})

test('an answer that breaks the rules can be read leniently in one step', async ({ window }) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', () => socket.end('HTTP/1.1 103 Early Hints\nLink: </a>\n\nHTTP/1.1 200 OK\nX-Old: yes\nContent-Length: 3\n\nold'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  await editor.url.fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await editor.send.click()
  await expect(response.alert).toContainText('does not follow HTTP/1.1')

  await response.alert.getByRole('button', { name: 'Try again leniently' }).click()

  await expect(response.status).toHaveText(/200 OK/)
  await response.section('Headers')
  await expect(window.getByRole('table', { name: 'Interim answer 103' })).toContainText('</a>')
  await expect(window.getByRole('table', { name: 'Response headers' })).toContainText('X-Old')
  await editor.section('Options')
  await expect(window.getByRole('region', { name: 'Connection', exact: true }).first()).toContainText('lenient')
  server.close()
})

test('a bug in a part of the window leaves the rest; one that takes all of it offers to load it anew, and nothing typed is lost', async ({
  window,
  host,
}) => {
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill('http://127.0.0.1:9/kept')
  await host.journalWritten('9/kept')
  for (const part of ['response-viewer', 'deleted-items']) {
    await window.route(new RegExp(`/assets/${part}-[^/]+\\.js$`), async (route) =>
      route.fulfill({ contentType: 'text/javascript', body: `throw new Error('${part} is broken')` }),
    )
  }
  await window.reload()
  const alert = window.getByRole('alert').filter({ hasText: 'This is a bug.' })

  await expect(alert).toContainText('The response cannot be shown')
  await expect(alert).toContainText('response-viewer is broken')
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/kept')
  await window.getByRole('button', { name: 'Collections menu' }).click()
  await window.getByRole('menuitem', { name: 'Deleted items…' }).click()

  await expect(alert).toContainText('The window cannot be shown')
  await window.unrouteAll()
  await alert.getByRole('button', { name: 'Reload the window' }).click()
  await expect(editor.url).toHaveValue('http://127.0.0.1:9/kept')
  await expect(alert).toBeHidden()
})
