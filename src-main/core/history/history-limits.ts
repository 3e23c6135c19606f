/**
 * Keeps the history within its limits: by age, by number, by the bytes of entries and bodies. The oldest go first;
 * pinned entries stay, and count for nothing but their bytes.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { HistoryLimits } from './history-row.ts'

const DAY_MS = 24 * 3600 * 1000
/** Deleted in one statement; between two, another process can write. */
const AT_ONCE = 500

/** Delete what is beyond the limits. */
export function keepWithin(db: DatabaseSync, limits: HistoryLimits, nowMs: number): void {
  if (limits.maxAgeDays !== null) deleteAll(db, 'started_at < ?', nowMs - limits.maxAgeDays * DAY_MS)
  if (limits.maxEntries !== null) {
    const last = db
      .prepare('SELECT id FROM entries WHERE pinned = 0 AND removed_at IS NULL ORDER BY id DESC LIMIT 1 OFFSET ?')
      .get(limits.maxEntries)
    if (typeof last?.['id'] === 'number') deleteAll(db, 'id <= ?', last['id'])
  }
  if (limits.maxBytes !== null) while (bytesOf(db) > limits.maxBytes && deleteOldest(db) > 0);
}

/** What the history takes: the pages of the database that are in use, and each body once. */
function bytesOf(db: DatabaseSync): number {
  const pragma = (name: string): number => Number(db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0)
  const bodies = Number(db.prepare('SELECT sum(bytes) AS bytes FROM bodies').get()?.['bytes'] ?? 0)
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size') + bodies
}

function deleteAll(db: DatabaseSync, where: string, value: number): void {
  const statement = db.prepare(
    `DELETE FROM entries WHERE id IN (SELECT id FROM entries WHERE ${where} AND pinned = 0 ORDER BY id LIMIT ${AT_ONCE})`,
  )
  while (Number(statement.run(value).changes) === AT_ONCE);
}

/** A twentieth of what is there, so that the limit is not met again at the next entry. */
function deleteOldest(db: DatabaseSync): number {
  const count = Number(db.prepare('SELECT count(*) AS count FROM entries WHERE pinned = 0').get()?.['count'] ?? 0)
  // The newest stays: it was just sent, whatever it takes.
  const some = Math.min(count - 1, AT_ONCE, Math.ceil(count / 20))
  if (some <= 0) return 0
  return Number(
    db
      .prepare('DELETE FROM entries WHERE id IN (SELECT id FROM entries WHERE pinned = 0 ORDER BY removed_at IS NULL, id LIMIT ?)')
      .run(some).changes,
  )
}
