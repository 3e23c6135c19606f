// Electron's binary: whether it is here, can be had, and can run. Found by looking at files only: loading the package,
// or `npx electron`, would start a download that has no time limit.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { at, say } from './project.mjs'

const PROBE_MS = 1500
const DOWNLOAD_MS = 5 * 60_000

/** Absolute path of the binary; null where there is none of the version that the project wants. */
export function findElectron(env = process.env) {
  if (env.ELECTRON_EXEC_PATH && existsSync(env.ELECTRON_EXEC_PATH)) return env.ELECTRON_EXEC_PATH
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH ?? at('node_modules', 'electron', 'dist')
  const path = join(folder, binaryName())
  if (!existsSync(path)) return null
  return env.ELECTRON_OVERRIDE_DIST_PATH || readText(join(folder, 'version'))?.replace(/^v/, '') === electronVersion() ? path : null
}

export function electronVersion() {
  const text = readText(at('node_modules', 'electron', 'package.json'))
  return text ? JSON.parse(text).version : null
}

function binaryName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}

/** Fetches the binary where the net lets us; null where it worked, else why it did not. */
export async function fetchElectron() {
  const { host, port } = downloadHost()
  if (!(await canConnect(host, port)))
    return `Electron's binary is not here, and ${host} cannot be reached (\`npx install-electron\` fetches it)`
  say(`Fetching Electron ${electronVersion()}, once (about 120 MB).`)
  // A download that is stopped leaves its folder in the temp folder; in one of ours, it can be cleared away.
  const temporary = mkdtempSync(join(tmpdir(), 'posthaste-electron-'))
  const result = spawnSync(process.execPath, [at('node_modules', 'electron', 'install.js')], {
    stdio: ['ignore', 2, 2],
    timeout: DOWNLOAD_MS,
    killSignal: 'SIGKILL',
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  })
  rmSync(temporary, { recursive: true, force: true })
  if (result.error?.code === 'ETIMEDOUT') return `fetching Electron took more than ${DOWNLOAD_MS / 60_000} minutes`
  return findElectron() ? null : 'Electron could not be fetched; what it says is above'
}

/** Where a download would connect to: the mirror or proxy that is set, else GitHub. */
function downloadHost(env = process.env) {
  const proxy = env.ELECTRON_GET_USE_PROXY ? (env.HTTPS_PROXY ?? env.https_proxy ?? env.GLOBAL_AGENT_HTTPS_PROXY) : undefined
  const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror
  try {
    const url = new URL(proxy || mirror || 'https://github.com')
    return { host: url.hostname, port: Number(url.port || (url.protocol === 'http:' ? 80 : 443)) }
  } catch {
    return { host: 'github.com', port: 443 }
  }
}

function canConnect(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PROBE_MS })
    const end = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    // The timeout of a socket does not cover the look-up of a name.
    const timer = setTimeout(() => end(false), PROBE_MS)
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
    socket.once('close', () => clearTimeout(timer))
  })
}

/** Why there is nothing to show a window on; null where there is. */
export function displayProblem(env = process.env) {
  if (process.platform !== 'linux') return null
  return env.DISPLAY || env.WAYLAND_DISPLAY ? null : 'there is no display'
}

/** Why the binary cannot run here; null where it looks as if it can. */
export function libraryProblem(binary) {
  if (process.platform !== 'linux') return null
  const { stdout } = spawnSync('ldd', [binary], { encoding: 'utf8', timeout: 10_000 })
  const missing = [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1])
  return missing.length === 0 ? null : `Electron needs libraries that are not installed: ${missing.join(', ')}`
}

/** Chromium's sandbox does not work as root. */
export const isRoot = () => process.getuid?.() === 0
