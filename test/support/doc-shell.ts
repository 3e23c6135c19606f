/**
 * Runs the shell examples of a page as a reader would: in a folder with a few requests (test/fixtures/docs) and the files
 * that the page itself shows, with `posthaste` on the path. Servers are asked for a free port, and ended once they answer.
 */
import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { fileNamed, ROOT, type Example, type Page } from './doc-pages.ts'

/** What Node compiles of the build is kept from one example to the next. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'posthaste-docs')

export interface DocFolder {
  readonly run: (example: Example) => Promise<{ readonly stdout: string; readonly stderr: string }>
}

/** @param dir an empty folder */
export async function docFolder(dir: string, page: Page): Promise<DocFolder> {
  const [work, home, bin] = [join(dir, 'work'), join(dir, 'home'), join(dir, 'bin')]
  await cp(join(ROOT, 'test', 'fixtures', 'docs'), work, { recursive: true })
  await mkdir(home)
  await mkdir(bin)
  for (const example of page.examples) {
    const name = fileNamed(example)
    if (name === null) continue
    await mkdir(dirname(join(work, name)), { recursive: true })
    await writeFile(join(work, name), example.text)
  }
  const cli = join(ROOT, 'out', 'main', 'cli.js')
  await program(
    join(bin, 'posthaste'),
    `case $1 in serve | mock) exec '${process.execPath}' '${join(bin, 'server.mjs')}' "$@" ;; esac
exec '${process.execPath}' '${cli}' "$@"`,
  )
  await program(join(bin, 'npx'), '[ "$1" = posthaste ] || exit 9\nshift\nexec posthaste "$@"')
  await writeFile(join(bin, 'server.mjs'), serverScript(cli))
  const env = { PATH: `${bin}:${process.env['PATH']}`, HOME: home, XDG_DATA_HOME: join(home, 'data'), NODE_COMPILE_CACHE: CACHE }
  return {
    // As many iterations as show that they are made: the page may speak of thousands.
    run: ({ text }) =>
      promisify(execFile)('sh', ['-e', '-c', text.replace(/--iterations \d+/g, '--iterations 20')], { cwd: work, env, timeout: 60_000 }),
  }
}

/** Starts a command that serves, on any free port and with no browser, and ends it when it has said where it is. */
const serverScript = (cli: string): string => `
import { spawn } from 'node:child_process'
const args = process.argv.slice(2)
const port = args.indexOf('--port')
if (port >= 0) args[port + 1] = '0'
if (args[0] === 'serve' && !args.includes('--no-open')) args.push('--no-open')
const child = spawn(process.execPath, [${JSON.stringify(cli)}, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
let isReady = false
child.stdout.once('data', (text) => {
  isReady = /http:\\/\\/127\\.0\\.0\\.1:\\d+/.test(text)
  process.stdout.write(text)
  child.kill('SIGTERM')
})
child.once('exit', () => process.exit(isReady ? 0 : 1))
`

async function program(path: string, text: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${text}\n`)
  await chmod(path, 0o755)
}
