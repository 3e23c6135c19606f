/** What an exchange brought: its failure if it failed, and its answer as far as there is one. */
import { useEffect, type ReactNode } from 'react'
import { isRefusalWarning } from '#contract/model/cookie-refusal.ts'
import type { WireError } from '#contract/errors.ts'
import type { Exchange, ReceivedResponse } from '#contract/model/exchange.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { useFindStore } from '../../stores/find-store.ts'
import { usePagesStore } from '../../stores/answer-pages-store.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import styles from './answer.module.css'
import { AnswerOf } from './answer-of.ts'
import { useArriving } from './arriving.ts'
import { FailureCard } from './failure-card.tsx'
import { HopSections } from './hop-sections.tsx'
import { MetaBar } from './meta-bar.tsx'
import { PageLinks } from './page-links.tsx'
import { PagesPanel } from './pages-panel.tsx'
import { ResumeLine } from './resume-line.tsx'
import { Sections } from './sections.tsx'
import { ShownExchange } from './shown-exchange.ts'
import { StatusMessages } from './status-messages.tsx'
import { useBodyChoice } from './use-body-choice.ts'
import { UsedIn } from './used-in.ts'
import { useViewState, viewOf } from './view-state.ts'
import { t } from '../../lib/t.ts'

export interface AnswerProps {
  readonly draftId: DraftId
  readonly exchange: Exchange
  /** Stands beside the figures. */
  readonly actions?: ReactNode
}

export function Answer({ draftId, exchange, actions }: AnswerProps) {
  const { id, startedAt, response, error, timings, history, attempts, warnings, checks } = exchange
  const view = useViewState(viewOf(draftId))
  const change = useViewState((state) => state.change)
  const choice = useBodyChoice(response, view.picked, id)
  const at = Date.parse(startedAt)
  const wantsFind = useFindStore((state) => state.wanted === draftId)
  useEffect(() => {
    if (!wantsFind) return
    if (response === null) useFindStore.getState().done()
    else change(draftId, { section: 'body' })
  }, [wantsFind, response, change, draftId])
  const isOpen = useDraftsStore((state) => state.tabs[draftId] !== undefined)
  const isArriving = useArriving() !== null
  const encoding = view.encoding?.exchangeId === id ? view.encoding.label : null
  const pages = usePagesStore((state) => (state.byTab[draftId]?.exchangeId === id ? state.byTab[draftId] : null))
  return (
    <AnswerOf value={draftId}>
      <ShownExchange value={exchange}>
        <UsedIn value={isOpen && !isArriving ? draftId : null}>
          {error && (wasStopped(error, response) ? <Stopped error={error} /> : <FailureCard draftId={draftId} error={error} at={at} />)}
          {error && <ResumeLine draftId={draftId} exchange={exchange} />}
          {response && <MetaBar response={response} timings={timings} choice={choice} encoding={encoding} actions={actions} />}
          {checks && !isArriving && <StatusMessages messages={checks.messages} />}
          <Warnings warnings={view.section === 'cookies' ? warnings.filter((warning) => !isRefusalWarning(warning)) : warnings} />
          {response && (
            <PageLinks draftId={draftId} exchange={exchange} response={response} onAll={() => change(draftId, { section: 'pages' })} />
          )}
          <Sections
            strip={t`Response`}
            part={exchange}
            course={{ history, attempts, error }}
            actions={response ? undefined : actions}
            section={view.section}
            onSection={(section) => change(draftId, { section })}
            body={{
              choice,
              encoding,
              streamKey: id,
              onPick: (picked) => change(draftId, { picked }),
              wantsFind,
              onFind: () => useFindStore.getState().done(),
              onEncoding: (label) => change(draftId, { encoding: label === null ? null : { exchangeId: id, label } }),
            }}
            at={at}
            modelKey={`${draftId}/response`}
            pages={
              pages && response
                ? {
                    count: (pages.result ?? pages).pages.length,
                    content: <PagesPanel pages={pages} first={response} modelKey={`${draftId}/pages`} />,
                  }
                : null
            }
            checked={
              isOpen || checks !== undefined
                ? {
                    checks,
                    console: {
                      isCleared: view.cleared === id,
                      onClear: () => change(draftId, { cleared: id }),
                      hiddenLevels: view.hiddenLevels,
                      onHiddenLevels: (hiddenLevels) => change(draftId, { hiddenLevels }),
                    },
                  }
                : null
            }
            renderHop={(hop, index) => <HopSections key={index} hop={hop} at={at} modelKey={`${draftId}/hop-${index}`} />}
          />
        </UsedIn>
      </ShownExchange>
    </AnswerOf>
  )
}

/** Whether the user ended it after some of the body had come: that is what they wanted, and what came is what counts. */
function wasStopped(error: WireError, response: ReceivedResponse | null): boolean {
  return error.kind === 'Cancelled' && response !== null && response.bodyBytes > 0
}

function Stopped({ error }: { readonly error: WireError }) {
  return (
    <div className={styles.stopped}>
      <ProblemNote live tone="warning" kind={error.kind} message={t`Stopped by you.`} hint={t`What had come until then is kept.`} />
    </div>
  )
}

/** What went well enough but should be known, each in a line. */
function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null
  return (
    <ul className={styles.warnings} aria-label={t`Warnings`}>
      {warnings.map((warning, index) => (
        <li key={index}>
          <ProblemNote tone="warning" message={warning} />
        </li>
      ))}
    </ul>
  )
}
