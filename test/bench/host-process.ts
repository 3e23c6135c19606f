/** The built web host as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import type { Held } from './host-probe.ts'
import { CLI } from './programs.ts'

const PROBE = pathToFileURL(join(import.meta.dirname, 'host-probe.ts')).href

export interface HostProcess {
  readonly child: ChildProcess
  readonly url: string
  /** What it holds, after garbage has been collected. */
  readonly held: () => Promise<Held>
  /** Ends it in good order. */
  readonly stop: () => Promise<void>
}

/**
 * Starts `posthaste serve` from the build, on a data folder; it ends with this process.
 *
 * @param isProbed whether it can be asked what it holds. What tells that is TypeScript that Node has to strip: it takes time to
 *   start, and memory
 */
export async function startHost(dataDir: string, { isProbed = true } = {}): Promise<HostProcess> {
  const probe = isProbed ? ['--import', PROBE] : []
  const child = spawn(process.execPath, [...probe, CLI, 'serve', '--port', '0', '--no-open', '--data-dir', dataDir], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, POSTHASTE_EXIT_WITH_PARENT: '1' },
  })
  const output = child.stdout
  if (!output) throw new Error('The host says nothing.')
  const [line] = (await once(createInterface({ input: output }), 'line')) as [string]
  return {
    child,
    url: /http:\S+/.exec(line)?.[0] ?? '',
    held: async () => {
      const answer = once(child, 'message')
      child.send('held')
      return ((await answer) as [Held])[0]
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
