/**
 * What every window test stands on: `host`, the built app with a data folder of its own, and `window`, the page in it.
 * By default the web host in a browser; with `POSTHASTE_E2E_HOST=electron`, Electron itself.
 */
import '../../support/clean-environment.ts'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type Page } from '@playwright/test'
import { startElectronHost } from './electron-host.ts'
import { startWebHost } from './web-host.ts'

export interface Host {
  /** Everything the app keeps; stays through a restart. */
  readonly dataDir: string
  /** Ends the app in good order and starts it again; the page to go on with. */
  readonly restart: () => Promise<Page>
  /** Ends the app as a power cut would and starts it again; the page to go on with. */
  readonly kill9: () => Promise<Page>
  /** Ends the app as a power cut would. A page in a browser outlives that. */
  readonly die: () => Promise<void>
  /** Starts the app again where it was before: at the same address, without opening it. */
  readonly comeBack: () => Promise<void>
  /** Waits until a text that was typed is on disk. */
  readonly journalWritten: (text: string) => Promise<void>
}

/** One run of the app. */
export interface RunningApp {
  readonly url: string
  /** Its own window, where it brings one. */
  readonly page: Page | null
  /** @throws where it does not end in good order */
  readonly stop: () => Promise<void>
  readonly kill: () => Promise<void>
}

const isElectron = process.env['POSTHASTE_E2E_HOST'] === 'electron'
const start: (dataDir: string, port?: number) => Promise<RunningApp> = isElectron ? startElectronHost : startWebHost

/** The page that shows a run of the app: its own window, else the test's page in a browser, sent there. */
type Show = (app: RunningApp) => Promise<Page>

/** Requests of all kinds to the built-in echo server: what most tests begin with. */
const SAMPLES = join(import.meta.dirname, '../../fixtures/workspaces/samples')

interface Fixtures {
  /** Whether the data folder is empty, as at the very first start, rather than with samples in it. */
  readonly isFirstStart: boolean
  readonly dataDir: string
  readonly app: { current: RunningApp }
  readonly show: Show
  readonly host: Host
  readonly window: Page
  /** Starts a server of the test's own; its address. */
  readonly serve: (listener: RequestListener) => Promise<string>
}

export const test = base.extend<Fixtures>({
  serve: async ({}, use) => {
    const servers: ReturnType<typeof createServer>[] = []
    await use(async (listener) => {
      const server = createServer(listener).listen(0, '127.0.0.1')
      servers.push(server)
      await once(server, 'listening')
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
  },
  isFirstStart: [false, { option: true }],
  dataDir: async ({ isFirstStart }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'posthaste-e2e-'))
    if (!isFirstStart) await cp(SAMPLES, join(folder, 'collections'), { recursive: true })
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  app: async ({ dataDir }, use) => {
    const app = { current: await start(dataDir) }
    await use(app)
    await app.current.kill()
  },
  // Electron needs no browser beside it, so it does not ask for the page of one.
  show: isElectron
    ? ({}, use) => useShow(use, async ({ page }) => demandPage(page))
    : ({ page }, use) =>
        useShow(use, async ({ url }) => {
          await page.goto(url)
          return page
        }),
  host: async ({ app, dataDir, show }, use) => {
    const startAgain = async (): Promise<Page> => {
      app.current = await start(dataDir)
      return show(app.current)
    }
    await use({
      dataDir,
      restart: async () => {
        await app.current.stop()
        return startAgain()
      },
      kill9: async () => {
        await app.current.kill()
        return startAgain()
      },
      die: () => app.current.kill(),
      comeBack: async () => {
        app.current = await start(dataDir, Number(new URL(app.current.url).port))
      },
      journalWritten: (text) => expect.poll(() => holdsText(dataDir, text), { message: `“${text}” is on disk` }).toBe(true),
    })
  },
  window: async ({ app, show }, use) => use(await show(app.current)),
})

export { expect }

/** Whatever a page does not catch fails the test in the end. */
async function useShow(use: (show: Show) => Promise<void>, show: Show): Promise<void> {
  const errors: string[] = []
  const watched = new Set<Page>()
  await use(async (app) => {
    const page = await show(app)
    if (watched.has(page)) return page
    watched.add(page)
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
    page.on('console', (message) => {
      // What the page of a response tries in its sandbox, and may not, is no fault of ours.
      const isOfBody = message.location().url.includes('/body/')
      if (/Content Security Policy/i.test(message.text()) && !isOfBody) errors.push(message.text())
    })
    return page
  })
  expect(errors, 'errors that the page did not catch').toEqual([])
}

function demandPage(page: Page | null): Page {
  if (!page) throw new Error('This app brings no window of its own.')
  return page
}

/** Whether some file below a folder holds a text, as it is or as JSON writes it. */
async function holdsText(folder: string, text: string): Promise<boolean> {
  // A folder may be renamed into place while we look, too: the next look finds it.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const escaped = JSON.stringify(text).slice(1, -1)
  // A write is done when its file has its own name, not while it is still a temporary one.
  for (const entry of entries.filter((each) => each.isFile() && /\.(?:json|yml)$/.test(each.name))) {
    // A file may be renamed into place while we look.
    const content = await readFile(join(entry.parentPath, entry.name), 'utf8').catch(() => '')
    if (content.includes(text) || content.includes(escaped)) return true
  }
  return false
}
