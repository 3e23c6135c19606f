/** Whole processes as contenders: started, awaited, their exit status checked. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export const CLI = resolve(import.meta.dirname, '../../out/main/cli.js')

const SAMPLE_MS = 10

/**
 * Run a program to its end.
 *
 * @returns the most memory it held, in bytes; null where the system does not tell (it does on Linux)
 * @throws where it does not end with 0
 */
export async function runProgram(command: string, args: readonly string[]): Promise<number | null> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  let peak: number | null = null
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const sampling = setInterval(() => (peak = peakOf(child.pid) ?? peak), SAMPLE_MS)
  const [status] = (await once(child, 'exit')) as [number | null]
  clearInterval(sampling)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${complaint}`)
  return peak
}

/** The high-water mark only rises, so the last sample before the end is the peak. */
function peakOf(pid: number | undefined): number | null {
  try {
    const kib = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? null : Number(kib) * 1024
  } catch {
    return null
  }
}

/** The built command line. */
export const posthaste = (...args: readonly string[]): Promise<number | null> => runProgram(process.execPath, [CLI, ...args])
