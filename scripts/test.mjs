// `npm test`: builds what is stale, runs the unit, integration and window tests, and ends with one plain line that sums
// them up, after the names of the tests that failed: `N passed, N failed`.
//   --servers   instead, the tests against real servers (`npm run test:servers`)
//   --electron  instead, the window tests in Electron itself, where its binary is here (`npm run test:electron`)
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureChromium } from './find-chromium.mjs'
import { ensureBuilt } from './lib/build-state.mjs'
import { displayProblem, findElectron, libraryProblem } from './lib/electron-binary.mjs'
import { afterSecondTry, describeFailed, failedInPlaywright, failedInVitest, filesToTryAgain } from './lib/failed-tests.mjs'
import { at, endOf, giveUp, onNewEnoughNode, ROOT, runNode, say } from './lib/project.mjs'

const UNSTEADY = 'Failed, but not when run again by themselves (find out why):'

await onNewEnoughNode()
const { values: options } = parseArgs({ options: { servers: { type: 'boolean' }, electron: { type: 'boolean' } } })
const reports = mkdtempSync(join(tmpdir(), 'posthaste-test-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))
const failed = []
const unsteady = []
let passed = 0

if (options.servers) {
  await ensureBuilt()
  await runVitest('servers')
} else if (options.electron) {
  const env = { POSTHASTE_E2E_HOST: 'electron', ELECTRON_EXEC_PATH: electronOrEnd() }
  const wrapper = virtualDisplay()
  await ensureBuilt()
  await runWindowTests(env, wrapper)
} else {
  const env = { CHROMIUM_PATH: ensureChromium() }
  await ensureBuilt()
  await runVitest('unit', 'integration')
  await runWindowTests(env)
}
process.stdout.write(`\n${describeFailed(unsteady, UNSTEADY)}${describeFailed(failed)}${passed} passed, ${failed.length} failed\n`)
process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1

async function runVitest(...projects) {
  const report = join(reports, 'vitest.json')
  const run = async (...only) => {
    rmSync(report, { force: true })
    const given = [...projects.flatMap((name) => ['--project', name]), ...only]
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const status = await runNode([at('node_modules', 'vitest', 'vitest.mjs'), 'run', ...given, ...reporters])
    const result = readReport(report)
    return outcome('Vitest', status, result?.numPassedTests ?? 0, result ? failedInVitest(result) : [])
  }
  await count(await run(), (files) => run('--maxWorkers=1', ...files))
}

async function runWindowTests(env, wrapper = []) {
  const report = join(reports, 'playwright.json')
  const playwright = [process.execPath, at('node_modules', '@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json']
  const environment = { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const run = async (...only) => {
    rmSync(report, { force: true })
    const [command, ...args] = [...wrapper, ...playwright, ...only]
    const status = await endOf(spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: environment }))
    const result = readReport(report)
    return outcome('Playwright', status, result?.stats.expected ?? 0, result ? failedInPlaywright(result) : [])
  }
  await count(await run(), (files) => run('--workers=1', ...files))
}

/** A runner that fails without a failed test, say because it ran out of memory, counts as one. */
function outcome(runner, status, passed, failed) {
  if (failed.length > 0 || status === 0) return { passed, failed }
  const message = `It ended with ${status} though no test failed: its own words stand above.`
  return { passed, failed: [{ file: null, name: runner, message }] }
}

/**
 * Where nobody watches, files with a few failed tests are run once more, by themselves: among thousands of tests with real
 * sockets, processes and browsers, one that a busy machine has upset must not hide what the others say. It is named at the end.
 */
async function count(first, tryAgain) {
  const files = process.env.CI === undefined ? null : filesToTryAgain(first.failed)
  const all = files === null ? { ...first, unsteady: [] } : afterSecondTry(first, await tryAgain(files))
  passed += all.passed
  failed.push(...all.failed)
  unsteady.push(...all.unsteady)
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

function electronOrEnd() {
  const binary = findElectron()
  if (!binary) giveUp("Electron's binary is not here, so nothing was tested in it: `npx install-electron` fetches it.")
  const unfit = libraryProblem(binary)
  if (unfit) giveUp(`${unfit}.`)
  return binary
}

/** Electron must have something to draw on, even where nobody looks. */
function virtualDisplay() {
  if (!displayProblem()) return []
  if (spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).error)
    giveUp('There is no display, and no xvfb-run to stand in for one: `apt-get install -y xvfb`.')
  say('There is no display: running under xvfb-run.')
  return ['xvfb-run', '-a']
}
