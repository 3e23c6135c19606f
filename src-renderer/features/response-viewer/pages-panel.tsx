/** All pages of an answer: how far it is, what each page was, why it ended, and their bodies as one, looked at like any body. */
import { useState } from 'react'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { MergedPages, Page } from '#contract/model/pages.ts'
import { saveBody } from '../../actions/bodies.ts'
import { openEntry } from '../../actions/history.ts'
import { stopPages } from '../../actions/answer-pages.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import type { TabPages } from '../../stores/answer-pages-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import type { PickedView } from './body-choice.ts'
import { BodyPanel } from './body-panel.tsx'
import { Fold } from '../../ui/fold.tsx'
import styles from './pages.module.css'
import { UsedIn } from './used-in.ts'
import { useBodyChoice } from './use-body-choice.ts'
import { rich, t } from '../../lib/t.ts'
import { told } from '../../lib/told.ts'
import { formatNumber } from '../../lib/format-number.ts'

export interface PagesPanelProps {
  readonly pages: TabPages
  /** The first page. */
  readonly first: ReceivedResponse
  /** Names the editor's models. */
  readonly modelKey: string
}

export function PagesPanel({ pages, first, modelKey }: PagesPanelProps) {
  const { result, error } = pages
  if (error !== null) {
    return (
      <div className={styles.note}>
        <ProblemNote live kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />
      </div>
    )
  }
  if (result === null) return <UnderWay pages={pages} />
  return (
    <>
      <Summary pages={result.pages} merged={result.merged} end={told(result.end.message)} />
      {result.merged === null ? (
        <EmptyState
          title={t`Not put together`}
        >{t`These bodies are no texts of one encoding, so they stay apart: each page opens above.`}</EmptyState>
      ) : (
        <MergedBody merged={result.merged} first={first} modelKey={modelKey} />
      )}
    </>
  )
}

function UnderWay({ pages: { pagesId, limit, pages, isStopping } }: { readonly pages: TabPages }) {
  const text = t`${pages.length} of at most ${limit} pages`
  return (
    <div className={styles.underWay}>
      <ProgressBar label={t`Pages`} value={pages.length / limit} text={text} />
      <Button variant="ghost" disabled={isStopping} onClick={() => void stopPages(pagesId)}>{t`Stop`}</Button>
    </div>
  )
}

interface SummaryProps {
  readonly pages: readonly Page[]
  readonly merged: MergedPages | null
  readonly end: string
}

function Summary({ pages, merged, end }: SummaryProps) {
  const count = pages.length === 1 ? t`One page` : t`${pages.length} pages`
  return (
    <div className={styles.summary}>
      <p className={styles.words} role="status">
        {merged === null ? rich`${(<b>{count}</b>)}. ${end}` : rich`${(<b>{count}</b>)}, ${mergedInWords(merged)}. ${end}`}
      </p>
      {merged !== null && (
        <Button
          variant="ghost"
          onClick={() => void saveBody(merged.bodyId, merged.kind === 'texts' ? 'pages.txt' : 'pages.json')}
        >{t`Download`}</Button>
      )}
      <Fold label={t`What each page was`} className={styles.details}>
        <ol className={styles.list} aria-label={t`Pages`}>
          {pages.map((page, index) => (
            <PageRow key={index} page={page} />
          ))}
        </ol>
      </Fold>
    </div>
  )
}

function PageRow({ page: { url, status, bodyBytes, totalMs, exchangeId } }: { readonly page: Page }) {
  const facts = [String(status), formatBytes(bodyBytes), ...(totalMs === null ? [] : [formatDuration(totalMs)])].join(' · ')
  return (
    <li>
      {exchangeId === null ? (
        <span className={styles.url}>{url}</span>
      ) : (
        <button type="button" className={styles.url} title={t`Open its entry in the history`} onClick={() => void openEntry(exchangeId)}>
          {url}
        </button>
      )}
      <span className={styles.facts}>{facts}</span>
    </li>
  )
}

interface MergedBodyProps {
  readonly merged: MergedPages
  readonly first: ReceivedResponse
  readonly modelKey: string
}

/** How it is looked at is forgotten with it. */
function MergedBody({ merged, first, modelKey }: MergedBodyProps) {
  const [picked, setPicked] = useState<PickedView | null>(null)
  const [encoding, setEncoding] = useState<string | null>(null)
  const { bodyId, bodyBytes, contentType } = merged
  const response: ReceivedResponse = {
    ...first,
    headers: [['Content-Type', contentType]],
    bodyId,
    bodyBytes,
    wireBytes: bodyBytes,
    encoding: merged.encoding,
    arrivalsId: null,
  }
  const choice = useBodyChoice(response, picked)
  return (
    // Assertions and captures read one answer, not all pages as one.
    <UsedIn value={null}>
      <BodyPanel
        method="GET"
        response={response}
        choice={choice}
        encoding={encoding}
        streamKey={bodyId}
        onPick={setPicked}
        onEncoding={setEncoding}
        wantsFind={false}
        onFind={() => undefined}
        modelKey={modelKey}
      />
    </UsedIn>
  )
}

function mergedInWords({ kind, items, bodyBytes }: MergedPages): string {
  const size = formatBytes(bodyBytes)
  switch (kind) {
    case 'lists':
      return t`their lists as one of ${formatNumber(items ?? 0)} ${items === 1 ? t`item` : t`items`}, ${size}`
    case 'values':
      return t`a list of what each is, ${size}`
    case 'texts':
      return t`one after the other, ${size}`
  }
}
