/** What a `{{name}}` stands for: its value, a secret one hidden until asked for, and where it is from, which leads there. */
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { assertNever } from '#contract/result.ts'
import type { Origin } from '#contract/model/origin.ts'
import { MASK } from '../../lib/mask-header.ts'
import { isReachable } from '#contract/model/origin-words.ts'
import { isDefinable, type Looked } from '../../lib/variable-scope.ts'
import { defineWords, setWords } from '../../lib/define-words.ts'
import { Button } from '../button.tsx'
import type { VariableLookup } from './variable-lookup.ts'
import styles from './variables.module.css'
import { told } from '../../lib/told.ts'
import { originWords } from '../../lib/origin-words.ts'
import { t } from '../../lib/t.ts'

interface VariableBubbleProps {
  readonly name: string
  readonly looked: Looked
  readonly anchor: DOMRect
  readonly takesFocus: boolean
  readonly onHold: () => void
  readonly onLeave: (when: 'soon' | 'now') => void
  readonly onClose: () => void
  readonly lookup: Pick<VariableLookup, 'goTo' | 'definePlaces' | 'define'>
}

const GAP_PX = 6
const EDGE_PX = 8

export function VariableBubble({ name, looked, anchor, takesFocus, onHold, onLeave, onClose, lookup }: VariableBubbleProps) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    element.showPopover()
    const { width, height } = element.getBoundingClientRect()
    element.style.left = `${Math.max(EDGE_PX, Math.min(anchor.left, innerWidth - width - EDGE_PX))}px`
    const below = anchor.bottom + GAP_PX
    element.style.top = `${below + height > innerHeight - EDGE_PX ? Math.max(EDGE_PX, anchor.top - height - GAP_PX) : below}px`
    if (takesFocus) element.focus()
  }, [anchor, takesFocus])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }
  return (
    <div
      ref={box}
      popover="manual"
      role="group"
      aria-label={t`Variable ${name}`}
      tabIndex={-1}
      className={styles.bubble}
      onPointerEnter={onHold}
      onPointerLeave={() => !takesFocus && onLeave('soon')}
      onKeyDown={onKeyDown}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && onLeave('now')}
    >
      <code className={styles.name}>{name}</code>
      <Meaning looked={looked} />
      <From looked={looked} onGoTo={(origin) => lookup.goTo(origin, name)} onClose={onClose} />
      {looked.kind === 'missing' &&
        waysToMend(name, looked.at, lookup).map(({ words, go }) => (
          <Button
            key={words}
            className={styles.define ?? ''}
            onClick={() => {
              onClose()
              go()
            }}
          >
            {words}
          </Button>
        ))}
    </div>
  )
}

interface WayToMend {
  readonly words: string
  readonly go: () => void
}

/** @param at where it stands without a value; null: nowhere */
function waysToMend(name: string, at: Origin | null, lookup: VariableBubbleProps['lookup']): readonly WayToMend[] {
  if (!isDefinable(name)) return []
  if (at !== null) return [{ words: setWords(name, at), go: () => lookup.goTo(at, name) }]
  return lookup.definePlaces().map((place) => ({ words: defineWords(name, place), go: () => lookup.define(name, place) }))
}

function Meaning({ looked }: { readonly looked: Looked }) {
  switch (looked.kind) {
    case 'value':
      return (
        <>
          <Value value={looked.value} secret={looked.secret} />
          {looked.fault !== null && <p className={styles.fault}>{looked.fault}</p>}
          {looked.description !== '' && <p className={styles.note}>{looked.description}</p>}
        </>
      )
    case 'made':
      return (
        <>
          <code className={styles.value}>{looked.example}</code>
          <p className={styles.note}>{t`Another one at each place and for each send.`}</p>
        </>
      )
    case 'asked':
      return (
        <p className={styles.note}>
          {looked.description === '' ? t`Asked for at each send.` : t`Asked for at each send: ${looked.description}`}
        </p>
      )
    case 'missing':
      return (
        <>
          <p className={styles.fault}>{told(looked.message)}</p>
          {looked.hint !== null && <p className={styles.note}>{told(looked.hint)}</p>}
        </>
      )
    case 'unknown':
      return <p className={styles.note}>{t`Its value is known when the request is prepared.`}</p>
    default:
      return assertNever(looked)
  }
}

function Value({ value, secret }: { readonly value: string; readonly secret: boolean }) {
  const [isRevealed, setRevealed] = useState(false)
  if (!secret) return value === '' ? <p className={styles.note}>{t`Empty`}</p> : <code className={styles.value}>{value}</code>
  return (
    <div className={styles.secret}>
      <code className={styles.value}>{isRevealed ? value : MASK}</code>
      <Button variant="ghost" icon={isRevealed ? <EyeOff /> : <Eye />} onClick={() => setRevealed(!isRevealed)}>
        {isRevealed ? t`Hide` : t`Reveal`}
      </Button>
    </div>
  )
}

interface FromProps {
  readonly looked: Looked
  readonly onGoTo: (origin: Origin) => void
  readonly onClose: () => void
}

function From({ looked, onGoTo, onClose }: FromProps) {
  if (looked.kind !== 'value' && looked.kind !== 'asked') return null
  const { origin } = looked
  const words = t`From ${originWords(origin)}`
  if (!isReachable(origin)) return <p className={styles.from}>{words}</p>
  return (
    <button
      type="button"
      className={styles.from}
      onClick={() => {
        onClose()
        onGoTo(origin)
      }}
    >
      {words}
    </button>
  )
}
