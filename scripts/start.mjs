// `npm start`: installs what is missing, builds what is stale, and opens the window: in Electron where its binary is here
// or can be had and can run, else on the web host. Says in one line which, and why. Works with no display, as root in a
// container, with no network, and on a machine whose own Node is older than Posthaste needs.
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './lib/build-state.mjs'
import { displayProblem, electronVersion, fetchElectron, findElectron, isRoot, libraryProblem } from './lib/electron-binary.mjs'
import { ensureInstalled } from './lib/install-state.mjs'
import { at, endOf, giveUp, onNewEnoughNode, ROOT, say } from './lib/project.mjs'

const USAGE = `npm start -- [--web] [--port N] [--no-open] [--data-dir DIR]
  --web            open in a browser, even where Electron is there
  --port N         port of the web host on 127.0.0.1 (default: that of the last time, else any free one); implies --web
  --no-open        print the address and open no browser; implies --web
  --data-dir DIR   where private data is kept`

/** An Electron that ends this soon with an error could not start. */
const EARLY_MS = 3000

const PARENT_CHECK_MS = 1000

const options = readOptions()
if (process.env.npm_lifecycle_event) endWithParent()
await ensureInstalled()
await onNewEnoughNode()
await ensureBuilt()

const reason = options.web ? 'as asked' : await whyNotElectron()
if (reason !== null) {
  say(`Serving the window on this machine: ${reason}.`)
  await openWebHost()
}

/** npm runs this from a shell that, when npm is told to end, ends without passing that on. */
function endWithParent() {
  const parent = process.ppid
  const check = () => process.ppid === parent || process.kill(process.pid, 'SIGTERM')
  setInterval(check, PARENT_CHECK_MS).unref()
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        web: { type: 'boolean', default: false },
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        'data-dir': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) {
      process.stderr.write(`${USAGE}\n`)
      process.exit(0)
    }
    return { ...values, web: values.web || values.port !== undefined || values['no-open'] }
  } catch (error) {
    giveUp(`${error.message}\n${USAGE}`)
  }
}

/** Runs in Electron and ends with it; comes back with the reason where that cannot be. */
async function whyNotElectron() {
  const hidden = displayProblem()
  if (hidden) return hidden
  const unfetched = findElectron() ? null : await fetchElectron()
  if (unfetched) return unfetched
  const binary = findElectron()
  const unfit = libraryProblem(binary)
  if (unfit) return unfit
  const asRoot = isRoot()
  say(`Opening in Electron ${electronVersion()}${asRoot ? ', without its sandbox, which does not work as root' : ''}.`)
  const dataDir = options['data-dir']
  const args = [ROOT, ...(asRoot ? ['--no-sandbox'] : []), ...(dataDir === undefined ? [] : [`--data-dir=${resolve(dataDir)}`])]
  const env = { ...process.env }
  delete env.ELECTRON_RUN_AS_NODE
  const started = performance.now()
  const status = await endOf(spawn(binary, args, { cwd: ROOT, stdio: 'inherit', env })).catch(() => 1)
  if (status === 0 || performance.now() - started > EARLY_MS) process.exit(status)
  return `Electron ended at once with status ${status}`
}

/** In this very process, which saves the start of another and leaves nothing behind. */
async function openWebHost() {
  const { port, 'data-dir': dataDir } = options
  const args = [...(port === undefined ? [] : ['--port', port]), ...(dataDir === undefined ? [] : ['--data-dir', dataDir])]
  const cli = at('out', 'main', 'cli.js')
  process.argv = [process.execPath, cli, 'serve', ...(options['no-open'] ? ['--no-open'] : []), ...args]
  await import(pathToFileURL(cli).href)
}
