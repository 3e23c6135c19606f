import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

/** Answers everything with 200 and keeps what came. */
async function recorder(): Promise<{ port: number; text: () => string; close: () => void }> {
  let text = ''
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, text: () => text, close: () => void server.close() }
}

test('a request behaves like Python requests, in the preview and on the wire', async ({ window }) => {
  const { port, text, close } = await recorder()
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.setMethod('POST')
  await editor.url.fill(`http://127.0.0.1:${port}/%7eme?q=[x]`)
  await editor.bodyType('JSON')
  await editor.typeBody('{"ü":1.0}')
  await editor.section('Options')
  const choice = window.getByRole('combobox', { name: 'Behave like' })
  await expect(choice).toHaveAccessibleDescription(/as it is typed/)
  await choice.selectOption('Python requests')

  await expect(choice).toHaveAccessibleDescription(/requests 2\.34/)
  await expect(window.getByRole('spinbutton', { name: 'Read timeout' })).toHaveAttribute('placeholder', 'none')
  await expect(editor.prepared).toContainText('POST /~me?q=%5Bx%5D HTTP/1.1')

  await editor.send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200 OK/)
  close()
  const json = String.raw`{"\u00fc": 1.0}`
  const lines = ['User-Agent: python-requests/2.34.2', 'Accept-Encoding: gzip, deflate', 'Accept: */*', 'Connection: keep-alive']
  const head = [`POST /~me?q=%5Bx%5D HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...lines, `Content-Length: ${json.length}`]
  expect(text()).toBe([...head, 'Content-Type: application/json', '', json].join('\r\n'))
})
