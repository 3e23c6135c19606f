/**
 * The server of the window's benchmark, in a process of its own: JSON in one line of any size, and pages that show the same
 * in a bare `<pre>` and in Monaco alone. Says when the last byte of a body has left.
 */
import { createReadStream } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const MONACO = join(import.meta.dirname, '../../node_modules/monaco-editor/min')
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' }
const BATCH = 2000

/** Each item has the word that is looked for once in a hundred. */
const item = (id: number): string =>
  `{"id":${id},"name":"Käthe ${id}","tags":["a","b"],"text":"${id % 100 === 42 ? 'needle' : 'straw'} ${id}","empty":{}}`

/** Sends at least so many bytes. */
function sendJson(response: ServerResponse, bytes: number): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  let sent = 1
  let id = 0
  response.write('[')
  const push = (): void => {
    while (sent < bytes) {
      const batch = Buffer.from(Array.from({ length: BATCH }, (_, index) => `${id + index > 0 ? ',' : ''}${item(id + index)}`).join(''))
      id += BATCH
      sent += batch.length
      if (!response.write(batch)) return void response.once('drain', push)
    }
    response.end(']', () => process.send?.({ bytes, sentAt: Date.now() }))
  }
  push()
}

/** What both pages do: fetch, lay out, show, and say how long after the last byte the text was on screen. */
const page = (head: string, show: string): string => `<!doctype html><meta charset="utf-8">${head}
<body style="margin:0;height:100vh;overflow:auto"><div id="here" style="height:100vh"></div><script>
const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
async function run(bytes) {
  const text = await (await fetch('/json/' + bytes)).text()
  const started = performance.now()
  const laidOut = JSON.stringify(JSON.parse(text), null, 2)
  await (${show})(document.getElementById('here'), laidOut)
  await painted()
  return performance.now() - started
}
</script>`

const PRE = page(
  '',
  `async (here, text) => { const pre = document.createElement('pre'); pre.textContent = text; here.style.height = ''; here.append(pre) }`,
)
const MONACO_PAGE = page(
  '<script src="/vs/loader.js"></script>',
  `async (here, text) => {
    require.config({ paths: { vs: '/vs' } })
    await new Promise((done) => require(['vs/editor/editor.main'], done))
    window.editor = monaco.editor.create(here, { value: text, language: 'json', readOnly: true, largeFileOptimizations: true })
  }`,
)

const server = createServer((request, response) => {
  const url = request.url ?? '/'
  const bytes = /^\/json\/(\d+)$/.exec(url)?.[1]
  if (bytes !== undefined) return sendJson(response, Number(bytes))
  if (url === '/pre' || url === '/monaco')
    return void response.setHeader('content-type', 'text/html').end(url === '/pre' ? PRE : MONACO_PAGE)
  const file = normalize(join(MONACO, new URL(url, 'http://localhost').pathname))
  if (!file.startsWith(MONACO)) return void response.writeHead(404).end()
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response)
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('disconnect', () => process.exit(0))
