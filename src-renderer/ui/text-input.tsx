/** A line of text. A secret one is masked until its eye is pressed; a `{{reference}}` is no secret, and is shown. */
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useImperativeHandle, useRef, useState, type InputHTMLAttributes, type Ref } from 'react'
import { isOnlyReferences } from '../lib/references.ts'
import { IconButton } from './button.tsx'
import { VariableLayer } from './variables/variable-layer.tsx'
import styles from './text-input.module.css'
import { t } from '../lib/t.ts'

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
  /** False where `{{name}}` is not replaced, wherever the field stands. */
  readonly references?: boolean
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
  references = true,
  className,
  ref,
  ...rest
}: TextInputProps) {
  const [revealed, setRevealed] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useImperativeHandle<HTMLInputElement | null, HTMLInputElement | null>(ref, () => field.current, [])
  const masked = secret && !revealed && !isOnlyReferences(value)
  return (
    <span className={[styles.field, className].filter(Boolean).join(' ')}>
      <input
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="off"
        {...rest}
        ref={field}
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
      {references && <VariableLayer field={field} value={value} masked={masked} />}
      {secret && (
        <IconButton
          className={styles.reveal}
          label={revealed ? t`Hide ${label}` : t`Show ${label}`}
          icon={revealed ? <EyeOff /> : <Eye />}
          onClick={() => setRevealed(!revealed)}
        />
      )}
    </span>
  )
}
