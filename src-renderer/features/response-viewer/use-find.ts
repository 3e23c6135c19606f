/**
 * Find in the open view of a body: what is looked for, the hits as core finds them, and which of them is shown. A new query
 * gives up the search before it.
 */
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { TextQuery } from '#contract/model/body-search.ts'
import type { ViewId } from '#contract/model/ids.ts'
import { findInView } from '../../actions/body-search.ts'
import { HitList, MOST_HITS, type Hit } from './hit-list.ts'
import type { TextPoint } from './text-selection.ts'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'
import { formatDone, formatNumber } from '../../lib/format-number.ts'

export interface Finding {
  readonly query: TextQuery
  readonly change: (part: Partial<TextQuery>) => void
  /** Only lines with a hit are shown. */
  readonly isFilter: boolean
  readonly setFilter: (on: boolean) => void
  /** To the next hit, or with -1 the one before, round the end. */
  readonly go: (step: 1 | -1) => void
  /** In words: which hit is shown, that there is none, how far the search has come. */
  readonly status: string
  /** Why it cannot be looked for. */
  readonly error: WireError | null
  /** Null where nothing is looked for. It fills while the search goes on. */
  readonly hits: HitList | null
  readonly current: Hit | null
}

interface Search {
  /** The view that was searched. */
  readonly viewId: ViewId | null
  readonly hits: HitList | null
  /** How much of the text is searched, from 0 to 1. */
  readonly searched: number
  readonly isDone: boolean
  /** There may be more hits than are kept. */
  readonly hasMore: boolean
  readonly error: WireError | null
}

/** Typing on within this time is one search, in milliseconds. */
const TYPING_MS = 150
const NOTHING: Search = { viewId: null, hits: null, searched: 0, isDone: true, hasMore: false, error: null }
const NO_QUERY: TextQuery = { text: '', matchCase: false, wholeWord: false, regex: false }

/**
 * @param viewId null: there is nothing to find in yet
 * @param top where one looks, for a search that begins
 * @param show shows a hit
 */
export function useFind(viewId: ViewId | null, top: () => TextPoint, show: (hit: Hit) => void): Finding {
  const [query, setQuery] = useState(NO_QUERY)
  const [isFilter, setFilter] = useState(false)
  const [held, setSearch] = useState(NOTHING)
  const search = held.viewId === viewId ? held : NOTHING
  const [current, setCurrent] = useState<number | null>(null)
  const under = useRef<AbortController | null>(null)
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined)
  const place = useRef<TextPoint | null>(null)
  useEffect(
    () => () => {
      clearTimeout(typing.current)
      under.current?.abort()
    },
    [],
  )
  const goTo = (hits: HitList, index: number): void => {
    const hit = hits.at(index)
    if (hit === undefined) return
    setCurrent(index)
    place.current = { line: hit.line, column: hit.start }
    show(hit)
  }
  const start = (wanted: TextQuery): void => {
    clearTimeout(typing.current)
    typing.current = undefined
    under.current?.abort()
    const abort = new AbortController()
    under.current = abort
    if (wanted.text === '' || viewId === null) {
      setCurrent(null)
      return setSearch(NOTHING)
    }
    // From where the last hit began, so that typing on stays at it as long as it fits.
    const from = place.current ?? top()
    let isShown = false
    void runSearch(viewId, wanted, abort.signal, (found) => {
      setSearch(found)
      if (isShown) return
      setCurrent(null)
      const { hits } = found
      const index = hits?.indexFrom(from) ?? 0
      if (hits === null || hits.count === 0 || (index === hits.count && !found.isDone)) return
      isShown = true
      goTo(hits, index % hits.count)
    })
  }
  // The same is looked for in another view in this one's place, from its top.
  const searchAgain = useEffectEvent(() => {
    place.current = null
    if (query.text !== '') start(query)
  })
  useEffect(() => {
    const soon = setTimeout(() => searchAgain())
    return () => clearTimeout(soon)
  }, [viewId])
  return {
    query,
    isFilter,
    setFilter,
    error: search.error,
    hits: search.hits,
    current: (current !== null && search.hits?.at(current)) || null,
    status: statusOf(search, current, isFilter),
    change: (part) => {
      const next = { ...query, ...part }
      setQuery(next)
      clearTimeout(typing.current)
      typing.current = setTimeout(() => start(next), part.text === undefined ? 0 : TYPING_MS)
    },
    go: (step) => {
      if (typing.current !== undefined) return start(query)
      const { hits } = search
      if (hits !== null && hits.count > 0) goTo(hits, current === null ? 0 : (current + step + hits.count) % hits.count)
    },
  }
}

/** Tells what is found after each page, until all is searched or `signal` is aborted. */
async function runSearch(viewId: ViewId, query: TextQuery, signal: AbortSignal, tell: (found: Search) => void): Promise<void> {
  const hits = new HitList()
  let cursor: string | null = null
  do {
    const page = await findInView(viewId, query, cursor, signal)
    if (signal.aborted) return
    if (!page.ok) return tell({ ...NOTHING, viewId, error: page.error })
    hits.add(page.value.hits)
    cursor = page.value.next
    const hasMore = hits.isFull && cursor !== null
    if (hasMore) cursor = null
    tell({ viewId, hits, searched: page.value.searched, isDone: cursor === null, hasMore, error: null })
  } while (cursor !== null)
}

function statusOf({ hits, searched, isDone, hasMore }: Search, current: number | null, isFilter: boolean): string {
  if (hits === null) return ''
  const percent = formatDone(searched)
  if (hits.count === 0) return isDone ? t`No match` : t`Searching, ${percent}`
  const count = hasMore ? t`more than ${inWords(MOST_HITS)}` : inWords(hits.count)
  const lines = isFilter ? t` in ${inWords(hits.lineCount)} ${hits.lineCount === 1 ? t`line` : t`lines`}` : ''
  const found = `${current === null ? '' : t`${inWords(current + 1)} of `}${count}${lines}`
  return isDone ? found : listed([found, percent])
}

function inWords(count: number): string {
  return formatNumber(count)
}
