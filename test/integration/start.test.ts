// `npm start` and what it decides by: on the project as it is, with a program of the test's own in Electron's place.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const START = join(ROOT, 'scripts', 'start.mjs')

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'posthaste-'))
  onTestFinished(() => rm(path, { recursive: true, force: true, maxRetries: 3 }))
  return path
}

/** A shell script in the place of Electron's binary. */
async function electronThat(script: string): Promise<string> {
  const path = join(await folder(), 'electron')
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

function start(
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcess & { stdout: NonNullable<ChildProcess['stdout']>; stderr: NonNullable<ChildProcess['stderr']> } {
  const child = spawn(process.execPath, [START, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Runs it until the web host is ready, and ends it; what it wrote to each side. */
async function untilReady(child: ReturnType<typeof start>): Promise<{ lines: string[]; stderr: string; code: number | null }> {
  const lines: string[] = []
  const stderr = text(child.stderr)
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  await Promise.race([once(reader, 'line'), once(child, 'exit')])
  child.kill('SIGTERM')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return { lines, stderr: await stderr, code: child.exitCode }
}

describe('npm start', { timeout: 120_000 }, () => {
  test('opens the web host where it is asked to, and writes nothing but the address to standard output', async () => {
    const { lines, stderr, code } = await untilReady(start(['--web', '--no-open', '--data-dir', await folder()]))

    expect(lines).toEqual([expect.stringMatching(/^Posthaste is ready at http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)])
    expect(stderr).toContain('[posthaste] Serving the window on this machine: as asked.')
    expect(code).toBe(0)
  })

  test.runIf(process.platform === 'linux')('opens the web host where there is no display, and says so', async () => {
    const { lines, stderr } = await untilReady(start(['--data-dir', await folder()], { ELECTRON_EXEC_PATH: await electronThat('exit 0') }))

    expect(lines).toHaveLength(1)
    expect(stderr).toContain('Serving the window on this machine: there is no display.')
  })

  test.runIf(process.platform === 'linux')('opens the web host where Electron cannot start', async () => {
    const electron = await electronThat('echo "cannot open display" >&2; exit 5')

    const { lines, stderr } = await untilReady(start(['--data-dir', await folder()], { DISPLAY: ':99', ELECTRON_EXEC_PATH: electron }))

    expect(lines).toHaveLength(1)
    expect(stderr).toMatch(
      /Opening in Electron [\d.]+[\s\S]*cannot open display[\s\S]*Serving the window on this machine: Electron ended at once with status 5\./,
    )
  })

  test.runIf(process.platform === 'linux')('opens Electron where it can, and ends as it ends', async () => {
    const dataDir = await folder()
    const electron = await electronThat(`echo "$@" > "${join(dataDir, 'arguments')}"; env > "${join(dataDir, 'environment')}"; exit 0`)
    const child = start(['--data-dir', dataDir], { DISPLAY: ':99', ELECTRON_EXEC_PATH: electron, ELECTRON_RUN_AS_NODE: '1' })

    const [code] = (await once(child, 'exit')) as [number | null]

    const isRoot = process.getuid?.() === 0
    expect(code).toBe(0)
    expect(await readFile(join(dataDir, 'arguments'), 'utf8')).toBe(`${ROOT} ${isRoot ? '--no-sandbox ' : ''}--data-dir=${dataDir}\n`)
    expect(await readFile(join(dataDir, 'environment'), 'utf8')).not.toContain('ELECTRON_RUN_AS_NODE')
  })

  test('says how it is used where it is used wrongly', async () => {
    const child = start(['--colour'])

    const [stderr] = await Promise.all([text(child.stderr), once(child, 'exit')])

    expect(stderr).toMatch(/Unknown option '--colour'[\s\S]*npm start -- \[--web\]/)
    expect(child.exitCode).toBe(2)
  })
})

describe('what is installed', () => {
  /** The scripts are plain JavaScript, so that they run before anything is installed; this is the type of what is used. */
  async function load(): Promise<{ installProblem: (root: string) => string | null }> {
    const path = join(ROOT, 'scripts', 'lib', 'install-state.mjs')
    return (await import(path)) as { installProblem: (root: string) => string | null }
  }

  test('on a Node that is too old, it says how to get the project’s own: by npm, or by its install script', async () => {
    const { nodeProblem } = (await import(join(ROOT, 'scripts', 'lib', 'project.mjs'))) as { nodeProblem: (root: string) => string }
    const root = await folder()

    expect(nodeProblem(root)).toMatch(/needs Node 22\.19 or later, and this is .+ `npm ci` brings one of its own\.$/)
    await mkdir(join(root, 'node_modules', 'node'), { recursive: true })
    expect(nodeProblem(root)).toContain('`npm rebuild node --ignore-scripts=false`')
  })

  async function project(installed: object | null): Promise<string> {
    const root = await folder()
    const packages = {
      '': { name: 'x' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/a/node_modules/b': { version: '2.0.0' },
      'node_modules/for-another-system': { version: '1.0.0', optional: true },
    }
    await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages }))
    await mkdir(join(root, 'node_modules'))
    if (installed) await writeFile(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }))
    return root
  }

  test.each([
    ['nothing', null, 'nothing is installed yet'],
    ['everything', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/a/node_modules/b': { version: '2.0.0' } }, null],
    [
      'an older version',
      { 'node_modules/a': { version: '0.9.0' }, 'node_modules/a/node_modules/b': { version: '2.0.0' } },
      'a 1.0.0 is not installed',
    ],
    ['too little', { 'node_modules/a': { version: '1.0.0' } }, 'b 2.0.0 is not installed'],
  ])('is %s: %j', async (_name, installed, problem) => {
    const { installProblem } = await load()

    expect(installProblem(await project(installed))).toBe(problem)
  })
})
