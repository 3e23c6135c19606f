/**
 * The history's database, open: everything that is asked of it, in SQL. It blocks the thread it runs in, so a host that
 * lives long has it in a thread of its own. Several processes may have it open; each write is a transaction.
 */
import { DatabaseSync } from 'node:sqlite'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Moved } from '#contract/model/workspace.ts'
import { keepWithin } from './history-limits.ts'
import { entryOf, listEntries } from './history-list.ts'
import type { HistoryOperations, HistoryRow } from './history-row.ts'
import { migrate } from './history-schema.ts'

/** How long another process may hold the file. Milliseconds. */
const BUSY_MS = 5000
/** SQLite's number for that way of giving space back. */
const INCREMENTAL = 2
/** So many entries come between two looks at the limits. */
const LOOK_AFTER = 200
/** The choices of filters are those of the newest entries. */
const CHOSEN_FROM = 10_000
const MOST_CHOICES = 200
/** Given back to the disk at a time. */
const VACUUM_PAGES = 20_000

export interface HistoryDatabase extends HistoryOperations {
  readonly close: () => void
}

/** Open a database, or make one. @throws whatever SQLite throws, and {CoreError} `Unavailable` for a newer version's */
export function openDatabase(path: string): HistoryDatabase {
  const db = new DatabaseSync(path, { timeout: BUSY_MS })
  try {
    // Of a new file: what is deleted can be given back to the disk bit by bit. Said of another, SQLite writes it down anew, and waits
    // three times for the disk.
    if (db.prepare('PRAGMA auto_vacuum').get()?.['auto_vacuum'] !== INCREMENTAL) db.exec(`PRAGMA auto_vacuum = ${INCREMENTAL}`)
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY')
    migrate(db)
  } catch (error) {
    db.close()
    throw error
  }
  const write = writing(db)
  let sinceLook = LOOK_AFTER
  return {
    insert: (rows, limits, nowMs) => {
      write(() => insertAll(db, rows))
      sinceLook += rows.length
      if (sinceLook <= LOOK_AFTER) return
      sinceLook = 0
      write(() => keepWithin(db, limits, nowMs))
    },
    list: (query) => listEntries(db, query),
    facets: () => ({ methods: choices(db, 'method'), hosts: choices(db, 'host'), sessions: choices(db, 'session') }),
    read: (id) => readEntry(db, id),
    pin: (ids, pinned) => {
      const statement = db.prepare('UPDATE entries SET pinned = ? WHERE exchange_id = ?')
      write(() => ids.forEach((id) => statement.run(pinned ? 1 : 0, id)))
    },
    remove: (ids, removal, nowMs) => {
      const hide = db.prepare('UPDATE entries SET removal = ?, removed_at = ? WHERE exchange_id = ? AND removed_at IS NULL')
      return write(() => ids.reduce((count, id) => count + Number(hide.run(removal, nowMs, id).changes), 0))
    },
    clear: (pinnedToo, removal, nowMs) => {
      const which = pinnedToo ? '' : ' AND pinned = 0'
      const hide = db.prepare(`UPDATE entries SET removal = ?, removed_at = ? WHERE removed_at IS NULL${which}`)
      return write(() => Number(hide.run(removal, nowMs).changes))
    },
    restore: (removal) => {
      const show = db.prepare('UPDATE entries SET removal = NULL, removed_at = NULL WHERE removal = ?')
      return write(() => Number(show.run(removal).changes))
    },
    purge: (removedBeforeMs, limits, nowMs) => purge(db, write, removedBeforeMs, limits, nowMs),
    kept: (ids) => {
      const found = db.prepare('SELECT 1 AS found FROM bodies WHERE hash = ?')
      return ids.filter((id) => found.get(Buffer.from(id, 'hex')) !== undefined)
    },
    moved: (moved) => write(() => move(db, moved)),
    version: () => Number(db.prepare('PRAGMA data_version').get()?.['data_version'] ?? 0),
    close: () => {
      if (db.isOpen) db.close()
    },
  }
}

/** Runs work as one transaction. */
function writing(db: DatabaseSync): <T>(work: () => T) => T {
  return (work) => {
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      db.exec('COMMIT')
      return result
    } catch (error) {
      // A failed commit may have ended the transaction itself.
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
}

function insertAll(db: DatabaseSync, rows: readonly HistoryRow[]): void {
  const entry = db.prepare(
    `INSERT OR IGNORE INTO entries (exchange_id, started_at, total_ms, method, url, host, status, error, request_bytes, response_bytes,
      node_id, draft_id, session, environment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const details = db.prepare('INSERT INTO details (entry, content) VALUES (?, ?)')
  const words = db.prepare('INSERT INTO words (rowid, url, head, request, response) VALUES (?, ?, ?, ?, ?)')
  const urls = db.prepare('INSERT INTO urls (rowid, url) VALUES (?, ?)')
  const body = db.prepare('INSERT OR IGNORE INTO bodies (hash, bytes) VALUES (?, ?)')
  const reference = db.prepare('INSERT OR IGNORE INTO entry_bodies (entry, hash) VALUES (?, ?)')
  for (const row of rows) {
    const { entry: facts } = row
    const { changes, lastInsertRowid: id } = entry.run(
      facts.id,
      Date.parse(facts.startedAt),
      facts.totalMs,
      facts.method,
      facts.url,
      facts.host,
      facts.status,
      facts.error,
      facts.requestBytes,
      facts.responseBytes,
      facts.nodeId,
      row.draftId,
      facts.session,
      facts.environment,
    )
    // Recorded before: the answer to its first insertion was lost with a thread that died.
    if (Number(changes) === 0) continue
    details.run(id, deflateRawSync(row.details))
    words.run(id, row.words.url, row.words.head, row.words.request, row.words.response)
    urls.run(id, facts.url)
    for (const { id: hash, bytes } of row.bodies) {
      const key = Buffer.from(hash, 'hex')
      body.run(key, bytes)
      reference.run(id, key)
    }
  }
}

function readEntry(db: DatabaseSync, id: string): ReturnType<HistoryOperations['read']> {
  const row = db
    .prepare('SELECT e.*, d.content FROM entries e JOIN details d ON d.entry = e.id WHERE e.exchange_id = ? AND e.removed_at IS NULL')
    .get(id)
  const content = row?.['content']
  if (!row || !(content instanceof Uint8Array)) return null
  return { entry: entryOf(row), details: inflateRawSync(content).toString('utf8') }
}

function choices(db: DatabaseSync, column: 'method' | 'host' | 'session'): string[] {
  return db
    .prepare(
      `SELECT choice FROM (SELECT ${column} AS choice FROM entries WHERE removed_at IS NULL ORDER BY id DESC LIMIT ${CHOSEN_FROM})
       WHERE choice IS NOT NULL AND choice <> '' GROUP BY choice ORDER BY count(*) DESC, choice LIMIT ${MOST_CHOICES}`,
    )
    .all()
    .map((row) => String(row['choice']))
}

function purge(
  db: DatabaseSync,
  write: ReturnType<typeof writing>,
  ...[removedBeforeMs, limits, nowMs]: Parameters<HistoryOperations['purge']>
): string[] {
  const lost = write(() =>
    losing(db, () => {
      db.prepare('DELETE FROM entries WHERE removed_at IS NOT NULL AND removed_at <= ?').run(removedBeforeMs)
      keepWithin(db, limits, nowMs)
    }),
  )
  db.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`)
  return lost
}

/** Runs a deletion, and tells which bodies it leaves without an entry. */
function losing(db: DatabaseSync, deletion: () => void): string[] {
  db.exec('CREATE TEMP TABLE before_purge AS SELECT hash FROM bodies')
  deletion()
  const lost = db
    .prepare('SELECT hash FROM before_purge WHERE hash NOT IN (SELECT hash FROM bodies)')
    .all()
    .flatMap(({ hash }) => (hash instanceof Uint8Array ? [Buffer.from(hash).toString('hex')] : []))
  db.exec('DROP TABLE before_purge')
  return lost
}

/** In two steps, because two items may have changed places. */
function move(db: DatabaseSync, moved: Moved): void {
  const mark = db.prepare("UPDATE entries SET node_id = '>' || ? WHERE node_id = ?")
  const settle = db.prepare("UPDATE entries SET node_id = ? WHERE node_id = '>' || ?")
  for (const { from, to } of moved) mark.run(to, from)
  for (const { to } of moved) settle.run(to, to)
}
