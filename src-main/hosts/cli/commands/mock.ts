/** `posthaste mock`: serves the saved examples of a collection until it is told to stop. What is served is the core's. */
import { resolve } from 'node:path'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { printProblem, surviveClosedPipes, writeToStdout } from '../output.ts'

export interface MockCommandOptions {
  readonly port: number
  readonly cors: boolean
}

/** @returns the exit status, once a signal has ended it */
export async function mockCommand(folder: string, options: MockCommandOptions): Promise<ExitCode> {
  surviveClosedPipes()
  const log = (line: string): void => void process.stderr.write(`${line}\n`)
  const { startMock } = await import('#core/create-core.ts')
  const started = await startMock({ ...options, folder: resolve(folder), log })
  if (!started.ok) {
    printProblem(started.error)
    return started.error.kind === 'Unavailable' ? EXIT.incomplete : EXIT.usage
  }
  const { url, summary, close } = started.value
  await writeToStdout(`Posthaste mocks ${summary} at ${url}\n`)
  await stopSignal()
  await close()
  return EXIT.ok
}

function stopSignal(): Promise<void> {
  return new Promise((stop) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop())
  })
}
