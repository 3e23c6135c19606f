/**
 * Names of variables while `{{` is typed, or when Ctrl+Space asks: arrows choose, Enter and Tab take, Esc closes. It
 * listens at the field itself and only while that has the focus, so that a table of many fields costs nothing; a key that
 * it takes goes no further.
 */
import { useEffect, useEffectEvent, useId, useMemo, useState, useSyncExternalStore, type RefObject } from 'react'
import { openReferenceAt, type OpenReference } from '../../lib/references.ts'
import { completionsFor, type Completion } from '../../lib/variable-scope.ts'
import { PopupList } from '../popup-list.tsx'
import type { TextField } from './text-field.ts'
import type { VariableLookup } from './variable-lookup.ts'
import styles from './variables.module.css'
import { t } from '../../lib/t.ts'

interface NameCompletionProps {
  readonly field: RefObject<TextField | null>
  readonly lookup: VariableLookup
}

const MAX_SHOWN = 60

export function NameCompletion({ field, lookup }: NameCompletionProps) {
  const [open, setOpen] = useState<OpenReference | null>(null)
  useEffect(() => {
    const element = field.current
    if (!element) return
    const look = (event: Event): void => {
      if (event instanceof InputEvent && event.isComposing) return
      setOpen(openReferenceAt(element.value, element.selectionStart ?? 0))
    }
    const onKeyDown = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || !asks(event)) return
      event.preventDefault()
      event.stopPropagation()
      const cursor = element.selectionStart ?? 0
      setOpen(openReferenceAt(element.value, cursor) ?? { typed: '', start: cursor, end: element.selectionEnd ?? cursor })
    }
    const close = (): void => setOpen(null)
    element.addEventListener('input', look)
    element.addEventListener('keydown', onKeyDown)
    element.addEventListener('blur', close)
    element.addEventListener('pointerdown', close)
    return () => {
      element.removeEventListener('input', look)
      element.removeEventListener('keydown', onKeyDown)
      element.removeEventListener('blur', close)
      element.removeEventListener('pointerdown', close)
    }
  }, [field])
  if (open === null) return null
  return <Names key={open.start} field={field} lookup={lookup} open={open} onClose={() => setOpen(null)} />
}

/** Ctrl+Space, on macOS too, where Cmd+Space is the system's. */
function asks(event: KeyboardEvent): boolean {
  return event.key === ' ' && event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
}

interface NamesProps extends NameCompletionProps {
  readonly open: OpenReference
  readonly onClose: () => void
}

function Names({ field, lookup, open, onClose }: NamesProps) {
  const listId = useId()
  const scope = useSyncExternalStore(lookup.subscribe, lookup.scope)
  const [active, setActive] = useState(0)
  const options = useMemo(() => completionsFor(open.typed, scope.completions).slice(0, MAX_SHOWN), [open.typed, scope])
  const chosen = Math.min(active, options.length - 1)

  const pick = (option: Completion): void => {
    const element = field.current
    onClose()
    if (element) insert(element, open, option.name)
  }
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || options.length === 0) return
    const option = options[chosen]
    if (event.key === 'ArrowDown') setActive((chosen + 1) % options.length)
    else if (event.key === 'ArrowUp') setActive((chosen + options.length - 1) % options.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && option) pick(option)
    else if (event.key === 'Escape') onClose()
    else {
      // The cursor goes out of the reference.
      if (/^(?:Arrow(?:Left|Right)|Home|End)$/.test(event.key)) onClose()
      return
    }
    event.preventDefault()
    event.stopPropagation()
  })
  useEffect(() => {
    const element = field.current
    const listen = (event: Event): void => onKeyDown(event as KeyboardEvent)
    element?.addEventListener('keydown', listen)
    return () => element?.removeEventListener('keydown', listen)
  }, [field])
  useTold(field, options.length === 0 ? null : { listId, active: `${listId}-${chosen}` })
  if (options.length === 0) return null
  return <NameList id={listId} field={field} open={open} options={options} active={chosen} onPick={pick} />
}

/** Screen readers are told of the list by the field, as of any list of suggestions. */
function useTold(field: RefObject<TextField | null>, told: { readonly listId: string; readonly active: string } | null): void {
  const listId = told?.listId ?? null
  const active = told?.active ?? ''
  useEffect(() => {
    const element = field.current
    if (!element || listId === null) return
    element.setAttribute('aria-controls', listId)
    element.setAttribute('aria-activedescendant', active)
    return () => {
      element.removeAttribute('aria-controls')
      element.removeAttribute('aria-activedescendant')
    }
  }, [field, listId, active])
}

interface NameListProps {
  readonly id: string
  readonly field: RefObject<TextField | null>
  readonly open: OpenReference
  readonly options: readonly Completion[]
  readonly active: number
  readonly onPick: (option: Completion) => void
}

function NameList({ id, field, open, options, active, onPick }: NameListProps) {
  return (
    <PopupList
      id={id}
      label={t`Variables`}
      className={styles.names}
      options={options.map((option, index) => ({ key: option.name, content: <Name option={option} />, isSelected: index === active }))}
      active={active}
      place={() => {
        if (!field.current) return null
        const rect = field.current.getBoundingClientRect()
        const left = Math.min(Math.max(rect.left, rect.left + offsetOf(field.current, open.start)), rect.right - 40)
        return { rect, left }
      }}
      onPick={(index) => {
        const option = options[index]
        if (option) onPick(option)
      }}
    />
  )
}

function Name({ option: { name, value, origin } }: { readonly option: Completion }) {
  return (
    <span className={styles.option}>
      <span className={styles.optionName}>{name}</span>
      <span className={styles.optionValue}>{value}</span>
      <span className={styles.optionOrigin}>{origin}</span>
    </span>
  )
}

/** How far into a field a place of its text stands, in pixels. */
function offsetOf(field: TextField, at: number): number {
  const look = getComputedStyle(field)
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return 0
  context.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`
  const line = field.value.slice(field.value.lastIndexOf('\n', at - 1) + 1, at)
  return Number.parseFloat(look.paddingLeft) + context.measureText(line).width - field.scrollLeft
}

/** Put a reference in, as if it had been typed: the field tells of it, and the cursor stands behind it. */
function insert(field: TextField, { start, end }: OpenReference, name: string): void {
  field.setRangeText(`{{${name}}}`, start, end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
