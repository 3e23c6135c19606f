/** A request's method as a coloured word; the word carries the meaning, the colour only helps the eye. */
import styles from './method-word.module.css'

const TONES: Readonly<Record<string, string>> = {
  GET: 'success',
  HEAD: 'success',
  POST: 'info',
  PUT: 'warning',
  PATCH: 'warning',
  DELETE: 'danger',
  OPTIONS: 'violet',
}

const SHORT: Readonly<Record<string, string>> = { DELETE: 'DEL', OPTIONS: 'OPT' }

export interface MethodWordProps {
  readonly method: string
  /**
   * At most five letters, for lists whose items are named without it: drawn, but no text of the item, which describes
   * its method itself.
   */
  readonly short?: boolean
}

export function MethodWord({ method, short = false }: MethodWordProps) {
  const name = method.toUpperCase()
  const tone = TONES[name] ?? 'violet'
  if (short) return <span className={styles.method} data-tone={tone} data-word={SHORT[name] ?? name.slice(0, 5)} aria-hidden="true" />
  return (
    <span className={styles.method} data-tone={tone}>
      {method}
    </span>
  )
}
