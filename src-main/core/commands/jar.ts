/**
 * The cookie jar of the default session, kept in the private data folder: read at the start, written soon after a
 * change and at the end.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, systemCode } from '../lib/core-error.ts'
import { createCookieJar } from '../send/cookie-jar.ts'
import type { SessionCookies } from '../send/session-cookies.ts'
import { atomicWrite } from '../storage/atomic-write.ts'

/** Cookies of one answer and those of the next hop are written together. */
const WRITE_AFTER_MS = 200

export interface OpenedJar {
  readonly cookies: SessionCookies
  /** Writes what is not yet written. */
  readonly close: () => Promise<void>
}

/** Open the jar; a damaged file counts as an empty jar, is told of, and is replaced at the first change. */
export async function openJar(dataDir: string, log: (line: string) => void): Promise<OpenedJar> {
  const path = join(dataDir, 'cookies', 'default.json')
  const jar = createJarFrom(await readJar(path, log), path, log)
  let timer: NodeJS.Timeout | null = null
  let writing = Promise.resolve()
  const write = (): Promise<void> => {
    if (timer) clearTimeout(timer)
    timer = null
    const text = `${JSON.stringify(jar.serialize())}\n`
    writing = writing.then(() => atomicWrite(path, text, 0o600)).catch((error: unknown) => log(messageOf(error)))
    return writing
  }
  return {
    cookies: {
      ...jar,
      store: (url, lines, rules) => {
        const result = jar.store(url, lines, rules)
        if (lines.length > 0) timer ??= setTimeout(() => void write(), WRITE_AFTER_MS)
        return result
      },
    },
    close: () => (timer ? write() : writing),
  }
}

function createJarFrom(content: unknown, path: string, log: (line: string) => void): SessionCookies {
  try {
    return createCookieJar(content)
  } catch (error) {
    log(`${path} does not hold a cookie jar: ${messageOf(error)}`)
    return createCookieJar()
  }
}

async function readJar(path: string, log: (line: string) => void): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') log(`${path} could not be read: ${messageOf(error)}`)
    return undefined
  }
}
