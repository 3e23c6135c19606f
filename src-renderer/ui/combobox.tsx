/**
 * A text field that offers values and takes any (WAI-ARIA editable combobox with a list). What is typed counts as it
 * is typed; the list only saves typing.
 */
import { useId, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { PopupList } from './popup-list.tsx'
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
      {open && (
        <PopupList
          id={listId}
          label={label}
          className={styles.list}
          options={options.map((option) => ({ key: option, content: option, isSelected: option === value }))}
          active={active}
          place={() => {
            const rect = input.current?.getBoundingClientRect()
            return rect ? { rect, minWidth: rect.width } : null
          }}
          onPick={(index) => pick(options[index] ?? value)}
        />
      )}
    </span>
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
