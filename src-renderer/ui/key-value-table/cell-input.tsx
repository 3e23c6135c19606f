/**
 * The text of one cell. A text area of one line that grows with line breaks in its text: a single-line field would
 * drop them silently, and a value that was read from a file must come back whole. A name is wrapped: it says what the
 * row is, so all of it is shown. It can offer suggestions while staying a plain text box.
 */
import { memo, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { suggestionsFor } from './matches.ts'
import styles from './key-value-table.module.css'
import type { Column } from './cell-moves.ts'
import { PopupList } from '../popup-list.tsx'
import { VariableLayer } from '../variables/variable-layer.tsx'
import { t } from '../../lib/t.ts'

/** Of suggestions: a wide cell's list need not be as wide. */
const WIDEST_PX = 320

export interface CellInputProps {
  /** The accessible name: `Name` or `Value`. */
  readonly label: string
  readonly column: Column
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly suggestions?: readonly string[]
  readonly invalid?: boolean
  readonly describedBy?: string
  /** Returns true where it has dealt with the pasted text. */
  readonly onPasteText?: (text: string) => boolean
}

export const CellInput = memo(function CellInput(props: CellInputProps) {
  const { label, column, value, onChange, placeholder, suggestions = [], invalid = false, describedBy, onPasteText } = props
  const listId = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [list, setList] = useState<'closed' | 'typing' | 'asked'>('closed')
  const [active, setActive] = useState(-1)
  const options = list === 'closed' ? [] : suggestionsFor(value, suggestions, list === 'asked')
  const open = options.length > 0

  const close = (): void => {
    setList('closed')
    setActive(-1)
  }
  const pick = (option: string): void => {
    onChange(option)
    close()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const asks = event.key === 'ArrowDown' && value === '' && suggestions.length > 0
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      setActive((active + (event.key === 'ArrowDown' ? 1 : options.length + (active < 0 ? 1 : 0) - 1)) % options.length)
    } else if (asks) {
      setList('asked')
      setActive(0)
    } else if (open && active >= 0 && (event.key === 'Enter' || event.key === 'Tab')) {
      pick(options[active] ?? value)
      if (event.key === 'Tab') return
    } else if (open && event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onPaste = (event: ClipboardEvent): void => {
    if (onPasteText?.(event.clipboardData.getData('text/plain')) === true) event.preventDefault()
  }

  return (
    <span className={styles.field}>
      <textarea
        ref={field}
        className={styles.input}
        data-cell={column}
        rows={1}
        wrap={column === 'name' ? 'soft' : 'off'}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        aria-autocomplete={suggestions.length > 0 ? 'list' : undefined}
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open && active >= 0 ? `${listId}-${active}` : undefined}
        placeholder={placeholder}
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
          setList('typing')
          setActive(-1)
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={(event) => {
          event.currentTarget.scrollLeft = 0
          close()
        }}
      />
      <VariableLayer field={field} value={value} />
      {open && (
        <PopupList
          id={listId}
          label={t`Suggestions for ${label.toLowerCase()}`}
          className={styles.suggestions}
          options={options.map((option, index) => ({ key: option, content: option, isSelected: index === active }))}
          active={active}
          place={() => {
            const rect = field.current?.getBoundingClientRect()
            return rect ? { rect, minWidth: Math.min(rect.width, WIDEST_PX) } : null
          }}
          onPick={(index) => pick(options[index] ?? value)}
        />
      )}
    </span>
  )
})
