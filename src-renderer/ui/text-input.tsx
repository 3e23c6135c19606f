/** A line of text. A secret one is masked until its eye is pressed. */
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useState, type InputHTMLAttributes, type Ref } from 'react'
import { IconButton } from './button.tsx'
import styles from './text-input.module.css'

type Inherited = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'type' | 'aria-label'>

export interface TextInputProps extends Inherited {
  /** The accessible name. */
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly secret?: boolean
  readonly invalid?: boolean
  /** Id of the note that says what is wrong. */
  readonly describedBy?: string
  /** Set in the code font. */
  readonly code?: boolean
  readonly ref?: Ref<HTMLInputElement>
}

export function TextInput({
  label,
  value,
  onChange,
  secret = false,
  invalid = false,
  describedBy,
  code = false,
  className,
  ref,
  ...rest
}: TextInputProps) {
  const [revealed, setRevealed] = useState(false)
  const masked = secret && !revealed
  return (
    <span className={[styles.field, className].filter(Boolean).join(' ')}>
      <input
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="off"
        {...rest}
        ref={ref}
        // A password input has no textbox role and asks password managers in; masking the glyphs does neither.
        type="text"
        className={styles.input}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        data-masked={masked}
        data-code={code}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {secret && (
        <IconButton
          className={styles.reveal}
          label={revealed ? `Hide ${label}` : `Show ${label}`}
          icon={revealed ? <EyeOff /> : <Eye />}
          onClick={() => setRevealed(!revealed)}
        />
      )}
    </span>
  )
}
