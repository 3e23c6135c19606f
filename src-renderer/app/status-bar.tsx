/**
 * The line at the bottom: whether the request in front is saved and where, the data folder, and the last connection. A page
 * that stands before the request says such things itself.
 */
import { memo } from 'react'
import type { Exchange } from '#contract/model/exchange.ts'
import { useAppStore } from '../stores/app-store.ts'
import { activeTab, isUnsaved, useDraftsStore, type DraftsState } from '../stores/drafts-store.ts'
import { exchangeOf, useExchangesStore } from '../stores/exchanges-store.ts'
import { usePageStore } from '../stores/page-store.ts'
import { PastNoticesButton } from './past-notices.tsx'
import styles from './status-bar.module.css'
import { usePlaceOfActive } from './use-place.ts'
import { t } from '../lib/t.ts'

export const StatusBar = memo(function StatusBar() {
  const state = useDraftsStore(savedState)
  const isChanged = useDraftsStore(isActiveUnsaved)
  const place = usePlaceOfActive()
  const dataDir = useAppStore((app) => app.info?.dataDir)
  const activeId = useDraftsStore((drafts) => drafts.activeId)
  const last = useExchangesStore((exchanges) => exchangeOf(activeId)(exchanges).last)
  const hasPage = usePageStore((pages) => pages.page !== null)
  return (
    <footer className={styles.bar}>
      {!hasPage && state !== null && <span data-unsaved={isChanged}>{state}</span>}
      {!hasPage && place && (
        <span className={styles.place} title={place.join(' / ')}>
          {place.join(' / ')}
        </span>
      )}
      {dataDir !== undefined && (
        <span className={styles.path} title={t`Drafts, history and settings are kept in ${dataDir}`}>
          {dataDir}
        </span>
      )}
      <span className={styles.space} />
      {!hasPage && last?.response && (
        <span className={styles.connection} title={connectionWords(last).join(' · ')}>
          {connectionWords(last).join(' · ')}
        </span>
      )}
      <PastNoticesButton />
    </footer>
  )
})

function isActiveUnsaved(state: DraftsState): boolean {
  const tab = activeTab(state)
  return tab !== null && isUnsaved(tab)
}

function savedState(state: DraftsState): string | null {
  const tab = activeTab(state)
  if (!tab) return null
  if (isUnsaved(tab)) return t`Unsaved`
  return tab.draft.nodeId === null ? t`New` : t`Saved`
}

function connectionWords({ response, timings, connection }: Exchange): readonly string[] {
  if (!response) return []
  const protocol = connection?.tls?.protocol
  return [
    timings.reusedConnection ? t`reused connection` : t`new connection`,
    `HTTP/${response.httpVersion.replace(/^HTTP\//, '')}`,
    ...(protocol ? [protocol] : []),
  ]
}
