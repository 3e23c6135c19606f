/** Starts the built web host as a process of its own, as `posthaste serve` does. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { RunningApp } from './fixtures.ts'

const CLI = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'cli.js')

/** @param port 0: any free one */
export async function startWebHost(dataDir: string, port = 0): Promise<RunningApp> {
  if (!existsSync(CLI)) throw new Error('Nothing is built: run `npm run build`, or the tests by `npm test`.')
  const child = spawn(process.execPath, [CLI, 'serve', '--port', String(port), '--no-open', '--data-dir', dataDir], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A test run that crashes must not leave hosts behind.
    env: { ...process.env, POSTHASTE_EXIT_WITH_PARENT: '1' },
  })
  const complaints: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /^Posthaste is ready at (\S+)$/.exec(line)?.[1]
      if (address !== undefined) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`The web host ended with status ${code}.\n${complaints.join('')}`)))
  })
  return {
    url,
    page: null,
    stop: async () => {
      const code = await end(child, 'SIGTERM')
      if (code !== 0) throw new Error(`The web host ended with status ${code}.\n${complaints.join('')}`)
    },
    kill: async () => void (await end(child, 'SIGKILL')),
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  return child.exitCode
}
