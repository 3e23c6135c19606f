/** The colour that an environment goes by in lists: a few to choose from, any other, or none. */
import Ban from 'lucide-react/icons/ban'
import styles from './environments.module.css'
import { t } from '../../lib/t.ts'

/** Told apart at a glance on light and dark, and by their names. */
const COLORS = [
  { name: t`Green`, value: '#2e9e5b' },
  { name: t`Blue`, value: '#3b7ddd' },
  { name: t`Violet`, value: '#8a5cf0' },
  { name: t`Amber`, value: '#d08b00' },
  { name: t`Orange`, value: '#e0662b' },
  { name: t`Red`, value: '#d9363e' },
] as const

interface ColorFieldProps {
  readonly value: string | null
  readonly onChange: (color: string | null) => void
}

export function ColorField({ value, onChange }: ColorFieldProps) {
  const isOther = value !== null && !COLORS.some((color) => color.value === value)
  return (
    <div className={styles.colors} role="group" aria-label={t`Colour`}>
      <button
        type="button"
        className={styles.swatch}
        aria-label={t`No colour`}
        title={t`No colour`}
        aria-pressed={value === null}
        onClick={() => onChange(null)}
      >
        <Ban aria-hidden="true" />
      </button>
      {COLORS.map((color) => (
        <button
          key={color.value}
          type="button"
          className={styles.swatch}
          aria-label={color.name}
          title={color.name}
          aria-pressed={value === color.value}
          onClick={() => onChange(color.value)}
        >
          <span className={styles.dot} style={{ backgroundColor: color.value }} />
        </button>
      ))}
      <label className={styles.other} data-chosen={isOther} title={isOther ? value : t`Another colour`}>
        {t`Other`}
        <input
          type="color"
          aria-label={t`Another colour`}
          value={value !== null && /^#[0-9a-f]{6}$/i.test(value) ? value : '#808080'}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
    </div>
  )
}
