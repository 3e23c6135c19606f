/**
 * A text field that offers values and takes any (WAI-ARIA editable combobox with a list). What is typed counts as it
 * is typed; the list only saves typing.
 */
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import styles from './combobox.module.css'

export interface ComboboxProps {
  readonly label: string
  readonly value: string
  readonly options: readonly string[]
  readonly onChange: (value: string) => void
  /** Applied to what is typed, such as to upper case. */
  readonly transform?: (text: string) => string
  readonly placeholder?: string
  readonly invalid?: boolean
  readonly describedBy?: string
  readonly className?: string
  readonly ref?: Ref<HTMLInputElement>
}

export function Combobox(props: ComboboxProps) {
  const { label, value, onChange, transform = same } = props
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [list, setList] = useState<'closed' | 'all' | 'matching'>('closed')
  const [active, setActive] = useState(-1)
  const options = list === 'matching' ? matching(props.options, value) : props.options
  const open = list !== 'closed' && options.length > 0

  const close = () => {
    setList('closed')
    setActive(-1)
  }
  const show = () => {
    setList('all')
    setActive(props.options.indexOf(value))
  }
  const pick = (option: string) => {
    onChange(option)
    close()
    input.current?.focus()
  }
  const move = (step: number) => (open ? setActive((active + step + options.length) % options.length) : show())
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const chosen = open ? options[active] : undefined
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(active < 0 ? 0 : -1)
    else if (event.key === 'Enter' && chosen !== undefined) pick(chosen)
    else if (event.key === 'Escape' && open) close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <span className={[styles.combobox, props.className].filter(Boolean).join(' ')}>
      <input
        ref={(element) => {
          input.current = element
          return assign(props.ref, element)
        }}
        className={styles.input}
        role="combobox"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && active >= 0 ? `${listId}-${active}` : undefined}
        aria-invalid={props.invalid}
        aria-describedby={props.describedBy}
        placeholder={props.placeholder}
        value={value}
        onChange={(event) => {
          onChange(transform(event.target.value))
          setList('matching')
          setActive(-1)
        }}
        onMouseDown={(event) => {
          if (open) close()
          else show()
          // The press that brings the focus takes the whole text, to be typed over; the next one places the cursor.
          if (document.activeElement === event.currentTarget || event.button !== 0) return
          event.preventDefault()
          event.currentTarget.focus()
          event.currentTarget.select()
        }}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      {open && <OptionList id={listId} label={label} options={options} active={active} value={value} anchor={input} onPick={pick} />}
    </span>
  )
}

interface OptionListProps {
  readonly id: string
  readonly label: string
  readonly options: readonly string[]
  readonly active: number
  readonly value: string
  readonly anchor: { readonly current: HTMLElement | null }
  readonly onPick: (option: string) => void
}

/** The list stands in the top layer, so that no pane cuts it off. */
function OptionList({ id, label, options, active, value, anchor, onPick }: OptionListProps) {
  const list = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => {
    const element = list.current
    const rect = anchor.current?.getBoundingClientRect()
    if (!element || !rect) return
    element.style.left = `${rect.left}px`
    element.style.minWidth = `${rect.width}px`
    const below = window.innerHeight - rect.bottom
    if (below >= 200 || below >= rect.top) element.style.top = `${rect.bottom + 4}px`
    else element.style.bottom = `${window.innerHeight - rect.top + 4}px`
    element.showPopover()
  }, [anchor])
  useLayoutEffect(() => {
    list.current?.querySelector('[data-active=true]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <ul ref={list} id={id} className={styles.list} role="listbox" aria-label={label} popover="manual">
      {options.map((option, index) => (
        <li
          key={option}
          id={`${id}-${index}`}
          className={styles.option}
          role="option"
          aria-selected={option === value}
          data-active={index === active}
          // The field must keep the focus, or the list would close before the click.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
        >
          {option}
        </li>
      ))}
    </ul>
  )
}

/** Options that begin with the text, then those that hold it; none where the text is one of them already. */
function matching(options: readonly string[], text: string): readonly string[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return options
  const begins = options.filter((option) => option.toLowerCase().startsWith(wanted))
  const holds = options.filter((option) => !begins.includes(option) && option.toLowerCase().includes(wanted))
  const found = [...begins, ...holds]
  return found.length === 1 && found[0]?.toLowerCase() === wanted ? [] : found
}

function same(text: string): string {
  return text
}

function assign<T>(ref: Ref<T> | undefined, value: T | null): void {
  if (typeof ref === 'function') ref(value)
  else if (ref) ref.current = value
}
