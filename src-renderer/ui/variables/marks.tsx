/**
 * Marks over the references of a field: a copy of its text that cannot be seen, in the same letters and at the same
 * scroll, of which only the grounds of the references show. The pointer, or a key at the cursor, asks what one stands for.
 */
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import { referencesIn, type Reference } from '../../lib/references.ts'
import { markOf } from '../../lib/variable-scope.ts'
import { VariableBubble } from './variable-bubble.tsx'
import type { TextField } from './text-field.ts'
import type { VariableLookup } from './variable-lookup.ts'
import styles from './variables.module.css'

interface MarksProps {
  readonly field: RefObject<TextField | null>
  readonly value: string
  readonly masked: boolean
  readonly lookup: VariableLookup
}

interface Shown {
  readonly name: string
  readonly anchor: DOMRect
  /** Asked for by the keyboard: it takes the focus. */
  readonly byKey: boolean
}

const SHOW_AFTER_MS = 250
const HIDE_AFTER_MS = 160

export function Marks({ field, value, masked, lookup }: MarksProps) {
  const scope = useSyncExternalStore(lookup.subscribe, lookup.scope)
  const box = useRef<HTMLDivElement>(null)
  const text = useRef<HTMLSpanElement>(null)
  const references = useMemo(() => referencesIn(value), [value])
  useSameLetters(field, box, masked)
  useSameScroll(field, text, value)
  const { shown, hold, hide } = useAsking(field, text, references)
  return (
    <>
      <div ref={box} className={styles.marks} aria-hidden="true">
        <span ref={text} className={styles.text}>
          {piecesOf(value, references).map(({ start, piece, name }) =>
            name === null ? (
              piece
            ) : (
              <span key={start} className={styles.mark} data-reference={start} data-kind={markOf(scope.lookUp(name))}>
                {piece}
              </span>
            ),
          )}
        </span>
      </div>
      {shown && (
        <VariableBubble
          key={`${shown.name} ${shown.byKey}`}
          name={shown.name}
          looked={scope.lookUp(shown.name)}
          anchor={shown.anchor}
          takesFocus={shown.byKey}
          onHold={hold}
          onLeave={hide}
          onClose={() => {
            hide('now')
            if (shown.byKey) field.current?.focus()
          }}
          lookup={lookup}
        />
      )}
    </>
  )
}

interface Piece {
  readonly start: number
  readonly piece: string
  /** Null between references. */
  readonly name: string | null
}

function piecesOf(value: string, references: readonly Reference[]): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { name, start, end } of references) {
    if (start > at) pieces.push({ start: at, piece: value.slice(at, start), name: null })
    pieces.push({ start, piece: value.slice(start, end), name })
    at = end
  }
  if (at < value.length) pieces.push({ start: at, piece: value.slice(at), name: null })
  return pieces
}

/** The copy is set as the field is. */
function useSameLetters(field: RefObject<TextField | null>, box: RefObject<HTMLDivElement | null>, masked: boolean): void {
  useLayoutEffect(() => {
    const copy = (): void => {
      if (field.current && box.current) copyLook(field.current, box.current, masked)
    }
    copy()
    // The sizes of fonts are properties of the page's root.
    const observer = new MutationObserver(copy)
    observer.observe(document.documentElement, { attributeFilter: ['style'] })
    return () => observer.disconnect()
  }, [field, box, masked])
}

/** Each by itself: the shorthand of the font is empty where ligatures are off. */
const COPIED = [
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'font-variant-ligatures',
  'line-height',
  'letter-spacing',
  'padding',
  'border-width',
] as const

function copyLook(from: TextField, to: HTMLElement, masked: boolean): void {
  const look = getComputedStyle(from)
  for (const property of COPIED) {
    to.style.setProperty(property, look.getPropertyValue(property))
  }
  to.dataset['wraps'] = String(from instanceof HTMLTextAreaElement && from.wrap === 'soft')
  to.dataset['lines'] = String(from instanceof HTMLTextAreaElement)
  to.dataset['masked'] = String(masked)
}

function copyScroll(from: TextField, to: HTMLElement | null): void {
  to?.style.setProperty('translate', `${-from.scrollLeft}px ${-from.scrollTop}px`)
}

function useSameScroll(field: RefObject<TextField | null>, text: RefObject<HTMLSpanElement | null>, value: string): void {
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    const follow = (): void => copyScroll(element, text.current)
    follow()
    element.addEventListener('scroll', follow)
    return () => element.removeEventListener('scroll', follow)
  }, [field, text, value])
}

interface Asking {
  readonly shown: Shown | null
  /** The pointer is in the bubble: it stays. */
  readonly hold: () => void
  readonly hide: (when: 'soon' | 'now') => void
}

/** Which reference is asked for: the one under the pointer, or by Ctrl+I the one at the cursor. */
function useAsking(field: RefObject<TextField | null>, text: RefObject<HTMLSpanElement | null>, references: readonly Reference[]): Asking {
  const [shown, setShown] = useState<Shown | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const later = (work: () => void, afterMs: number): void => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = setTimeout(work, afterMs)
  }
  const hold = (): void => {
    if (timer.current !== null) clearTimeout(timer.current)
  }
  const hide = (when: 'soon' | 'now'): void => later(() => setShown(null), when === 'now' ? 0 : HIDE_AFTER_MS)

  const onPointerMove = useEffectEvent((event: PointerEvent) => {
    if (event.pointerType === 'touch' || event.buttons !== 0) return
    const under = markAt(text.current, event)
    const name = under === null ? undefined : nameOfMark(under, references)
    if (under === null || name === undefined) {
      if (shown?.byKey !== true) hide('soon')
    } else if (shown?.name === name) hold()
    else later(() => setShown({ name, anchor: under.getBoundingClientRect(), byKey: false }), SHOW_AFTER_MS)
  })
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape' && shown !== null) {
      event.preventDefault()
      event.stopPropagation()
      return hide('now')
    }
    if (shown !== null) hide('now')
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'i') return
    const cursor = field.current?.selectionStart ?? 0
    const at = references.find(({ start, end }) => start <= cursor && cursor <= end)
    const mark = at && text.current?.querySelector(`[data-reference="${at.start}"]`)
    if (!at || !mark) return
    event.preventDefault()
    hold()
    setShown({ name: at.name, anchor: mark.getBoundingClientRect(), byKey: true })
  })
  const leave = useEffectEvent(() => shown?.byKey !== true && hide('soon'))
  useEffect(() => {
    const element = field.current
    if (!element) return
    const move = (event: Event): void => onPointerMove(event as PointerEvent)
    const key = (event: Event): void => onKeyDown(event as KeyboardEvent)
    const out = (): void => void leave()
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerleave', out)
    element.addEventListener('pointerdown', out)
    element.addEventListener('keydown', key)
    return () => {
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerleave', out)
      element.removeEventListener('pointerdown', out)
      element.removeEventListener('keydown', key)
    }
  }, [field])
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  return { shown, hold, hide }
}

/** The mark under the pointer. Marks let the pointer through to the field, so their places are asked. */
function markAt(text: HTMLElement | null, { clientX, clientY }: PointerEvent): HTMLElement | null {
  for (const mark of text?.querySelectorAll<HTMLElement>('[data-reference]') ?? []) {
    for (const { left, right, top, bottom } of mark.getClientRects()) {
      if (left <= clientX && clientX <= right && top - 3 <= clientY && clientY <= bottom + 3) return mark
    }
  }
  return null
}

function nameOfMark(mark: HTMLElement, references: readonly Reference[]): string | undefined {
  return references.find(({ start }) => String(start) === mark.dataset['reference'])?.name
}
