/** The manual: its pages and what is found in them at the left, the page that is open at the right. */
import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import { useEffect, useMemo, useRef } from 'react'
import { openManual } from '../../actions/manual.ts'
import { closePage } from '../../actions/pages.ts'
import { useManualStore } from '../../stores/manual-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Markdown } from '../../ui/markdown/markdown.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { MANUAL_PAGES } from './manual-files.ts'
import { ManualContents } from './manual-contents.tsx'
import { linkedPlace, type ManualPage as Page } from './manual-pages.ts'
import { headingOf } from './manual-sections.ts'
import { wordsToFind } from './search-manual.ts'
import styles from './manual.module.css'
import { t } from '../../lib/t.ts'

export function ManualPage() {
  const { visited, at, travel } = useManualStore()
  const place = visited[at]
  const page = MANUAL_PAGES.find(({ id }) => id === place?.page) ?? MANUAL_PAGES[0]
  if (!page) return null
  return (
    <PageShell
      label={t`Manual`}
      title={t`Manual`}
      isDivided
      onClose={closePage}
      actions={
        <>
          <IconButton label={t`Back in the manual`} icon={<ArrowLeft />} disabled={at < 1} onClick={() => travel(-1)} />
          <IconButton
            label={t`Forward in the manual`}
            icon={<ArrowRight />}
            disabled={at >= visited.length - 1}
            onClick={() => travel(1)}
          />
        </>
      }
    >
      <div className={styles.manual}>
        <ManualContents pages={MANUAL_PAGES} shown={page} />
        <OpenPage key={page.id} page={page} heading={headingOf(page, place?.heading ?? null)} />
      </div>
    </PageShell>
  )
}

function OpenPage({ page, heading }: { readonly page: Page; readonly heading: string | null }) {
  const box = useRef<HTMLElement>(null)
  const typed = useManualStore((state) => state.typed)
  // A new object with each wish: a heading that was asked for twice is gone to twice.
  const place = useManualStore((state) => state.visited[state.at])
  const words = useMemo(() => (typed.trim().length < 2 ? [] : wordsToFind(typed)), [typed])
  const linkTo = (href: string): (() => void) | null => {
    const to = linkedPlace(MANUAL_PAGES, page.id, href)
    return to === null ? null : () => openManual(to.page, to.heading)
  }
  useEffect(() => goTo(box.current, heading), [heading, place])
  return (
    <article ref={box} className={styles.page} aria-label={page.title} lang={page.original === null ? 'en' : undefined} tabIndex={0}>
      <Markdown text={page.text} linkTo={linkTo} words={words} headingId={idOf} />
    </article>
  )
}

function idOf(heading: string): string {
  return `manual-${heading}`
}

/** Show a heading, or the beginning. The page is drawn a moment after it was asked for, where its drawing is still fetched. */
function goTo(box: HTMLElement | null, heading: string | null): (() => void) | undefined {
  if (box === null) return undefined
  const go = (): boolean => {
    const target = heading === null ? box.querySelector<HTMLElement>('[id^="manual-"]') : document.getElementById(idOf(heading))
    if (target === null) return box.querySelector('[id^="manual-"]') !== null
    if (heading === null) box.scrollTop = 0
    else target.scrollIntoView({ block: 'start' })
    // Who is searching goes on typing.
    if (document.activeElement?.getAttribute('role') !== 'searchbox') target.focus({ preventScroll: true })
    return true
  }
  if (go()) return undefined
  const watch = new MutationObserver(() => {
    if (go()) watch.disconnect()
  })
  watch.observe(box, { childList: true, subtree: true })
  return () => watch.disconnect()
}
