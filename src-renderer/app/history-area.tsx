/** What was sent before and is looked at: an entry of the history with its answer, or two answers compared. */
import { ComparePane } from '../features/compare/index.ts'
import { EntryHead } from '../features/history/index.ts'
import { HISTORY_TAB } from '../lib/history-tab.ts'
import type { Page } from '../stores/page-store.ts'
import styles from './main-area.module.css'
import { Awaiting, nearPart } from '../lib/lazy-part.ts'
import { t } from '../lib/t.ts'

const ResponseViewer = nearPart(async () => ({ default: (await import('../features/response-viewer/index.ts')).ResponseViewer }))

type HistoryPage = Extract<Page, { readonly kind: 'historyEntry' | 'comparison' }>

export function HistoryArea({ page }: { readonly page: HistoryPage }) {
  if (page.kind === 'comparison') return <ComparePane left={page.left} right={page.right} />
  return (
    <section className={styles.panel} aria-label={t`History entry`}>
      <EntryHead entry={page.read.entry} />
      <Awaiting fallback={<section className={styles.panel} aria-label={t`Response`} aria-busy="true" />}>
        <ResponseViewer draftId={HISTORY_TAB} />
      </Awaiting>
    </section>
  )
}
