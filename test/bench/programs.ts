/** Whole processes as contenders: started, awaited, their exit status checked. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

export const CLI = resolve(import.meta.dirname, '../../out/main/cli.js')

/** Run a program to its end. @throws where it does not end with 0 */
export async function runProgram(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const [status] = (await once(child, 'exit')) as [number | null]
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${complaint}`)
}

/** The built command line. */
export const posthaste = (...args: readonly string[]): Promise<void> => runProgram(process.execPath, [CLI, ...args])
