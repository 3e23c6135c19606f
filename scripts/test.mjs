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
import { describeFailed, failedInPlaywright, failedInVitest } from './lib/failed-tests.mjs'
import { at, endOf, giveUp, onNewEnoughNode, ROOT, runNode, say } from './lib/project.mjs'

await onNewEnoughNode()
const { values: options } = parseArgs({ options: { servers: { type: 'boolean' }, electron: { type: 'boolean' } } })
const reports = mkdtempSync(join(tmpdir(), 'posthaste-test-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))
const failed = []
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
process.stdout.write(`\n${describeFailed(failed)}${passed} passed, ${failed.length} failed\n`)
process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1

async function runVitest(...projects) {
  const report = join(reports, 'vitest.json')
  const args = [
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const status = await runNode([at('node_modules', 'vitest', 'vitest.mjs'), ...args])
  const result = readReport(report)
  count('Vitest', status, result?.numPassedTests ?? 0, result ? failedInVitest(result) : [])
}

async function runWindowTests(env, wrapper = []) {
  const report = join(reports, 'playwright.json')
  const playwright = [process.execPath, at('node_modules', '@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json']
  const [command, ...args] = [...wrapper, ...playwright]
  const environment = { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const status = await endOf(spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: environment }))
  const result = readReport(report)
  count('Playwright', status, result?.stats.expected ?? 0, result ? failedInPlaywright(result) : [])
}

/** A runner that fails without a failed test, say because it ran out of memory, counts as one. */
function count(runner, status, passedHere, failedHere) {
  passed += passedHere
  failed.push(...failedHere)
  if (failedHere.length === 0 && status !== 0)
    failed.push({ name: runner, message: `It ended with ${status} though no test failed: its own words stand above.` })
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
