/** Two entries side by side: their requests, their answers, and their times. */
import Swap from 'lucide-react/icons/arrow-left-right'
import X from 'lucide-react/icons/x'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { HistoryRead } from '#contract/model/history.ts'
import { closeHistory, compareEntries, openEntry } from '../../actions/history.ts'
import { clockTime, dayLabel, outcomeOf } from '../../lib/history-rows.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { MethodWord } from '../../ui/method-word.tsx'
import { TabPanel, TabStrip } from '../../ui/tab-strip.tsx'
import { messageText, type ComparedPart } from './compared-text.ts'
import styles from './history.module.css'
import { TimesTable } from './times-table.tsx'

const DiffView = lazy(async () => ({ default: (await import('../../monaco/diff-view.tsx')).DiffView }))

const STRIP = 'Comparison'
const TABS = [
  { id: 'request', label: 'Request' },
  { id: 'response', label: 'Response' },
  { id: 'times', label: 'Timing' },
] as const

export interface ComparePaneProps {
  readonly left: HistoryRead
  readonly right: HistoryRead
}

export function ComparePane({ left, right }: ComparePaneProps) {
  const [tab, setTab] = useState<(typeof TABS)[number]['id']>('response')
  return (
    <section className={styles.compare} aria-label="Comparison of two sends">
      <header className={styles.pair}>
        <Side read={left} />
        <IconButton label="Swap sides" icon={<Swap />} onClick={() => void compareEntries(right.entry.id, left.entry.id)} />
        <Side read={right} />
        <IconButton label="Close the comparison" shortcut="Esc" icon={<X />} onClick={closeHistory} />
      </header>
      <TabStrip label={STRIP} tabs={TABS} active={tab} onChange={setTab} />
      <TabPanel strip={STRIP} id={tab}>
        {tab === 'times' ? <TimesTable left={left.exchange} right={right.exchange} /> : <Difference part={tab} left={left} right={right} />}
      </TabPanel>
    </section>
  )
}

function Side({ read: { entry } }: { readonly read: HistoryRead }) {
  return (
    <div className={styles.side}>
      <span className={styles.sideUrl}>
        <MethodWord method={entry.method} /> <span title={entry.url}>{entry.url}</span>
      </span>
      <Button variant="ghost" onClick={() => void openEntry(entry.id)}>
        {dayLabel(new Date(entry.startedAt), new Date())} at {clockTime(entry.startedAt)} · {outcomeOf(entry)}
      </Button>
    </div>
  )
}

function Difference({ part, left, right }: { readonly part: ComparedPart } & ComparePaneProps) {
  const [texts, setTexts] = useState<{ readonly key: string; readonly left: string; readonly right: string } | null>(null)
  const key = `${part} ${left.entry.id} ${right.entry.id}`
  useEffect(() => {
    const abort = new AbortController()
    void Promise.all([messageText(left, part, abort.signal), messageText(right, part, abort.signal)]).then(([a, b]) => {
      if (!abort.signal.aborted) setTexts({ key, left: a, right: b })
    })
    return () => abort.abort()
  }, [key, part, left, right])
  if (texts?.key !== key) return <div className={styles.fill} aria-busy="true" />
  return (
    <>
      {texts.left === texts.right && (
        <p className={styles.hint} role="status">
          Both are the same.
        </p>
      )}
      <Suspense fallback={<div className={styles.fill} aria-busy="true" />}>
        <DiffView left={texts.left} right={texts.right} label={part === 'request' ? 'Requests' : 'Responses'} />
      </Suspense>
    </>
  )
}
