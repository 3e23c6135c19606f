/** The built web host as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { CLI } from './programs.ts'

/** Starts `posthaste serve` from the build, on a data folder; it ends with this process. */
export async function startHost(dataDir: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--no-open', '--data-dir', dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, POSTHASTE_EXIT_WITH_PARENT: '1' },
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, url: /http:\S+/.exec(line)?.[0] ?? '' }
}
