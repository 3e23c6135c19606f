/**
 * What every window test stands on: `host`, the built app with a data folder of its own, and `window`, the page in it.
 * By default the web host in a browser; with `POSTHASTE_E2E_HOST=electron`, Electron itself.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type Page } from '@playwright/test'
import { startElectronHost } from './electron-host.ts'
import { startWebHost } from './web-host.ts'

export interface Host {
  /** Everything the app keeps; stays through a restart. */
  readonly dataDir: string
  /** Address that lets a page in. */
  readonly url: string
  /** Ends the app in good order and starts it again; the new address. */
  readonly restart: () => Promise<string>
  /** Ends the app as a power cut would and starts it again; the new address. */
  readonly kill9: () => Promise<string>
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
const start = isElectron ? startElectronHost : startWebHost

interface Fixtures {
  readonly app: { current: RunningApp }
  readonly host: Host
  readonly window: Page
}

export const test = base.extend<Fixtures & { readonly dataDir: string }>({
  dataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'posthaste-e2e-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  app: async ({ dataDir }, use) => {
    const app = { current: await start(dataDir) }
    await use(app)
    await app.current.kill()
  },
  host: async ({ app, dataDir }, use) => {
    const again = async (end: () => Promise<void>): Promise<string> => {
      base.skip(isElectron, 'The page under test ends with Electron; starting again is tested on the web host.')
      await end()
      app.current = await start(dataDir)
      return app.current.url
    }
    await use({
      dataDir,
      get url() {
        return app.current.url
      },
      restart: () => again(() => app.current.stop()),
      kill9: () => again(() => app.current.kill()),
      journalWritten: (text) => expect.poll(() => holdsText(dataDir, text), { message: `“${text}” is on disk` }).toBe(true),
    })
  },
  window: async ({ app, page }, use) => {
    const window = app.current.page ?? page
    const errors: string[] = []
    window.on('pageerror', (error) => errors.push(error.stack ?? error.message))
    window.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) errors.push(message.text())
    })
    if (!app.current.page) await window.goto(app.current.url)
    await use(window)
    expect(errors, 'errors that the page did not catch').toEqual([])
  },
})

export { expect }

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
