/**
 * The cookie jars of a data folder, one for each session: opened when first asked for, and up to date whenever they
 * are asked for again.
 */
import { rm } from 'node:fs/promises'
import { watch } from 'chokidar'
import type { JarKey } from '#contract/model/cookie.ts'
import { DEFAULT_JAR } from '#contract/model/request-defaults.ts'
import { messageOf } from '../lib/core-error.ts'
import { isAlive } from '../send/cookie-facts.ts'
import type { Log } from '../storage/json-file.ts'
import { createLocks } from '../storage/lock.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { jarFiles, jarKeyText, jarPath, jarsFolder, readJarFile } from './jar-file.ts'
import { openJar, type OpenJar } from './open-jar.ts'

export interface Jars {
  /** The jar of a session, with what other processes have written to it; an empty one where there was none. */
  readonly jar: (key: JarKey) => Promise<OpenJar>
  /** All jars that are kept, the default one first, and how many cookies each has that have not expired. */
  readonly list: () => Promise<readonly { readonly key: JarKey; readonly count: number }[]>
  /** Removes the file of a jar that nobody has any more. */
  readonly forget: (key: JarKey) => Promise<void>
  /** Writes what is not yet written. */
  readonly close: () => Promise<void>
}

export interface JarsOptions {
  readonly dataDir: string
  /** Told of files that cannot be read or written. */
  readonly log: Log
  /** Told where cookies cannot be written to their file. */
  readonly onUnwritten: (error: unknown) => void
  /** Whether to notice at once what other processes write. */
  readonly watch: boolean
  readonly onChanged: (key: JarKey) => void
}

/** Changes less than this apart are told of once. */
const TELL_AFTER_MS = 50

export function createJars(options: JarsOptions): Jars {
  const { dataDir, log, onUnwritten } = options
  const open = new Map<string, OpenJar>()
  const locks = createLocks(dataDir)
  const news = createNews(options.onChanged)
  const jarOf = (key: JarKey): OpenJar => {
    const name = jarKeyText(key)
    const known = open.get(name)
    if (known) return known
    const made = openJar({ key, path: jarPath(dataDir, key), locks, log, onUnwritten, onChanged: () => news.tell(key) })
    open.set(name, made)
    return made
  }
  const fresh = async (key: JarKey): Promise<OpenJar> => {
    const jar = jarOf(key)
    await jar.refresh()
    return jar
  }
  const keysOnDisk = async (): Promise<JarKey[]> => {
    const files = (await jarFiles(dataDir)).sort()
    const read = await Promise.all(files.map((path) => readOrNull(path, log)))
    // A file under another name than its own is a copy that somebody made.
    return read.flatMap((key, index) => (key && jarPath(dataDir, key) === files[index] ? [key] : []))
  }
  const watcher = options.watch ? watchJars(dataDir, log, (path) => void takeIn(path)) : null
  const takeIn = async (path: string): Promise<void> => {
    const key = await readOrNull(path, log)
    const known = [...open.values()].find((jar) => jarPath(dataDir, jar.key) === path)
    if (known) await known.refresh()
    else if (key) news.tell(key)
  }
  return {
    jar: fresh,
    list: async () => {
      const keys = new Map(
        [DEFAULT_JAR, ...(await keysOnDisk()), ...[...open.values()].map(({ key }) => key)].map((key) => [jarKeyText(key), key]),
      )
      return Promise.all(
        [...keys.values()].map(async (key) => ({
          key,
          count: (await fresh(key)).cookies.all().filter((cookie) => isAlive(cookie)).length,
        })),
      )
    },
    forget: async (key) => {
      const path = jarPath(dataDir, key)
      await locks.hold(path, () => rm(path, { force: true })).catch((error: unknown) => log(messageOf(error)))
      open.delete(jarKeyText(key))
    },
    close: async () => {
      news.close()
      await watcher?.close()
      await Promise.all([...open.values()].map((jar) => jar.flush().catch((error: unknown) => log(messageOf(error)))))
    },
  }
}

async function readOrNull(path: string, log: Log): Promise<JarKey | null> {
  try {
    return (await readJarFile(path, log))?.key ?? null
  } catch (error) {
    log(messageOf(error))
    return null
  }
}

/** Watches the folder of jars, which is made where it is missing. A session that cannot is as good, only later. */
function watchJars(dataDir: string, log: Log, onFile: (path: string) => void): { readonly close: () => Promise<void> } {
  const folder = jarsFolder(dataDir)
  const watching = makeFolder(folder, 0o700).then(
    () => {
      const watcher = watch(folder, { ignoreInitial: true, depth: 0, ignored: (path) => path !== folder && !path.endsWith('.json') })
      watcher.on('all', (_event, path) => onFile(path))
      watcher.on('error', (error) => log(`${folder} is not watched: ${messageOf(error)}`))
      return watcher
    },
    () => null,
  )
  return { close: async () => void (await (await watching)?.close()) }
}

interface News {
  readonly tell: (key: JarKey) => void
  readonly close: () => void
}

function createNews(onChanged: (key: JarKey) => void): News {
  const changed = new Map<string, JarKey>()
  let timer: NodeJS.Timeout | null = null
  return {
    tell: (key) => {
      changed.set(jarKeyText(key), key)
      timer ??= setTimeout(() => {
        timer = null
        const keys = [...changed.values()]
        changed.clear()
        for (const one of keys) onChanged(one)
      }, TELL_AFTER_MS)
    },
    close: () => {
      if (timer) clearTimeout(timer)
    },
  }
}
