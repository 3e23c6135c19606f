/** Opens the user's browser, where there is a user to look at one. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Why no browser can be opened here, in words; null where one can be tried.
 *
 * @param env      environment variables
 * @param isRoot   browsers refuse to run as root without their sandbox
 */
export function browserObstacle(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, isRoot: boolean, isContainer: boolean): string | null {
  if (platform === 'darwin' || platform === 'win32') return null
  if (isRoot && isContainer) return 'this is a container, running as root'
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display'
  return null
}

/** Opens the address in the default browser; `log` gets one line where that cannot be done. Does not wait for it. */
export function openBrowser(url: string, log: (line: string) => void): void {
  const isContainer = existsSync('/.dockerenv') || existsSync('/run/.containerenv') || process.env['container'] !== undefined
  const obstacle = browserObstacle(process.platform, process.env, process.getuid?.() === 0, isContainer)
  if (obstacle !== null) return log(`No browser was opened: ${obstacle}. Open the address above yourself.`)
  const [command, args] = openerOf(process.platform, url)
  const child = spawn(command, args, { stdio: 'ignore', detached: true, windowsHide: true })
  const failed = (why: string): void => log(`No browser was opened: ${why}. Open the address above yourself.`)
  child.once('error', (error) => failed(error.message))
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) failed(`${command} ended with status ${code}`)
  })
  child.unref()
}

function openerOf(platform: NodeJS.Platform, url: string): readonly [command: string, args: string[]] {
  if (platform === 'darwin') return ['open', [url]]
  // The first quoted argument of `start` is a window title.
  if (platform === 'win32') return ['cmd', ['/c', 'start', '""', url]]
  return ['xdg-open', [url]]
}
