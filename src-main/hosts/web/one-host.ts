/**
 * One web host to a data folder: two would write over each other's drafts without a word. The one that runs leaves a
 * note of where it is and of its launch token, readable by its user only; the next one reads it, asks there, and leads
 * to it. A note of a host that has died is written over. `posthaste send` takes no part in this.
 */
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

const NOTE = 'web-host.json'
/** Held while one looks whether a host runs, and until its own note is there. */
const GUARD = 'web-host.lock'
/** A host whose core is loading answers late. */
const ANSWER_MS = 5000
const GUARD_PATIENCE_MS = 20_000
const GUARD_WAIT_MS = 50

interface Note {
  readonly pid: number
  readonly url: string
}

export type Claim =
  | {
      readonly kind: 'ours'
      /**
       * Leave the note of the host that now listens; where nothing can be kept, nothing is.
       *
       * @param url its address, launch token included
       * @param folderReady settles when the data folder was made, or could not be
       */
      readonly keep: (url: string, folderReady: Promise<unknown>) => Promise<void>
      /** Looks whether it still is: whoever removes the folder removes the note, and the next host to come finds none. */
      readonly renew: () => Promise<Renewal>
      /** Nobody runs here any more, or never came to. */
      readonly release: () => Promise<void>
    }
  /** `ticketUrl` lets one browser in, once. */
  | { readonly kind: 'running'; readonly url: string; readonly ticketUrl: string }
  /** A host is there and does not answer. */
  | { readonly kind: 'silent'; readonly pid: number }

/** The note is there; it was not, and is again, like the folder; or there is one of another host, which has the folder now. */
export type Renewal = { readonly kind: 'held' | 'made again' } | { readonly kind: 'taken'; readonly url: string }

/** Finds out whether a host already runs on a data folder; if none does, the folder is the caller's. */
export async function claimDataDir(dataDir: string): Promise<Claim> {
  const guard = join(dataDir, GUARD)
  const isGuarded = await holdGuard(guard)
  const note = await readNote(dataDir)
  const found = note === null ? null : await askHost(note)
  if (found === null) return ours(dataDir, isGuarded ? guard : null)
  if (isGuarded) await rm(guard, { force: true })
  return found
}

function ours(dataDir: string, guard: string | null): Claim {
  const path = join(dataDir, NOTE)
  let own: string | null = null
  let isKept = false
  const letGo = async (): Promise<void> => {
    if (guard !== null) await rm(guard, { force: true }).catch(() => undefined)
  }
  const writeOwn = async (): Promise<void> => {
    if (own === null) return
    await writeNote(path, { pid: process.pid, url: own })
    isKept = true
  }
  return {
    kind: 'ours',
    keep: async (url, folderReady) => {
      // Where the guard is, the folder is too.
      if (guard === null) await folderReady.catch(() => undefined)
      own = url
      await writeOwn().catch(() => undefined) // the core tells of such a folder
      await letGo()
    },
    renew: async () => {
      if (!isKept || !(await isOtherThan(own, path))) return { kind: 'held' }
      return takeBack(dataDir, own, writeOwn)
    },
    release: async () => {
      const note = await readNote(dataDir)
      if (note !== null && note.url === own) await rm(path, { force: true }).catch(() => undefined)
      await letGo()
    },
  }
}

/** Whether there is no note, or that of another; one that cannot be read may be anybody's. */
async function isOtherThan(own: string | null, path: string): Promise<boolean> {
  const note = await readNote(dirname(path))
  return note === null
    ? stat(path).then(
        () => false,
        (error: unknown) => codeOf(error) === 'ENOENT',
      )
    : note.url !== own
}

/** As at the start: whoever holds the guard looks who is there. Nothing is done where the folder cannot be made. */
async function takeBack(dataDir: string, own: string | null, writeOwn: () => Promise<void>): Promise<Renewal> {
  const guard = join(dataDir, GUARD)
  try {
    await mkdir(dataDir, { mode: 0o700 }).catch(() => undefined) // it may be there; if not, the guard cannot be held
    if (!(await holdGuard(guard))) return { kind: 'held' }
    try {
      const note = await readNote(dataDir)
      const other = note === null || note.url === own ? null : await askHost(note)
      if (note !== null && other !== null) return { kind: 'taken', url: note.url }
      await writeOwn()
      return { kind: 'made again' }
    } finally {
      await rm(guard, { force: true })
    }
  } catch {
    return { kind: 'held' } // it is looked at again
  }
}

async function writeNote(path: string, note: Note): Promise<void> {
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, `${JSON.stringify(note)}\n`, { mode: 0o600 })
  await rename(temporary, path)
}

async function readNote(dataDir: string): Promise<Note | null> {
  try {
    const note: unknown = JSON.parse(await readFile(join(dataDir, NOTE), 'utf8'))
    const pid = typeof note === 'object' && note !== null && 'pid' in note ? note.pid : null
    return typeof pid === 'number' && Number.isInteger(pid) ? { pid, url: urlIn(note) } : null
  } catch {
    // None was left, or it is damaged: then its host, if there is one, cannot be found.
    return null
  }
}

/** Null where no host is there: another program may have its port by now, which does not know the token. */
async function askHost({ pid, url }: Note): Promise<Claim | null> {
  const address = new URL(url)
  const answer = await ticketFrom(address).catch((error: unknown) => (isTimeout(error) ? 'silent' : null))
  if (answer === 'silent') return isAlive(pid) ? { kind: 'silent', pid } : null
  return answer === null ? null : { kind: 'running', url, ticketUrl: answer }
}

/** @throws where nobody answers so */
async function ticketFrom(address: URL): Promise<string> {
  const asked = request({
    host: '127.0.0.1',
    port: address.port,
    path: '/ticket',
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${address.searchParams.get('token') ?? ''}`, 'content-length': '0' },
    signal: AbortSignal.timeout(ANSWER_MS),
  })
  const body = await new Promise<string>((resolve, reject) => {
    asked.on('error', reject)
    asked.on('response', (response) => void text(response).then(resolve, reject))
    asked.end()
  })
  return urlIn(JSON.parse(body))
}

/** By hand and not by a schema, which is slower to load than all else that a host does before it listens. @throws where there is none */
function urlIn(value: unknown): string {
  const url = typeof value === 'object' && value !== null && 'url' in value ? value.url : null
  if (typeof url !== 'string' || !URL.canParse(url)) throw new TypeError('There is no address.')
  return url
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
}

/** Whether the guard is held; false where the folder can hold none, such as one that is not there yet. */
async function holdGuard(path: string): Promise<boolean> {
  const giveUpAt = performance.now() + GUARD_PATIENCE_MS
  for (;;) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.writeFile(String(process.pid)).finally(() => file.close())
      return true
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || performance.now() > giveUpAt) return false
    }
    if (await isLeftOver(path)) await rm(path, { force: true })
    else await delay(GUARD_WAIT_MS)
  }
}

async function isLeftOver(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''))
  const found = await stat(path).catch(() => null)
  if (found === null) return false
  if (pid > 0 && pid !== process.pid && isAlive(pid)) return Math.abs(Date.now() - found.mtimeMs) > GUARD_PATIENCE_MS
  // Empty for the moment in which it is being made.
  return pid > 0 || Math.abs(Date.now() - found.mtimeMs) > ANSWER_MS
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null
}
