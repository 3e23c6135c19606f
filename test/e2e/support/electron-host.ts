/** Starts the built app in Electron itself, where its binary is here (`npm run test:electron`). */
import { once } from 'node:events'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import type { RunningApp } from './fixtures.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

export async function startElectronHost(dataDir: string): Promise<RunningApp> {
  const executablePath = process.env['ELECTRON_EXEC_PATH']
  if (executablePath === undefined) throw new Error('Run this by `npm run test:electron`.')
  const isRoot = process.getuid?.() === 0
  const app = await _electron.launch({ executablePath, args: [ROOT, ...(isRoot ? ['--no-sandbox'] : []), `--data-dir=${dataDir}`] })
  const page = await app.firstWindow()
  const child = app.process()
  // The next run waits for this one to be gone: only one may have the data folder's window open.
  const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve()
  return {
    url: page.url(),
    page,
    stop: async () => {
      await app.close()
      await gone
      if (child.exitCode !== 0) throw new Error(`Electron ended with status ${child.exitCode}, by signal ${child.signalCode}.`)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await gone
      await app.close().catch(() => undefined) // it is gone already
    },
  }
}
