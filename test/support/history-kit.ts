/** Entries for tests of the history: rows as they are kept, and sends as they are recorded. */
import { createHash, randomUUID } from 'node:crypto'
import type { HistoryEntry } from '#contract/model/history.ts'
import { ExchangeIdSchema } from '#contract/model/ids.ts'
import type { HistoryLimits, HistoryRow } from '#core/history/history-row.ts'
import { indexable } from '#core/history/history-search.ts'

export const NO_LIMITS: HistoryLimits = { maxAgeDays: null, maxEntries: null, maxBytes: null }

export interface RowFacts extends Partial<Omit<HistoryEntry, 'pinned'>> {
  readonly head?: string
  readonly sent?: string
  readonly received?: string
  readonly draftId?: string
  readonly bodies?: HistoryRow['bodies']
}

/** A row with what is given, and the rest as of a plain GET. */
export function row(facts: RowFacts = {}): HistoryRow {
  const { head = '', sent = '', received = '', draftId = null, bodies = [], ...entry } = facts
  const url = entry.url ?? 'https://api.example.com/users?page=1'
  return {
    entry: {
      id: ExchangeIdSchema.parse(randomUUID()),
      startedAt: '2026-05-01T10:00:00.000Z',
      totalMs: 12.5,
      method: 'GET',
      url,
      host: new URL(url).host,
      status: 200,
      error: null,
      requestBytes: 0,
      responseBytes: received.length,
      nodeId: null,
      session: null,
      environment: null,
      ...entry,
    },
    draftId,
    details: JSON.stringify({ url }),
    bodies,
    words: { url: indexable(url), head: indexable(head), request: indexable(sent), response: indexable(received) },
  }
}

/** The id of a body with this content. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
