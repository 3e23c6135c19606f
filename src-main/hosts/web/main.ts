/**
 * `posthaste serve`: the window in a browser. Listens, says where, and loads the core behind the page (`late-core.ts`); stops
 * in good order, so that nothing typed is lost. What it serves is in `server.ts`.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Capabilities } from '#contract/capabilities.ts'
import type { WireError } from '#contract/errors.ts'
import { folderMadeAgain, folderTaken } from '#contract/model/lost-data-folder.ts'
import type { Core } from '#core/create-core.ts'
import { catchBugs, stackOf } from '../shell/bug-net.ts'
import { giveBackAtRest } from '../shell/give-back.ts'
import { portsOf } from '../shell/ports.ts'
import { admissionSecret } from './admission-secret.ts'
import { keepPort, lastPort } from './last-port.ts'
import { createLateCore } from './late-core.ts'
import { claimDataDir, type Claim } from './one-host.ts'
import { openBrowser } from './open-browser.ts'
import { startWebServer, type WebServer, type WebServerOptions } from './server.ts'

export interface ServeOptions {
  /** 0: any free port; null: the one of the last time, or any where that is taken. */
  readonly port: number | null
  readonly open: boolean
  /** Absolute path. */
  readonly dataDir: string
  /** Folder of the built page. */
  readonly rendererDir: string
}

/** A page in a browser has neither paths nor dialogs of the system. */
export const WEB_CAPABILITIES: Capabilities = { realPaths: false, dialogs: false, reveal: false, nativeMenu: false }

/** How often is looked whether the data folder is still this host's. */
const RENEW_MS = 1000
/** How long the core may take to put things away before we leave all the same. */
const CLOSING_MS = 5000

/**
 * Runs the web host until it is told to stop; resolves to the exit status. Where one already runs on the data folder,
 * it is led to instead: 0; where that one does not answer: 2.
 */
export async function serve(options: ServeOptions): Promise<number> {
  process.stderr.on('error', () => undefined)
  const stopped = whenToldToStop()
  const claim = await claimDataDir(options.dataDir)
  return claim.kind === 'ours' ? serveOwn(options, claim, stopped) : leadTo(claim, options)
}

function leadTo(claim: Exclude<Claim, { kind: 'ours' }>, { open, dataDir }: ServeOptions): number {
  const hint = 'For one beside it, give it a folder of its own with --data-dir.'
  if (claim.kind === 'silent') {
    log(`Another Posthaste (process ${claim.pid}) has the data folder ${dataDir} open and does not answer. End it first. ${hint}`)
    return 2
  }
  process.stdout.write(`Posthaste is ready at ${claim.url}\n`)
  log(`It is already running on the data folder ${dataDir}: this is its address. ${hint}`)
  if (open) openBrowser(claim.ticketUrl, log)
  return 0
}

async function serveOwn(options: ServeOptions, claim: Extract<Claim, { kind: 'ours' }>, stopped: Promise<void>): Promise<number> {
  const core = createLateCore(() => openCore(options.dataDir))
  const memory = giveBackAtRest()
  let server: WebServer
  try {
    const secret = await admissionSecret(options.dataDir, core.load)
    const called = (): Promise<Core> => {
      memory.stir()
      return core.load()
    }
    server = await listenAt(options, { rendererDir: options.rendererDir, core: called, onRequest: core.loadInQuiet, secret, log })
  } catch (error) {
    log(portProblem(error, options.port ?? 0))
    await core.close().catch(() => undefined)
    await claim.release()
    return 2
  }
  const noted = claim.keep(server.url, core.loaded)
  // The folder is there once the core is.
  const kept = core.loaded.catch(() => undefined).then(() => keepPort(options.dataDir, server.port))
  process.stdout.write(`Posthaste is ready at ${server.url}\n`)
  if (options.open) openBrowser(server.issueUrl(), log)
  catchBugs(log, (error) => server.broadcast({ name: 'bug.reported', payload: { error } }))
  core.loadInQuiet()
  try {
    ;(await core.loaded).on((event) => {
      memory.stir()
      server.broadcast(event)
    })
  } catch (error) {
    log(`Posthaste cannot start: ${stackOf(error)}`)
    await server.close()
    await noted.then(claim.release)
    return 1
  }
  const isOusted = await untilStopped(claim, { ...options, server, stopped })
  memory.stop()
  if (isOusted) {
    await withinTime(server.close())
    return 1
  }
  await withinTime(Promise.all([server.close(), kept, noted, core.close()]))
  await claim.release()
  return 0
}

/**
 * Until it is told to stop, or another host has the folder. A removed folder is made again, and that is said: the next host
 * that is started then finds this one.
 *
 * @returns whether nothing may be written any more
 */
async function untilStopped(
  claim: Extract<Claim, { kind: 'ours' }>,
  { dataDir, server, stopped }: Pick<ServeOptions, 'dataDir'> & { readonly server: WebServer; readonly stopped: Promise<void> },
): Promise<boolean> {
  const say = (error: WireError): void => {
    log(`${error.message} ${error.hint ?? ''}`)
    server.broadcast({ name: 'bug.reported', payload: { error } })
  }
  const isStopped = stopped.then(() => true)
  for (;;) {
    if (await Promise.race([isStopped, delay(RENEW_MS, false, { ref: false })])) return false
    const renewal = await claim.renew()
    if (renewal.kind === 'made again') {
      say(folderMadeAgain(dataDir))
      await keepPort(dataDir, server.port)
    }
    if (renewal.kind === 'taken') {
      say(folderTaken(dataDir, new URL(renewal.url).origin))
      return true
    }
  }
}

/** Listen on the port asked for; where none was, on the last one, so that the windows of the host before find this one. */
async function listenAt({ port, dataDir }: ServeOptions, server: Omit<WebServerOptions, 'port'>): Promise<WebServer> {
  if (port !== null) return startWebServer({ ...server, port })
  const last = await lastPort(dataDir)
  // Taken by another program, or by another host on this folder: any other is as good.
  const found = last === null ? null : await startWebServer({ ...server, port: last }).catch(() => null)
  return found ?? startWebServer({ ...server, port: 0 })
}

async function openCore(dataDir: string): Promise<Core> {
  const { createCore } = await import('#core/create-core.ts')
  return createCore(portsOf(dataDir, WEB_CAPABILITIES, { watch: true, log }))
}

/** Stdout is for the one line that says where; everything else goes here. */
function log(line: string): void {
  process.stderr.write(`${line}\n`)
}

/**
 * Resolves on a signal, and where the parent asked for it, when the parent's pipe ends: a program that starts Posthaste
 * and crashes must not leave it running. A second signal ends the process at once.
 */
function whenToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130))
        resolve()
      })
    }
    if (process.env['POSTHASTE_EXIT_WITH_PARENT'] !== '1') return
    for (const event of ['end', 'close', 'error'] as const) process.stdin.once(event, () => resolve())
    process.stdin.resume()
  })
}

async function withinTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log(`Closing took more than ${CLOSING_MS / 1000} s.`)
      resolve()
    }, CLOSING_MS)
  })
  await Promise.race([work.catch((error: unknown) => log(stackOf(error))), late])
  clearTimeout(timer)
}

function portProblem(error: unknown, port: number): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') {
    return `Port ${port} on 127.0.0.1 is taken by another program. Choose another with --port, or leave it out for any free one.`
  }
  if (code === 'EACCES') return `Port ${port} on 127.0.0.1 may not be used by this user. Choose one above 1023 with --port.`
  return `Posthaste cannot listen on 127.0.0.1, port ${port}: ${error instanceof Error ? error.message : String(error)}`
}
