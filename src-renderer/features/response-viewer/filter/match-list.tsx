/** The matches of a filter, one on each row; of the one that is chosen its whole text and what can be done with it. */
import {
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type Ref,
  type RefObject,
} from 'react'
import type { QueryKind, QueryMatch } from '#contract/model/body-query.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { readMatches, type FoundMatches } from '../../../actions/body-query.ts'
import { ContextMenu } from '../../../ui/menu.tsx'
import { PageCache } from '../page-cache.ts'
import { rowHeight, VirtualRows, type RowWindow, type VirtualRowsHandle } from '../virtual-rows.tsx'
import styles from './match-list.module.css'
import { MatchDetail } from './match-detail.tsx'
import { matchMenuOf } from './match-menu.tsx'
import { t } from '../../../lib/t.ts'
import { formatNumber } from '../../../lib/format-number.ts'

const PAGE = 100
const PAGES_KEPT = 30

interface MatchListProps {
  readonly found: FoundMatches
  readonly kind: QueryKind
  readonly expression: string
  /** The tab that the matches can be used for; null: none. */
  readonly draftId: DraftId | null
  /** Core no longer keeps them. */
  readonly onGone: () => void
  readonly ref?: Ref<{ readonly focus: () => void }>
}

export function MatchList({ found, kind, expression, draftId, onGone, ref }: MatchListProps) {
  const { queryId, listed } = found
  const matches = useMatches(found, onGone)
  const rows = useRef<VirtualRowsHandle>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const menu = matchMenuOf(queryId, kind, expression, draftId)
  const box = useKeptInSight(rows, chosen)
  const choose = (index: number): void => {
    const next = Math.min(listed - 1, Math.max(0, index))
    setChosen(next)
    rows.current?.reveal(next)
  }
  useImperativeHandle(ref, () => ({
    focus: () => {
      if (listed === 0) return
      rows.current?.scroller?.focus()
      choose(chosen ?? 0)
    },
  }))
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = chosenAfter(event, chosen, rows.current?.scroller?.clientHeight ?? 0, listed)
    if (next === null) return
    event.preventDefault()
    choose(next)
  }
  if (listed === 0)
    return <p className={styles.none}>{found.total === 0 ? t`Nothing in this body matches.` : t`No match is left after the filter.`}</p>
  const match = chosen === null ? undefined : matches.at(chosen)
  const items = match === undefined || chosen === null ? null : menu(chosen, match)
  return (
    <>
      <ContextMenu items={items === null ? [] : [...items.copies, ...items.uses]}>
        <div ref={box} className={styles.list} onContextMenu={(event) => setChosen(rows.current?.rowAt(event.clientY) ?? null)}>
          <VirtualRows label={t`Matches`} rowCount={listed} width={0} handle={rows} onKeyDown={onKeyDown}>
            {(view) => <VisibleMatches view={view} matches={matches} chosen={chosen} onChoose={setChosen} />}
          </VirtualRows>
        </div>
      </ContextMenu>
      {match !== undefined && chosen !== null && items !== null && (
        <MatchDetail
          key={chosen}
          queryId={queryId}
          index={chosen}
          match={match}
          copies={items.copies}
          uses={items.uses}
          onClose={() => {
            setChosen(null)
            rows.current?.scroller?.focus()
          }}
        />
      )}
    </>
  )
}

/** The chosen row stays in view where its details, or the window, take room from the list. */
function useKeptInSight(rows: RefObject<VirtualRowsHandle | null>, chosen: number | null): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null)
  const reveal = useEffectEvent(() => {
    if (chosen !== null) rows.current?.reveal(chosen)
  })
  useEffect(() => {
    const element = box.current
    if (!element) return
    let frame = 0
    // A frame later the rows know of their new height, too.
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => reveal())
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [])
  return box
}

interface Matches {
  readonly at: (index: number) => QueryMatch | undefined
  readonly want: (first: number, last: number) => void
}

function useMatches({ queryId, listed, first }: FoundMatches, onGone: () => void): Matches {
  const [cache] = useState(
    () =>
      new PageCache<readonly QueryMatch[]>({
        pages: Math.ceil(listed / PAGE),
        kept: PAGES_KEPT,
        read: async (page, signal) => {
          const read = await readMatches(queryId, page * PAGE, PAGE, signal)
          if (read.ok) return read.value
          if (read.error.kind === 'NotFound') onGone()
          return null
        },
      }),
  )
  useEffect(() => () => cache.close(), [cache])
  useSyncExternalStore(cache.subscribe, cache.version)
  return {
    at: (index) => first[index] ?? cache.page(Math.floor(index / PAGE))?.[index % PAGE],
    want: (from, to) => {
      if (to >= first.length) cache.want(Math.floor(from / PAGE), Math.floor(to / PAGE))
    },
  }
}

interface VisibleMatchesProps {
  readonly view: RowWindow
  readonly matches: Matches
  readonly chosen: number | null
  readonly onChoose: (index: number) => void
}

function VisibleMatches({ view: { first, last }, matches, chosen, onChoose }: VisibleMatchesProps) {
  useEffect(() => matches.want(first, last))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => {
    const index = first + offset
    const match = matches.at(index)
    return (
      <button
        key={index}
        type="button"
        // The arrows move the choice; a hundred rows are no hundred stops of the Tab key.
        tabIndex={-1}
        className={styles.row}
        aria-pressed={index === chosen}
        data-chosen={index === chosen}
        onClick={() => onChoose(index)}
      >
        <span className={styles.number}>{formatNumber(index + 1)}</span>
        <span className={styles.text} data-type={match?.type}>
          {match === undefined ? '…' : shortText(match)}
        </span>
        <span className={styles.path}>{match?.path}</span>
      </button>
    )
  })
}

/** On one line; nothing at all is said to be so. */
function shortText({ text, length }: QueryMatch): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line === '') return length === 0 ? t`(empty)` : t`(white space)`
  return length > text.length ? `${line}…` : line
}

function chosenAfter(event: KeyboardEvent, chosen: number | null, height: number, count: number): number | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null
  const page = Math.max(1, Math.floor(height / rowHeight()) - 1)
  const from = chosen ?? -1
  switch (event.key) {
    case 'ArrowDown':
      return from + 1
    case 'ArrowUp':
      return from - 1
    case 'PageDown':
      return from + page
    case 'PageUp':
      return from - page
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
