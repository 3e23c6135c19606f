/**
 * A hostile page in the browser that Posthaste's window is open in: served from another port of this machine, which is the
 * same site; from another name; and from a name that first led to the attacker and then leads here (DNS rebinding).
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { WebSocketServer } from 'ws'
import { EditorPage } from './pages/editor.ts'
import { HistoryPage } from './pages/history.ts'
import { ResponsePage } from './pages/response.ts'
import { attack, countHeldWindows, openWindows, WINDOWS, type Target } from './support/attack.ts'
import { expect, test } from './support/fixtures.ts'

const NAME = 'hostile.test'
/** What the user got from somewhere, which the attacker has, too. */
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"><rect width="7" height="7"/></svg>'
const BODY_ID = createHash('sha256').update(PICTURE).digest('hex')

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${NAME} 127.0.0.1`] }),
})

test('a hostile page gets nothing of a running window and changes nothing, from another port, name, or by DNS rebinding', async ({
  window,
  host,
  app,
  context,
}) => {
  const { port, origin } = new URL(app.current.url)
  const hostile = await startHostileServer(0)
  new WebSocketServer({ server: hostile })
  const hostilePort = portOf(hostile)
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill(`http://127.0.0.1:${hostilePort}/picture.svg`)
  await editor.send.click()
  await expect(new ResponsePage(window).status).toHaveText(/200 OK/)
  await host.journalWritten('/picture.svg')
  // An answer that is not yet in the history ends with its host.
  const history = new HistoryPage(window)
  await history.open()
  await expect(history.entries).toHaveCount(1)

  // The name leads to the attacker, on the very port; once the page is there, to Posthaste.
  await host.die()
  const rebinding = await startHostileServer(Number(port))
  const rebound = await openPage(context, `http://${NAME}:${port}/`)
  rebinding.closeAllConnections()
  await new Promise((resolve) => rebinding.close(resolve))
  await host.comeBack()
  const otherPort = await openPage(context, `http://127.0.0.1:${hostilePort}/`)
  const otherName = await openPage(context, `http://${NAME}:${hostilePort}/`)
  const fetchPicture = async (): Promise<number> => window.evaluate(async (path) => (await fetch(path)).status, `/body/${BODY_ID}`)
  await expect.poll(fetchPicture, { message: 'what the attacker is after is there' }).toBe(200)
  const before = await filesIn(host.dataDir)
  const built = await readdir(join(import.meta.dirname, '../../out/renderer/assets'))
  const asset = (ending: string): string => `/assets/${built.find((name) => name.endsWith(ending))}`
  const target: Target = { origin, script: asset('.js'), style: asset('.css'), bodyId: BODY_ID }
  const lax: Target = { ...target, origin: `http://localhost:${hostilePort}` }
  const attacks = [
    [otherPort, target],
    [otherName, target],
    [rebound, { ...target, origin: `http://${NAME}:${port}` }],
  ] as const

  const { missed } = await tryOn(otherPort, lax)
  expect(missed, 'what a server lets in that lets in everything').toEqual([])
  for (const [page, on] of attacks) expect((await tryOn(page, on)).got, `of ${on.origin} at ${page.url()}`).toEqual([])
  await expectToHold(otherPort, lax, WINDOWS)
  for (const [page] of attacks) await expectToHold(page, target, 0)

  expect(await filesIn(host.dataDir)).toEqual(before)
  const upload = { method: 'POST', body: 'x', headers: { 'x-posthaste': '1' } }
  await window.evaluate(async (init) => fetch('/upload?name=own.txt', init), upload)
  expect(await filesIn(host.dataDir)).not.toEqual(before)
  hostile.closeAllConnections()
  hostile.close()
})

/** Has a hostile page try everything on a target. A frame that shows anything counts, too. */
async function tryOn(page: Page, target: Target): Promise<{ readonly got: readonly string[]; readonly missed: readonly string[] }> {
  const old = new Set(page.frames())
  const outcomes = Object.entries(await page.evaluate(attack, target)).filter(([, outcome]) => outcome !== 'framed')
  const frames = page.frames().filter((frame) => !old.has(frame))
  expect(frames.length).toBeGreaterThan(3)
  const all = [...outcomes, ...frames.map((frame) => [`frame ${frame.url()}`, frame.url().startsWith('http') ? 'got' : 'blocked'] as const)]
  return {
    got: all.filter(([, outcome]) => outcome === 'got').map(([name]) => name),
    missed: all.filter(([, outcome]) => outcome !== 'got').map(([name, outcome]) => `${name}: ${outcome}`),
  }
}

/** Has a hostile page open windows of a target, and keep a hold of so many of them once they are there. */
async function expectToHold(page: Page, target: Target, held: number): Promise<void> {
  const popups: Page[] = []
  const collect = (popup: Page): void => void popups.push(popup)
  page.context().on('page', collect)
  await page.evaluate(openWindows, target)
  await expect.poll(() => popups.filter((popup) => popup.url().startsWith(target.origin)).length).toBe(WINDOWS)
  page.context().off('page', collect)
  for (const popup of popups) await popup.waitForLoadState()
  await expect.poll(() => page.evaluate(countHeldWindows)).toBe(held)
  for (const popup of popups) await popup.close()
}

/** Serves a page that has yet to get its script; whoever asks for more than that is given it, and allowed everything. */
async function startHostileServer(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?')
    const type = TYPES.find(([pattern]) => pattern.test(path))?.[1] ?? 'text/html'
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
    response.setHeader('access-control-allow-credentials', 'true')
    response.setHeader('access-control-allow-headers', 'x-posthaste, authorization')
    response.setHeader('content-type', request.headers.accept === 'text/event-stream' ? 'text/event-stream' : type)
    response.end(type === 'image/svg+xml' ? PICTURE : '')
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const TYPES = [
  [/^\/body|\.svg$/, 'image/svg+xml'],
  [/\.js$/, 'text/javascript'],
  [/\.css$/, 'text/css'],
] as const

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  return page
}

/** What the host notes of itself once it has started, and the log of the history's database, which changes by being looked at. */
const OWN_NOTES = /^web-|\.tmp$|-(?:wal|shm)$/

/** What is in the files of a folder, by their paths. */
async function filesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !OWN_NOTES.test(entry.name))
      files[path] = createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
  }
  return files
}
