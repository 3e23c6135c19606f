/**
 * The history's database, opened when first needed. A damaged file is set aside and a new one begun, once; where there is
 * no way to have one, every question fails with the same error, which says why. It runs in the worker thread of a host, or,
 * in a command that ends soon, in the thread of the command.
 */
import { chmodSync, closeSync, openSync, renameSync, statSync } from 'node:fs'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import type { HistoryDatabase } from './history-database.ts'
import type { HistoryOperations, OperationName } from './history-row.ts'

/** SQLite's result codes (sqlite3.h), the primary one: the low byte. */
const SQLITE = { busy: 5, readonly: 8, corrupt: 11, full: 13, cantOpen: 14, notADatabase: 26 } as const

export interface HistoryEngine {
  readonly run: <N extends OperationName>(name: N, args: Parameters<HistoryOperations[N]>) => ReturnType<HistoryOperations[N]>
  readonly close: () => void
}

/**
 * @param open what opens the database; loading it loads SQLite
 * @param tell told once of each file that was set aside
 */
export function createHistoryEngine(
  path: string,
  open: (path: string) => HistoryDatabase,
  tell: (notice: CoreError) => void,
): HistoryEngine {
  let database: HistoryDatabase | null = null
  let openedFile: bigint | null = null
  const opened = (): HistoryDatabase => {
    // Whoever removed the file while it was open left one that nobody can find again.
    if (database && openedFile === fileOf(path)) return database
    closeQuietly(close)
    database = null
    keepPrivate(path)
    database = open(path)
    openedFile = fileOf(path)
    return database
  }
  const close = (): void => {
    database?.close()
    database = null
  }
  const attempt = <N extends OperationName>(name: N, args: Parameters<HistoryOperations[N]>): ReturnType<HistoryOperations[N]> => {
    // The compiler does not see that an operation and its arguments, both named by N, belong together.
    const operation = opened()[name] as (...args: Parameters<HistoryOperations[N]>) => ReturnType<HistoryOperations[N]>
    return operation(...args)
  }
  return {
    run: (name, args) => {
      try {
        return attempt(name, args)
      } catch (error) {
        if (!isDamage(error)) throw problemOf(path, error)
        const damaged = openedFile ?? fileOf(path)
        closeQuietly(close)
        database = null
        openedFile = null
        // Another process may have done it meanwhile: then the file is another, and is looked at anew.
        if (damaged !== null && damaged === fileOf(path)) setAside(path, error, tell)
      }
      try {
        return attempt(name, args)
      } catch (error) {
        throw problemOf(path, error)
      }
    },
    close,
  }
}

/** Moves the file away, and the two that belong to it. */
function setAside(path: string, why: unknown, tell: (notice: CoreError) => void): void {
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return
    throw problemOf(path, error)
  }
  for (const end of ['-wal', '-shm']) renameIfThere(path + end, aside + end)
  tell(
    new CoreError('StorageError', 'store', `The history was damaged and has been set aside as ${aside}; a new one was begun.`, {
      hint: 'Requests, collections and settings are elsewhere and are not touched by this.',
      details: { path: aside, reason: messageOf(why) },
    }),
  )
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
}

function closeQuietly(close: () => void): void {
  try {
    close()
  } catch {
    // A damaged database may not even close; its file is moved away all the same.
  }
}

/** Identity of the file at a path; null where there is none. */
function fileOf(path: string): bigint | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? null
}

/**
 * For its owner only. SQLite gives the files that it adds the permissions that the database has at that moment, so it has
 * them before it is opened. What cannot be done here, opening will tell.
 */
function keepPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600))
    for (const file of [path, `${path}-wal`, `${path}-shm`]) if (statSync(file, { throwIfNoEntry: false })) chmodSync(file, 0o600)
  } catch (error) {
    if (systemCode(error) === null) throw error
  }
}

function isDamage(error: unknown): boolean {
  const code = sqliteCode(error)
  return code === SQLITE.corrupt || code === SQLITE.notADatabase
}

function sqliteCode(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return null
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null
}

function problemOf(path: string, error: unknown): unknown {
  if (error instanceof CoreError) return error
  const code = sqliteCode(error)
  if (code === null && systemCode(error) === null) return error
  const [, why, hint] = REASONS.find(([reason]) => reason === code) ?? [code, messageOf(error), 'Check the disk of the data folder.']
  return new CoreError('StorageError', 'store', `The history ${path} cannot be used: ${why}.`, {
    hint,
    details: { path, code: code ?? systemCode(error) },
    cause: error,
  })
}

const REASONS: readonly (readonly [code: number, why: string, hint: string])[] = [
  [SQLITE.busy, 'another process has held it for too long', 'Close other windows of Posthaste, and try again.'],
  [SQLITE.readonly, 'it may not be written', 'Change the permissions of the data folder, or choose another.'],
  [SQLITE.full, 'the disk is full', 'Free some space.'],
  [SQLITE.cantOpen, 'it may not be opened or made', 'Change the permissions of the data folder, or choose another.'],
]
