/** What of the history is looked at, in front of the open requests: an entry with its answer, or two side by side. */
import { lazy, Suspense, useEffect } from 'react'
import { closeHistory } from '../actions/history.ts'
import { ComparePane, EntryHead } from '../features/history/index.ts'
import { HISTORY_TAB } from '../lib/history-tab.ts'
import type { ShownHistory } from '../stores/history-store.ts'
import styles from './main-area.module.css'

const ResponseViewer = lazy(async () => ({ default: (await import('../features/response-viewer/index.ts')).ResponseViewer }))

export function HistoryArea({ shown }: { readonly shown: ShownHistory }) {
  useEscape()
  if (shown.kind === 'compare') return <ComparePane left={shown.left} right={shown.right} />
  return (
    <section className={styles.panel} aria-label="History entry">
      <EntryHead entry={shown.read.entry} />
      <Suspense fallback={<section className={styles.panel} aria-label="Response" aria-busy="true" />}>
        <ResponseViewer draftId={HISTORY_TAB} />
      </Suspense>
    </section>
  )
}

/** Esc goes back to the requests, unless something in front of it takes the key. */
function useEscape(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      if (event.target instanceof Element && event.target.closest('[role="dialog"], [role="menu"], .monaco-editor, input')) return
      closeHistory()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
