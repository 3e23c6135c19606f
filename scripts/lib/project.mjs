// Where the project is, how the scripts speak, and the Node they run on. Plain JavaScript with no package: these run
// before anything is installed, on whatever Node the machine has.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Absolute path of something in the project. */
export const at = (...parts) => join(ROOT, ...parts)

/** A line for a person. Stdout belongs to what the script is asked for, such as the address of the web host. */
export const say = (text) => void process.stderr.write(`[posthaste] ${text}\n`)

/** Says why it cannot go on, and ends. 2: bad usage or a machine that lacks something. */
export function giveUp(text, status = 2) {
  say(text)
  process.exit(status)
}

const MINIMUM = [22, 19]

function isOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])
}

/** Path of the Node that comes with the project, or null. */
function bundledNode() {
  const names = ['node', 'node.exe'].map((name) => at('node_modules', 'node', 'bin', name))
  return names.find((path) => existsSync(path)) ?? null
}

/** What to do where the machine's Node is too old and the project's own is not there. */
export function nodeProblem(root = ROOT) {
  const needs = `Posthaste needs Node ${MINIMUM.join('.')} or later, and this is ${process.versions.node}.`
  return existsSync(join(root, 'node_modules', 'node'))
    ? `${needs} Its own was not set up, since npm was told to run no install scripts: \`npm rebuild node --ignore-scripts=false\` does that.`
    : `${needs} \`npm ci\` brings one of its own.`
}

/** Starts this very script again on the project's own Node where the one at work is too old; otherwise comes back. */
export async function onNewEnoughNode() {
  if (!isOldNode()) return
  const node = bundledNode()
  if (!node || process.env.POSTHASTE_NODE === node) giveUp(nodeProblem())
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, POSTHASTE_NODE: node } })
  process.exit(await endOf(child))
}

/** Exit status of a child; signals that this process gets are passed on to it. */
export function endOf(child) {
  const forward = (signal) => void child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward)
      resolve(signal ? 128 + constants.signals[signal] : (code ?? 1))
    })
  })
}

/** Runs a script of a package on this Node; resolves to its exit status. */
export function runNode(args, options = {}) {
  return endOf(spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', ...options }))
}
