/** The requests of a plan, each to be left out or taken in, and put in order by dragging or by Alt and the arrow keys. */
import GripVertical from 'lucide-react/icons/grip-vertical'
import { useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { changePlan } from '../../actions/runs.ts'
import { movedTo, planFaults, type PlannedRequest, type RunPlan } from '../../lib/run-plan.ts'
import { MethodWord } from '../../ui/method-word.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import styles from './plan.module.css'
import { rich, t } from '../../lib/t.ts'
import { told } from '../../lib/told.ts'

/** What is dragged here is no file, and of no use elsewhere. */
const DRAG_TYPE = 'application/x-posthaste-run-row'

export function PlanRequests({ plan }: { readonly plan: RunPlan }) {
  const { requests, broken } = plan
  const list = useRef<HTMLOListElement>(null)
  const [said, say] = useState('')
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const chosen = requests.filter(({ isChosen }) => isChosen).length
  const fault = planFaults(plan).requests

  const move = (from: number, to: number): void => {
    const request = requests[from]
    if (!request || to < 0 || to >= requests.length) return
    changePlan((before) => ({ ...before, requests: movedTo(before.requests, from, to) }))
    say(t`${request.name} is now number ${to + 1} of ${requests.length}`)
  }
  const choose = (isPicked: (index: number) => boolean, isChosen: boolean): void =>
    changePlan((before) => ({
      ...before,
      requests: before.requests.map((request, index) => (isPicked(index) ? { ...request, isChosen } : request)),
    }))
  const onKeyDown = (event: KeyboardEvent<HTMLOListElement>): void => {
    const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-index]') : null
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (row === null || step === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const at = Number(row.dataset['index'])
    if (event.altKey) move(at, at + step)
    // Rows are keyed by their request, so that a row that was moved keeps the focus.
    else list.current?.querySelector<HTMLInputElement>(`[data-index="${at + step}"] input`)?.focus()
  }
  const drop = (event: DragEvent, to: number): void => {
    event.preventDefault()
    if (dragged !== null) move(dragged, to)
    setDragged(null)
    setOver(null)
  }

  return (
    <section className={styles.requests} aria-label={t`Requests to run`}>
      <label className={styles.all}>
        <input
          type="checkbox"
          checked={chosen === requests.length && requests.length > 0}
          ref={(box) => {
            if (box) box.indeterminate = chosen > 0 && chosen < requests.length
          }}
          onChange={(event) => choose(() => true, event.target.checked)}
        />
        {rich`${chosen} of ${requests.length} requests`}
      </label>
      {fault !== undefined && <ProblemNote message={requests.length === 0 ? t`There are no requests in it.` : fault} />}
      {broken.map(({ name, error }) => (
        <ProblemNote key={name} tone="warning" message={t`${name} cannot be read, and is left out: ${told(error)}`} />
      ))}
      <ol ref={list} className={styles.list} aria-label={t`Requests`} onKeyDown={onKeyDown}>
        {requests.map((request, index) => (
          <RequestRow
            key={request.nodeId}
            request={request}
            index={index}
            drop={dragged !== null && over === index && over !== dragged ? (dragged < index ? 'after' : 'before') : undefined}
            onChoose={(isChosen) => choose((at) => at === index, isChosen)}
            onDragStart={() => setDragged(index)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => {
              if (dragged === null) return
              event.preventDefault()
              setOver(index)
            }}
            onDrop={(event) => drop(event, index)}
          />
        ))}
      </ol>
      <span className={styles.said} role="status" aria-label={t`Order`}>
        {said}
      </span>
    </section>
  )
}

interface RequestRowProps {
  readonly request: PlannedRequest
  readonly index: number
  readonly drop: 'before' | 'after' | undefined
  readonly onChoose: (isChosen: boolean) => void
  readonly onDragStart: () => void
  readonly onDragEnd: () => void
  readonly onDragOver: (event: DragEvent) => void
  readonly onDrop: (event: DragEvent) => void
}

function RequestRow({ request, index, drop, onChoose, onDragStart, onDragEnd, onDragOver, onDrop }: RequestRowProps) {
  const { name, method, url, folders, isChosen } = request
  return (
    <li
      className={styles.row}
      data-index={index}
      data-off={!isChosen}
      data-drop={drop}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAG_TYPE, String(index))
        event.dataTransfer.effectAllowed = 'move'
        onDragStart()
      }}
      onDragEnd={onDragEnd}
      onDragOver={onDragOver}
      onDrop={onDrop}
    >
      <span className={styles.grip} aria-hidden="true">
        <GripVertical />
      </span>
      <label className={styles.label}>
        <input
          type="checkbox"
          checked={isChosen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onChange={(event) => onChoose(event.target.checked)}
        />
        <MethodWord method={method} />
        <span className={styles.name}>{name}</span>
        <span className={styles.where} title={url}>
          {folders}
        </span>
      </label>
    </li>
  )
}
