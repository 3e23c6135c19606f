/** Two answers side by side: what differs in them, their texts, their requests, and their times. */
import Swap from 'lucide-react/icons/arrow-left-right'
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import { showComparison } from '../../actions/compare.ts'
import { closeHistory, openEntry } from '../../actions/history.ts'
import type { ComparedSide } from '../../lib/compared-side.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { MethodWord } from '../../ui/method-word.tsx'
import { TabPanel, TabStrip } from '../../ui/tab-strip.tsx'
import { ChangesPanel } from './changes-panel.tsx'
import { messageText, type ComparedPart } from './compared-text.ts'
import styles from './compare.module.css'
import { TimesTable } from './times-table.tsx'
import { Awaiting } from '../../lib/lazy-part.ts'
import { DiffView } from '../../monaco/parts.ts'
import { t } from '../../lib/t.ts'

const STRIP = t`Comparison`
const TABS = [
  { id: 'changes', label: t`Changes` },
  { id: 'response', label: t`Response` },
  { id: 'request', label: t`Request` },
  { id: 'times', label: t`Timing` },
] as const

export interface ComparePaneProps {
  readonly left: ComparedSide
  readonly right: ComparedSide
}

export function ComparePane({ left, right }: ComparePaneProps) {
  const [tab, setTab] = useState<(typeof TABS)[number]['id']>('changes')
  return (
    <section className={styles.compare} aria-label={t`Comparison of two sends`}>
      <header className={styles.pair}>
        <Side side={left} />
        <IconButton label={t`Swap sides`} icon={<Swap />} onClick={() => showComparison(right, left)} />
        <Side side={right} />
        <IconButton label={t`Close the comparison`} shortcut={t`Esc`} icon={<X />} onClick={closeHistory} />
      </header>
      <TabStrip label={STRIP} tabs={TABS} active={tab} onChange={setTab} />
      <TabPanel strip={STRIP} id={tab}>
        {tab === 'changes' ? (
          <ChangesPanel left={left} right={right} />
        ) : tab === 'times' ? (
          <TimesTable left={left.exchange} right={right.exchange} />
        ) : (
          <Difference part={tab} left={left} right={right} />
        )}
      </TabPanel>
    </section>
  )
}

function Side({ side: { method, url, caption, entryId } }: { readonly side: ComparedSide }) {
  return (
    <div className={styles.side}>
      <span className={styles.sideUrl}>
        <MethodWord method={method} /> <span title={url}>{url}</span>
      </span>
      {entryId === null ? (
        <span className={styles.caption}>{caption}</span>
      ) : (
        <Button variant="ghost" onClick={() => void openEntry(entryId)}>
          {caption}
        </Button>
      )}
    </div>
  )
}

function Difference({ part, left, right }: { readonly part: ComparedPart } & ComparePaneProps) {
  const [texts, setTexts] = useState<{ readonly key: string; readonly left: string; readonly right: string } | null>(null)
  const key = `${part} ${left.exchange.id} ${right.exchange.id}`
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
      {texts.left === texts.right && <p className={styles.hint} role="status">{t`Both are the same.`}</p>}
      <Awaiting fallback={<div className={styles.fill} aria-busy="true" />}>
        <DiffView left={texts.left} right={texts.right} label={part === 'request' ? t`Requests` : t`Responses`} />
      </Awaiting>
    </>
  )
}
