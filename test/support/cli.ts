/** Runs the `posthaste` command from its sources, as a process of its own, and a server for it to speak to. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const ENTRY = join(ROOT, 'src-main', 'hosts', 'cli', 'main.ts')
/** Reading TypeScript is most of its start; Node keeps what it made of it. */
const COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'posthaste-cli')

export interface CliOptions {
  readonly stdin?: string
  readonly cwd?: string
  readonly env?: Record<string, string>
  /** A program to run it with, such as one that takes a disk away from it: it ends its arguments with ours. */
  readonly within?: { readonly command: string; readonly args: readonly string[] }
}

export interface CliResult {
  /** Null where a signal ended it. */
  readonly code: number | null
  readonly stdout: Buffer
  readonly stderr: string
}

export type CliProcess = ChildProcessByStdio<Writable, Readable, Readable>

/** Starts it; it ends with the test at the latest. */
export function startCli(args: readonly string[], options: CliOptions = {}): CliProcess {
  const [command = '', ...all] = [...withinOf(options), process.execPath, ENTRY, ...args]
  const child = spawn(command, all, {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    env: { ...process.env, NODE_NO_WARNINGS: '1', NODE_COMPILE_CACHE: COMPILE_CACHE, ...options.env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

function withinOf({ within }: CliOptions): string[] {
  return within ? [within.command, ...within.args] : []
}

/** Runs it to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = startCli(args, options)
  child.stdin.on('error', () => undefined) // it need not read it
  child.stdin.end(options.stdin ?? '')
  const [stdout, stderr, code] = await Promise.all([buffer(child.stdout), text(child.stderr), exitOf(child)])
  return { code, stdout, stderr }
}

/** Its exit status, once it has ended. */
export async function exitOf(child: CliProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

export interface Target {
  readonly url: string
  /** `METHOD path` of each request, in order of arrival. */
  readonly seen: string[]
}

/** A server that is there for the time of the test. */
export async function startTarget(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Target> {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, seen }
}
