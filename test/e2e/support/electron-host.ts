/** Starts the built app in Electron itself, where its binary is here (`npm run test:electron`). */
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
  return {
    url: page.url(),
    page,
    stop: () => app.close(),
    kill: async () => {
      app.process().kill('SIGKILL')
      await app.close().catch(() => undefined) // it is gone already
    },
  }
}
