/** Writing what a command answers: to standard output, which may be closed at any time by who reads it, or to a file. */
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { otherProblems, type WireError } from '#contract/errors.ts'
import { onCommandLine } from './flag-hints.ts'

/** Streams to standard output. A reader that has seen enough, such as `head`, ends it quietly. */
export async function streamToStdout(stream: Readable): Promise<void> {
  try {
    await pipeline(stream, process.stdout, { end: false })
  } catch (error) {
    if (!isClosedPipe(error)) throw error
  }
}

/** Writes a text to standard output and waits until it is taken; a closed pipe is no error. */
export function writeToStdout(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error && !isClosedPipe(error) ? reject(error) : resolve()))
  })
}

/** Without a listener, a closed pipe would end the process with a stack trace. */
export function surviveClosedPipes(): void {
  process.stdout.on('error', (error) => {
    if (!isClosedPipe(error)) throw error
  })
  process.stderr.on('error', () => undefined)
}

function isClosedPipe(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ERR_STREAM_DESTROYED'
}

/** Why a file cannot be written to, found before anything is sent; null where it looks as if it can. */
export async function outputProblem(path: string): Promise<string | null> {
  const existing = await stat(path).catch(() => null)
  if (existing?.isDirectory()) return `${path} is a folder.`
  if (existing) return null
  const folder = await stat(dirname(path)).catch(() => null)
  return folder?.isDirectory() ? null : `There is no folder ${dirname(path)}.`
}

/** A failure on stderr: its kind and message, and what to do about it; with it what else kept the request here. */
export function printProblem(error: WireError): void {
  for (const { kind, message, hint } of [error, ...otherProblems(error)].map(onCommandLine)) {
    process.stderr.write(`${kind}: ${message}\n${hint === undefined ? '' : `${hint}\n`}`)
  }
}
