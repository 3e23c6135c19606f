/** Drives a core in another process, and finds a real way to have a disk that is full or cannot be written. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { COMMANDS, type CommandName, type Input, type Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { AnyEvent } from '#contract/events.ts'
import type { Result } from '#contract/result.ts'

const PROJECT = join(import.meta.dirname, '../../..')
const CHILD = join(import.meta.dirname, 'fault-core.ts')
/** Reading TypeScript is most of its start; Node keeps what it made of it. */
const COMPILE_CACHE = join(PROJECT, 'node_modules', '.cache', 'posthaste-cli')

export interface RemoteCore {
  /** Of the process that is spawned, which becomes the core's. */
  readonly pid: number | undefined
  readonly events: AnyEvent[]
  readonly call: <N extends CommandName>(name: N, input: Input<N>) => Promise<Result<Output<N>, WireError>>
  /** A command's value. @throws its error */
  readonly value: <N extends CommandName>(name: N, input: Input<N>) => Promise<Output<N>>
  /** A command's error. @throws where it succeeds */
  readonly error: <N extends CommandName>(name: N, input: Input<N>) => Promise<WireError>
  readonly close: () => Promise<void>
}

/** Runs a program with a disk that is not what it should be. */
export interface BadDisk {
  readonly how: string
  readonly command: string
  readonly args: readonly string[]
}

/** Starts a core. @param disk null: as it is */
export function remoteCore(dataDir: string, options: { readonly disk?: BadDisk; readonly watch?: boolean } = {}): RemoteCore {
  const node = [process.execPath, '--no-warnings', CHILD, dataDir, ...(options.watch === true ? ['watch'] : [])]
  const [command = '', ...args] = options.disk ? [options.disk.command, ...options.disk.args, ...node] : node
  const child = spawn(command, args, {
    cwd: PROJECT,
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const complaints: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text))
  child.stdin.on('error', () => undefined) // its end is told below
  const events: AnyEvent[] = []
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as { event?: AnyEvent; id?: number; result?: unknown }
    if (line.event) events.push(line.event)
    if (line.id !== undefined) waiting.get(line.id)?.resolve(line.result)
  })
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`The core ended by ${signal ?? code}: ${complaints.join('')}`))
  })
  let serial = 0
  const call: RemoteCore['call'] = (name, input) =>
    new Promise((resolve, reject) => {
      serial += 1
      waiting.set(serial, { resolve: resolve as (result: unknown) => void, reject })
      child.stdin.write(`${JSON.stringify({ id: serial, name, input })}\n`)
    })
  return {
    pid: child.pid,
    events,
    call,
    value: async (name, input) => {
      const result = await call(name, input)
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
      return COMMANDS[name].output.parse(result.value) as never
    },
    error: async (name, input) => {
      const result = await call(name, input)
      if (result.ok) throw new Error(`${name} was expected to fail.`)
      return result.error
    },
    close: async () => {
      const exited = once(child, 'exit')
      child.stdin.end()
      await exited
    },
  }
}

/** A folder on a disk of 1 MiB; where nothing can be mounted, no file may become larger than that. */
export function smallDisk(folder: string): BadDisk {
  return firstThatWorks(
    {
      how: 'a disk of 1 MiB',
      command: 'unshare',
      args: ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m,mode=0700 none "$0" && exec "$@"', folder],
    },
    { how: 'a limit of 1 MiB for each file', command: 'sh', args: ['-c', 'ulimit -f 2048; exec "$@"', 'sh'] },
  )
}

/** A folder, as it is, on a disk that cannot be written; or that belongs to somebody else. */
export function readOnlyDisk(folder: string): BadDisk {
  return firstThatWorks(
    {
      how: 'a read-only disk',
      command: 'unshare',
      args: ['-rm', 'sh', '-c', 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"', folder],
    },
    // A user who is not root is bound by modes.
    {
      how: 'modes',
      command: 'sh',
      args: ['-c', 'test "$(id -u)" != 0 && chmod -R a-w "$0" && exec "$@"', folder],
    },
    // Root without the right to overrule them is bound by them, too.
    {
      how: 'modes, without the rights of root',
      command: 'sh',
      args: ['-c', 'chmod -R a-w "$0" && exec setpriv --bounding-set -all --inh-caps -all "$@"', folder],
    },
  )
}

function firstThatWorks(...disks: readonly BadDisk[]): BadDisk {
  const found = disks.find(({ command, args }) => spawnSync(command, [...args, 'true'], { stdio: 'ignore' }).status === 0)
  if (!found) throw new Error(`None of these could be had here: ${disks.map(({ how }) => how).join('; ')}.`)
  return found
}
