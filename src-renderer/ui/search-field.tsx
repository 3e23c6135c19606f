/** A field to search or filter by: its sign, and a cross that empties it, as Esc does. */
import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import styles from './search-field.module.css'

interface SearchFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (text: string) => void
  /** Name of the cross. */
  readonly clearLabel: string
  readonly describedBy?: string | undefined
  /** In characters. */
  readonly maxLength?: number
}

export function SearchField({ label, placeholder, value, onChange, clearLabel, describedBy, maxLength }: SearchFieldProps) {
  return (
    <span className={styles.field}>
      <Search className={styles.icon} aria-hidden="true" />
      <input
        className={styles.input}
        type="text"
        role="searchbox"
        aria-label={label}
        aria-describedby={describedBy}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={maxLength}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.stopPropagation()
          onChange('')
        }}
      />
      {value !== '' && (
        <button type="button" className={styles.clear} aria-label={clearLabel} onClick={() => onChange('')}>
          <X aria-hidden="true" />
        </button>
      )}
    </span>
  )
}
