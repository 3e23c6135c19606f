/** One request of one iteration: what was checked, why it failed, what scripts printed, and what went over the wire. */
import FolderOpen from 'lucide-react/icons/folder-open'
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { NodeId } from '#contract/model/ids.ts'
import type { RunFailure, RunId, RunResult, RunRow } from '#contract/model/run.ts'
import { closePage } from '../../actions/pages.ts'
import { readRow } from '../../actions/runs.ts'
import { goToScript } from '../../actions/script-places.ts'
import { openRequest } from '../../actions/tabs.ts'
import { ScriptLine, type ScriptLineProps } from '../../forms/script-line.tsx'
import { formatDuration } from '../../lib/format-duration.ts'
import { useRunsStore } from '../../stores/runs-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { CheckList } from '../../ui/check-list.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import styles from './results.module.css'
import { rich, t } from '../../lib/t.ts'

interface ResultDetailProps {
  readonly runId: RunId
  readonly row: RunRow
  readonly onClose: () => void
}

export function ResultDetail({ runId, row, onClose }: ResultDetailProps) {
  const { result, fault } = useResult(runId, row.index)
  const nodeId = useRunsStore((state) => state.summary?.requests.find(({ item }) => item === row.item)?.nodeId ?? null)
  return (
    <section className={styles.detail} aria-label={t`Result`}>
      <header className={styles.detailHead}>
        <Verdict outcome={row.outcome} />
        <h2 className={styles.detailTitle}>
          {row.name}
          <span className={styles.facts}>
            {rich`iteration ${row.iteration} · ${row.status === null ? t`no answer` : `${row.status} ${row.reason}`} · ${formatDuration(row.durationMs)}${row.retries > 0 && t` · ${row.retries} retries`}`}
          </span>
        </h2>
        {nodeId !== null && (
          <Button
            icon={<FolderOpen />}
            onClick={() => {
              closePage()
              void openRequest(nodeId)
            }}
          >{t`Open request`}</Button>
        )}
        <IconButton label={t`Close the result`} icon={<X />} onClick={onClose} />
      </header>
      <div className={styles.detailBody} role="group" aria-label={t`Details`} tabIndex={0}>
        <p className={styles.url}>
          {row.method} {row.url}
        </p>
        {fault && <ProblemNote kind={fault.kind} message={fault.message} />}
        {result && <Known result={result} nodeId={nodeId} />}
      </div>
    </section>
  )
}

/** Opens the request, and the line of the script. */
function scriptOpener(nodeId: NodeId): NonNullable<ScriptLineProps['onGo']> {
  return (from, line, column) =>
    void openRequest(nodeId).then((draftId) => (draftId === null ? undefined : goToScript(draftId, from, line, column)))
}

interface KnownProps {
  readonly result: RunResult
  /** Of its request; null: it is of no collection that is open. */
  readonly nodeId: NodeId | null
}

function Known({ result: { checks, error, warnings, data, failure, problem }, nodeId }: KnownProps) {
  const values = Object.entries(data)
  return (
    <>
      {error && <ProblemNote kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />}
      {!error && problem !== null && <ProblemNote message={problem} />}
      {warnings.map((warning, index) => (
        <ProblemNote key={index} tone="warning" message={warning} />
      ))}
      {checks && <CheckList checks={checks} renderPlace={(place) => <ScriptLine {...place} onGo={nodeId && scriptOpener(nodeId)} />} />}
      {checks && checks.console.length > 0 && (
        <Part title={t`Console`}>
          <pre className={styles.text}>{checks.console.map(({ level, text }) => `${level}  ${text}`).join('\n')}</pre>
        </Part>
      )}
      {values.length > 0 && (
        <Part title={t`Row of data`}>
          <dl className={styles.values}>
            {values.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {failure && <Wire failure={failure} />}
    </>
  )
}

function Wire({ failure: { requestHead, responseHeaders, body, bodyBytes } }: { readonly failure: RunFailure }) {
  return (
    <>
      {requestHead !== '' && (
        <Part title={t`Request`}>
          <pre className={styles.text}>{requestHead}</pre>
        </Part>
      )}
      {responseHeaders.length > 0 && (
        <Part title={t`Headers of the answer`}>
          <pre className={styles.text}>{responseHeaders.map(([name, value]) => `${name}: ${value}`).join('\n')}</pre>
        </Part>
      )}
      {body !== null && bodyBytes > 0 && (
        <Part title={t`Body of the answer`}>
          <pre className={styles.text}>{body}</pre>
        </Part>
      )}
    </>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className={styles.partTitle}>{title}</h3>
      {children}
    </section>
  )
}

function useResult(runId: RunId, index: number): { readonly result: RunResult | null; readonly fault: WireError | null } {
  const [read, setRead] = useState<{ readonly result: RunResult | null; readonly fault: WireError | null }>({ result: null, fault: null })
  useEffect(() => {
    let isWanted = true
    void readRow(runId, index).then((answer) => {
      if (isWanted) setRead(answer.ok ? { result: answer.value, fault: null } : { result: null, fault: answer.error })
    })
    return () => {
      isWanted = false
    }
  }, [runId, index])
  return read
}
