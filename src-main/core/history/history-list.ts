/** Pages of entries, newest first, by filter and text: the questions to the database, and what their rows mean. */
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { HistoryEntrySchema, type HistoryEntry, type HistoryFilter, type HistoryPage, type HistoryStatus } from '#contract/model/history.ts'
import type { ListQuery } from './history-row.ts'
import { searchFor, type Search } from './history-search.ts'

/** Counted so far; more is said as "more than". */
const COUNTED = 1000
const NOT_REMOVED = 'e.removed_at IS NULL'

/** Conditions on `entries`, with the values they hold places for. */
interface Condition {
  readonly sql: string
  readonly values: readonly SQLInputValue[]
}

/** One page. What was recorded last is first, which is what ended last. */
export function listEntries(db: DatabaseSync, { filter, cursor, limit }: ListQuery): HistoryPage {
  const before = cursor !== null && /^\d{1,15}$/.test(cursor) ? Number(cursor) : null
  const search = searchFor(filter.text ?? '')
  const condition = conditionOf(filter)
  const ids = idsOf(db, search, condition, before, limit + 1)
  const page = ids.slice(0, limit)
  const oldest = page.at(-1)
  return {
    entries: entriesOf(db, page),
    next: ids.length > limit && oldest !== undefined ? String(oldest) : null,
    total: before === null ? countOf(db, search, condition) : null,
  }
}

/** @returns null where the row is of no entry */
export function entryOf(row: Record<string, SQLOutputValue>): HistoryEntry {
  return HistoryEntrySchema.parse({
    id: row['exchange_id'],
    startedAt: new Date(Number(row['started_at'])).toISOString(),
    totalMs: row['total_ms'],
    method: row['method'],
    url: row['url'],
    host: row['host'],
    status: row['status'],
    error: row['error'],
    requestBytes: row['request_bytes'],
    responseBytes: row['response_bytes'],
    pinned: row['pinned'] === 1,
    nodeId: row['node_id'],
    session: row['session'],
    environment: row['environment'],
  })
}

function entriesOf(db: DatabaseSync, ids: readonly number[]): HistoryEntry[] {
  const statement = db.prepare('SELECT * FROM entries WHERE id = ?')
  return ids.flatMap((id) => {
    const row = statement.get(id)
    return row === undefined ? [] : [entryOf(row)]
  })
}

/** Ids of at most `limit` entries, newest first. The index goes from the newest on, so a common word costs no more than a rare one. */
function idsOf(db: DatabaseSync, search: Search | null, { sql, values }: Condition, before: number | null, limit: number): number[] {
  const isBefore = before === null ? '' : ' AND e.id < ?'
  const beforeValues = before === null ? [] : [before]
  const idsFrom = (statement: string, first: readonly SQLInputValue[]): number[] =>
    db
      .prepare(statement)
      .all(...first, ...values, ...beforeValues, limit)
      .map((row) => Number(row['id']))
  if (search === null) return idsFrom(`SELECT e.id FROM entries e WHERE ${sql}${isBefore} ORDER BY e.id DESC LIMIT ?`, [])
  const found = (['words', 'part'] as const).flatMap((kind) => {
    const match = search[kind]
    if (match === null) return []
    const table = kind === 'words' ? 'words' : 'urls'
    const join = `SELECT e.id FROM ${table} CROSS JOIN entries e ON e.id = ${table}.rowid`
    return idsFrom(`${join} WHERE ${table} MATCH ? AND ${sql}${isBefore} ORDER BY ${table}.rowid DESC LIMIT ?`, [match])
  })
  return [...new Set(found)].sort((a, b) => b - a).slice(0, limit)
}

function countOf(db: DatabaseSync, search: Search | null, condition: Condition): NonNullable<HistoryPage['total']> {
  if (search !== null) {
    const count = idsOf(db, search, condition, null, COUNTED + 1).length
    return { count: Math.min(count, COUNTED), isExact: count <= COUNTED }
  }
  const count = (sql: string, values: readonly SQLInputValue[]): number =>
    Number(db.prepare(`SELECT count(*) AS count FROM entries e${sql}`).get(...values)?.['count'] ?? 0)
  // Of all there are: from the indexes alone.
  const isAll = condition.sql === NOT_REMOVED
  return {
    count: isAll ? count('', []) - count(' WHERE e.removed_at IS NOT NULL', []) : count(` WHERE ${condition.sql}`, condition.values),
    isExact: true,
  }
}

function conditionOf(filter: HistoryFilter): Condition {
  const parts: Condition[] = [{ sql: NOT_REMOVED, values: [] }]
  const add = (sql: string, ...values: SQLInputValue[]): void => void parts.push({ sql, values })
  const { methods = [], statuses = [], host = '', session, from, until, pinned, of } = filter
  if (methods.length > 0) add(`e.method IN (${methods.map(() => '?').join(', ')})`, ...methods)
  if (statuses.length > 0) parts.push(anyOf(statuses.map(statusCondition)))
  if (host.trim() !== '') add('instr(lower(e.host), ?) > 0', host.trim().toLowerCase())
  if (session !== undefined) add('e.session = ?', session)
  if (from !== undefined) add('e.started_at >= ?', Date.parse(from))
  if (until !== undefined) add('e.started_at < ?', Date.parse(until))
  if (pinned !== undefined) add('e.pinned = ?', pinned ? 1 : 0)
  if (of) {
    const same = [
      ...(of.nodeId === null ? [] : [{ sql: 'e.node_id = ?', values: [of.nodeId] }]),
      ...(of.draftId === null ? [] : [{ sql: 'e.draft_id = ?', values: [of.draftId] }]),
    ]
    parts.push(same.length === 0 ? { sql: '0', values: [] } : anyOf(same))
  }
  return { sql: parts.map(({ sql }) => sql).join(' AND '), values: parts.flatMap(({ values }) => values) }
}

function anyOf(conditions: readonly Condition[]): Condition {
  return { sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`, values: conditions.flatMap(({ values }) => values) }
}

function statusCondition(status: HistoryStatus): Condition {
  if (status === 'error') return { sql: 'e.error IS NOT NULL', values: [] }
  if (typeof status === 'number') return { sql: 'e.status = ?', values: [status] }
  const hundreds = Number(status[0]) * 100
  return { sql: '(e.status >= ? AND e.status < ?)', values: [hundreds, hundreds + 100] }
}
