/** The left of the manual: the field to search by, and the pages; while something is searched for, what is found in their place. */
import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { openManual } from '../../actions/manual.ts'
import { useManualStore } from '../../stores/manual-store.ts'
import { Fold } from '../../ui/fold.tsx'
import { FoundWords } from '../../ui/found-words.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { isDecision, type ManualPage } from './manual-pages.ts'
import { sectionsOf } from './manual-sections.ts'
import { manualSearch, wordsToFind, type FoundSection } from './search-manual.ts'
import styles from './manual.module.css'
import { t } from '../../lib/t.ts'

interface ManualContentsProps {
  readonly pages: readonly ManualPage[]
  readonly shown: ManualPage
}

export function ManualContents({ pages, shown }: ManualContentsProps) {
  const box = useRef<HTMLDivElement>(null)
  const typed = useManualStore((state) => state.typed)
  const type = useManualStore((state) => state.type)
  const asked = useDeferredValue(typed)
  const search = useMemo(() => manualSearch(pages.flatMap(sectionsOf)), [pages])
  const found = useMemo(() => search(asked), [search, asked])
  const isSearching = asked.trim() !== ''
  useEffect(() => {
    // Who asked for a heading is taken to that.
    const { visited, at } = useManualStore.getState()
    if ((visited[at]?.heading ?? null) === null) box.current?.querySelector<HTMLElement>('[role="searchbox"]')?.focus()
  }, [])
  return (
    <div ref={box} className={styles.contents} onKeyDown={(event) => moveAmongButtons(event, box.current)}>
      <div className={styles.search}>
        <SearchField label={t`Search the manual`} placeholder={t`Search`} clearLabel={t`Clear the search`} value={typed} onChange={type} />
      </div>
      <p className={styles.count} role="status">
        {isSearching ? foundWords(found.length) : ''}
      </p>
      {isSearching ? <FoundList found={found} typed={asked} /> : <PageList pages={pages} shown={shown} />}
    </div>
  )
}

function foundWords(count: number): string {
  if (count === 0) return t`Nothing in the manual says that.`
  return count === 1 ? t`1 place` : t`${count} places`
}

function FoundList({ found, typed }: { readonly found: readonly FoundSection[]; readonly typed: string }) {
  const words = wordsToFind(typed)
  return (
    <ul className={styles.list} aria-label={t`Found in the manual`}>
      {found.map(({ section, snippet }) => (
        <li key={`${section.page.id}#${section.name ?? ''}`}>
          <button type="button" className={styles.found} onClick={() => openManual(section.page.id, section.name)}>
            <span className={styles.heading}>
              <FoundWords text={section.heading} words={words} />
            </span>
            {section.name !== null && <span className={styles.of}>{section.page.title}</span>}
            <span className={styles.snippet}>
              <FoundWords text={snippet} words={words} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function PageList({ pages, shown }: ManualContentsProps) {
  const decisions = pages.filter(isDecision)
  // Open from the start where one of them is shown.
  const [open, setOpen] = useState(isDecision(shown))
  return (
    <nav className={styles.list} aria-label={t`Pages of the manual`}>
      <ul>
        {pages
          .filter((page) => !isDecision(page))
          .map((page) => (
            <PageRow key={page.id} page={page} isShown={page === shown} />
          ))}
      </ul>
      {decisions.length > 0 && (
        <Fold label={t`Why it is as it is`} className={styles.why} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <ul>
            {decisions.map((page) => (
              <PageRow key={page.id} page={page} isShown={page === shown} />
            ))}
          </ul>
        </Fold>
      )}
    </nav>
  )
}

function PageRow({ page, isShown }: { readonly page: ManualPage; readonly isShown: boolean }) {
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isShown) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isShown])
  const parts = isShown ? sectionsOf(page).filter(({ depth }) => depth === 2) : []
  return (
    <li ref={row}>
      <button type="button" className={styles.row} aria-current={isShown ? 'page' : undefined} onClick={() => openManual(page.id)}>
        {page.title}
      </button>
      {parts.length > 0 && (
        <ul className={styles.parts}>
          {parts.map(({ name, heading }) => (
            <li key={name}>
              <button type="button" className={styles.row} onClick={() => openManual(page.id, name)}>
                {heading}
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** Up and Down go through the field and what is listed, as in any list. */
function moveAmongButtons(event: KeyboardEvent, box: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || box === null || event.ctrlKey || event.metaKey || event.altKey) return
  const stops = [...box.querySelectorAll<HTMLElement>('[role="searchbox"], ul button, summary')].filter((one) => one.checkVisibility())
  const at = stops.findIndex((one) => one === document.activeElement)
  const next = stops[at + step]
  if (at < 0 || next === undefined) return
  event.preventDefault()
  next.focus()
}
