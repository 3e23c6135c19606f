/**
 * The filter of a body: the bar above it, and where something is typed there the matches in place of the body. Where the
 * filter is closed or empty the body stands as it is.
 */
import Filter from 'lucide-react/icons/funnel'
import { use, useEffect, useId, useRef, type ReactNode } from 'react'
import type { QueryKind } from '#contract/model/body-query.ts'
import type { BodyId } from '#contract/model/ids.ts'
import type { BodyQuery } from '../../../actions/body-query.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem-note.tsx'
import type { BodyKind } from '../body-kind.ts'
import { useLasting } from '../use-body-view.ts'
import { UsedIn } from '../used-in.ts'
import styles from './body-filter.module.css'
import { FilterBar } from './filter-bar.tsx'
import { FilterOptions } from './filter-options.tsx'
import { filterOf, useFilterState } from './filter-state.ts'
import { kindOf } from './filter-kinds.ts'
import { MatchList } from './match-list.tsx'
import { problemWords } from './problem-words.ts'
import { useBodyQuery, type BodyQueryState } from './use-body-query.ts'
import { t } from '../../../lib/t.ts'

/** Opens and closes the filter of a body. */
export function FilterToggle({ filterKey }: { readonly filterKey: string }) {
  const { isOpen } = useFilterState(filterOf(filterKey))
  const change = useFilterState((state) => state.change)
  return (
    <IconButton
      label={t`Filter by JSONPath, XPath or CSS`}
      icon={<Filter />}
      pressed={isOpen}
      data-filter-toggle
      onClick={() => change(filterKey, { isOpen: !isOpen })}
    />
  )
}

export interface BodyFilterProps {
  /** Names the tab, or its hop, whose body it is. */
  readonly filterKey: string
  readonly bodyId: BodyId
  readonly contentType: string
  readonly bodyKind: BodyKind
  /** Null finds it out. */
  readonly encoding: string | null
  /** Find is asked for, which works in the body itself. */
  readonly wantsFind: boolean
  /** The body is still on its way: what was asked of the one before is asked of it once it is here. */
  readonly isOff: boolean
  /** The body as it is. */
  readonly children: ReactNode
}

export function BodyFilter({ filterKey, bodyId, contentType, bodyKind, encoding, wantsFind, isOff, children }: BodyFilterProps) {
  const state = useFilterState(filterOf(filterKey))
  const change = useFilterState((store) => store.change)
  const draftId = use(UsedIn)
  // What a hop or several pages hold is not what a test of the answer looks at.
  const isLastAnswer = draftId !== null && filterKey === `${draftId}/response`
  const list = useRef<{ readonly focus: () => void }>(null)
  const noteId = useId()
  const { expression, filter, showsOptions } = state
  const isOpen = state.isOpen && !isOff
  useEffect(() => {
    if (wantsFind && isOpen) change(filterKey, { isOpen: false })
  }, [wantsFind, isOpen, change, filterKey])
  const kind: QueryKind = state.kind ?? kindOf(expression, bodyKind)
  const isIdle = !isOpen || expression.trim() === ''
  const query: BodyQuery | null = isIdle ? null : { id: bodyId, contentType, encoding, kind, expression, filter }
  const answer = useBodyQuery(query)
  const isLong = useLasting(answer.isRunning, 200)
  return (
    <div className={styles.filtered}>
      {isOpen && (
        <FilterBar
          noteId={noteId}
          kind={kind}
          state={state}
          answer={answer}
          onChange={(changes) => change(filterKey, changes)}
          onEnter={() => list.current?.focus()}
        />
      )}
      {isOpen && showsOptions && (
        <FilterOptions filter={filter} onChange={(changes) => change(filterKey, { filter: { ...filter, ...changes } })} />
      )}
      {isOpen && <FilterNotes id={noteId} answer={answer} />}
      {/* The body stays as it was left, for when the filter is emptied. */}
      <div className={styles.body} hidden={!isIdle}>
        {children}
      </div>
      {!isIdle && (
        <div className={styles.matches} data-stale={isLong || answer.problem !== null}>
          {answer.found && (
            <MatchList
              key={answer.found.queryId}
              ref={list}
              found={answer.found}
              kind={kind}
              expression={expression}
              draftId={isLastAnswer ? draftId : null}
              onGone={answer.again}
            />
          )}
        </div>
      )}
    </div>
  )
}

function FilterNotes({ id, answer }: { readonly id: string; readonly answer: BodyQueryState }) {
  const { problem, error, found, isStopped, again } = answer
  if (isStopped) {
    return (
      <div className={styles.note}>
        <ProblemNote id={id} tone="warning" message={t`Stopped by you.`} action={<Button onClick={again}>{t`Look again`}</Button>} />
      </div>
    )
  }
  if (error !== null) {
    return (
      <div className={styles.note}>
        <ProblemNote id={id} kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />
      </div>
    )
  }
  if (problem !== null) {
    return (
      <div className={styles.note}>
        <ProblemNote id={id} message={problemWords(problem)} />
      </div>
    )
  }
  if (!found || found.note === null) return null
  return (
    <div className={styles.note}>
      <ProblemNote id={id} tone="warning" message={found.note} />
    </div>
  )
}
