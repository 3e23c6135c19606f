// Whether what is installed is what package-lock.json asks for, and installing it. Compared by content: a checkout
// gives files new times without changing them.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { at, endOf, giveUp, ROOT, say } from './project.mjs'

/** Why packages must be installed, in words; null where they need not. */
export function installProblem(root = ROOT) {
  const wanted = readJson(join(root, 'package-lock.json'))
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted) return null
  if (!installed) return 'nothing is installed yet'
  for (const [path, { version, link, optional, devOptional }] of Object.entries(wanted.packages ?? {})) {
    if (path === '' || link) continue
    const found = installed.packages?.[path]
    // npm leaves out optional packages that are made for another system.
    if (!found && (optional || devOptional)) continue
    if (found?.version !== version) return `${path.replace(/^.*node_modules\//, '')} ${version} is not installed`
  }
  return null
}

/** Runs `npm ci` where it is needed. */
export async function ensureInstalled() {
  const problem = installProblem()
  if (!problem) return
  say(`Installing packages, for ${problem}.`)
  // The project's own Node is among what npm replaces: npm itself must run on the machine's.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(at('node_modules')))
  const env = { ...process.env, PATH: path.join(delimiter) }
  const child = spawn('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  const status = await endOf(child).catch((error) => giveUp(`npm could not be started: ${error.message}`))
  if (status !== 0) giveUp('`npm ci` failed; what it says is above.', 1)
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
