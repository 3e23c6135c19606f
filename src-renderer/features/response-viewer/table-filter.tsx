/** Rows of a table that have a text in one of their cells: looked for in core, and shown as they are found. */
import { useEffect, useMemo, useState } from 'react'
import type { ViewId } from '#contract/model/ids.ts'
import { findInView } from '../../actions/body-search.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { HitList } from './hit-list.ts'
import type { LineSource } from './line-source.ts'
import { matchingLines } from './paged-lines.ts'
import styles from './records-view.module.css'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

interface Found {
  readonly text: string
  readonly hits: HitList
  readonly isDone: boolean
}

/** Typing on within this time is one search, in milliseconds. */
const TYPING_MS = 150

export interface TableFilter {
  readonly text: string
  readonly setText: (text: string) => void
  /** Null: all of them. It fills while the search goes on. */
  readonly found: Found | null
}

export function useTableFilter(viewId: ViewId): TableFilter {
  const [text, setText] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    if (text === '') return
    const abort = new AbortController()
    const search = async (): Promise<void> => {
      const hits = new HitList()
      let cursor: string | null = null
      do {
        const query = { text: asInCells(text), matchCase: false, wholeWord: false, regex: false }
        const page = await findInView(viewId, query, cursor, abort.signal)
        if (abort.signal.aborted) return
        if (!page.ok) return setFound({ text, hits, isDone: true })
        hits.add(page.value.hits)
        cursor = hits.isFull ? null : page.value.next
        setFound({ text, hits, isDone: cursor === null })
      } while (cursor !== null)
    }
    const timer = setTimeout(() => void search(), TYPING_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [viewId, text])
  return { text, setText, found: text === '' ? null : found }
}

/** As it stands in the rows, which are lists in JSON. */
function asInCells(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** The rows that are found, or all of them. */
export function useFilteredRows(viewId: ViewId, source: LineSource, { found }: TableFilter): LineSource {
  const hits = found?.hits ?? null
  return useMemo(() => (hits === null ? source : matchingLines(viewId, source.chunk, hits)), [viewId, source, hits])
}

interface TableFilterBarProps {
  readonly filter: TableFilter
  /** How many rows are shown, and how many there are. */
  readonly shown: number
  readonly rows: number
}

export function TableFilterBar({ filter: { text, setText, found }, shown, rows }: TableFilterBarProps) {
  const words = t`${formatNumber(shown)} of ${formatNumber(rows)}`
  return (
    <div className={styles.bar} role="search" aria-label={t`Filter the table`}>
      <SearchField
        label={t`Filter rows`}
        placeholder={t`Filter rows`}
        value={text}
        onChange={setText}
        clearLabel={t`Clear the filter`}
        maxLength={1000}
      />
      <span className={styles.count} role="status" aria-label={t`Rows found`}>
        {found !== null && (found.isDone ? words : t`${words}, searching…`)}
      </span>
    </div>
  )
}
