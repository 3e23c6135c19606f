// Finds a Chromium for the window tests, or gets one. As a program: prints its path.
//   CHROMIUM_PATH → Chromium, Chrome or Edge in the usual places → Playwright's own → `npx playwright install chromium`
//   → as root on Debian, `apt-get install -y chromium`
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { at, giveUp, say } from './lib/project.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'msedge']
const USUAL = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name]
    return folder ? [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')] : []
  }),
  linux: ['/snap/bin/chromium', '/opt/google/chrome/chrome'],
}

/**
 * Absolute path of a browser that is already here, or null.
 *
 * @returns {string | null}
 */
export function findChromium() {
  const { CHROMIUM_PATH: chosen, PATH = '' } = process.env
  if (chosen) return existsSync(chosen) ? chosen : null
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const onPath = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name + suffix)))
  return [...onPath, ...(USUAL[process.platform] ?? [])].find(isProgram) ?? playwrightsOwn()
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function playwrightsOwn() {
  try {
    const path = createRequire(import.meta.url)('@playwright/test').chromium.executablePath()
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}

/** A browser, fetched where there is none; says what it does. Ends the process where none can be had. */
export function ensureChromium() {
  if (process.env.CHROMIUM_PATH && !existsSync(process.env.CHROMIUM_PATH))
    giveUp(`CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, where there is nothing.`)
  const found = findChromium()
  if (found) return found
  say('There is no Chromium: trying `npx playwright install chromium`.')
  run(process.execPath, [at('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'])
  const fetched = findChromium()
  if (fetched) return fetched
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('That did not work: trying `apt-get install -y chromium`.')
    run('apt-get', ['update'])
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
    const installed = findChromium()
    if (installed) return installed
  }
  giveUp(
    'The window tests need a Chromium. Get one with `npx playwright install chromium`, or on Debian with ' +
      '`apt-get install -y chromium`, or name one in CHROMIUM_PATH.',
  )
}

function run(command, args) {
  spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(`${ensureChromium()}\n`)
