/**
 * The last net: an error nobody caught is logged with its stack and shown as a bug, and the app goes on. Stopping would
 * take the window from under the user's hands; everything typed is on disk either way.
 */
import type { WireError } from '#contract/errors.ts'

/** A bug as the window sees it. It holds no detail, for that could hold a secret. */
export const UNCAUGHT: WireError = {
  kind: 'Bug',
  stage: 'call',
  message: 'Posthaste met an error it did not expect.',
  hint: 'This is a bug. Nothing you typed is lost; the log has the details.',
}

/**
 * @param log    where the stack goes
 * @param report told of each bug, to show it
 */
export function catchBugs(log: (line: string) => void, report: (error: WireError) => void): void {
  const caught = (error: unknown): void => {
    log(stackOf(error))
    report(UNCAUGHT)
  }
  process.on('uncaughtException', caught)
  process.on('unhandledRejection', caught)
  surviveFileLimit()
}

/** A limit of the size of files (`ulimit -f`) ends a program, unless it asks to be told by the error of what it writes. */
export function surviveFileLimit(): void {
  process.on('SIGXFSZ', () => undefined)
}

/** The stack of whatever was thrown. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
