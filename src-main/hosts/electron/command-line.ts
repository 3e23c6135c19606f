/**
 * The app's own program as `posthaste`, the command line: `--cli` before a double dash, what is for the command after it.
 * It is a mode of this program, because a packaged Electron that could be made to run as a bare Node could be made so by
 * anyone (docs/decisions/0011-packages.md). The launchers in `packaging/bin` start it so.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { appRoot } from '../shell/app-root.ts'

/** What `posthaste` is asked for; null where the window is. @param argv as the process has it, with Chromium's switches */
export function commandLineArguments(argv: readonly string[]): readonly string[] | null {
  const end = argv.indexOf('--')
  return end > 0 && argv.slice(1, end).includes('--cli') ? argv.slice(end + 1) : null
}

/** Runs one command, in the built file that is the command line everywhere else too. Ends the process. */
export async function runCommandLine(args: readonly string[]): Promise<never> {
  const cli = join(appRoot(), 'out', 'main', 'cli.js')
  process.argv = [process.execPath, cli, ...args]
  await import(pathToFileURL(cli).href)
  process.exit()
}
