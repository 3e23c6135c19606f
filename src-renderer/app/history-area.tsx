/** What of the history is looked at: an entry with its answer, or two side by side. */
import { lazy, Suspense } from 'react'
import { ComparePane, EntryHead } from '../features/history/index.ts'
import { HISTORY_TAB } from '../lib/history-tab.ts'
import type { Page } from '../stores/page-store.ts'
import styles from './main-area.module.css'

const ResponseViewer = lazy(async () => ({ default: (await import('../features/response-viewer/index.ts')).ResponseViewer }))

type HistoryPage = Extract<Page, { readonly kind: `history${string}` }>

export function HistoryArea({ page }: { readonly page: HistoryPage }) {
  if (page.kind === 'historyComparison') return <ComparePane left={page.left} right={page.right} />
  return (
    <section className={styles.panel} aria-label="History entry">
      <EntryHead entry={page.read.entry} />
      <Suspense fallback={<section className={styles.panel} aria-label="Response" aria-busy="true" />}>
        <ResponseViewer draftId={HISTORY_TAB} />
      </Suspense>
    </section>
  )
}
