/** The tokens themselves: each ground with each text on it, the sizes of type, the radii. */
import styles from './gallery.module.css'
import { Specimen, Specimens } from './specimen.tsx'

const GROUNDS = ['bg', 'bg-raised', 'bg-sunken', 'bg-hover', 'bg-selected'] as const
const INKS = ['text', 'text-muted', 'text-faint', 'accent-text', 'danger', 'warning', 'success', 'info', 'violet'] as const
const SOFT = ['accent', 'danger', 'warning', 'success'] as const
const SIZES = ['size-text', 'size-code', 'size-label'] as const
const RADII = ['radius-small', 'radius', 'radius-panel'] as const

export function ShownTokens() {
  return (
    <>
      <Specimens>
        {GROUNDS.map((ground) => (
          <Specimen key={ground} name={ground}>
            <div className={styles.swatch} style={{ background: `var(--${ground})` }}>
              {INKS.map((ink) => (
                <span key={ink} className={styles.ink} style={{ color: `var(--${ink})` }}>
                  {ink}
                </span>
              ))}
            </div>
          </Specimen>
        ))}
        {SOFT.map((tone) => (
          <Specimen key={tone} name={`${tone}-soft`}>
            <div
              className={styles.swatch}
              style={{ background: `var(--${tone}-soft)`, color: `var(--${tone === 'accent' ? 'accent-text' : tone})` }}
            >
              {tone}
            </div>
          </Specimen>
        ))}
      </Specimens>
      <Specimens>
        {SIZES.map((size) => (
          <Specimen key={size} name={size}>
            <span style={{ fontSize: `var(--${size})`, fontFamily: size === 'size-code' ? 'var(--font-code)' : 'var(--font-ui)' }}>
              POST /users?page=1
            </span>
          </Specimen>
        ))}
        {RADII.map((radius) => (
          <Specimen key={radius} name={radius}>
            <div className={styles.box} style={{ borderRadius: `var(--${radius})` }} />
          </Specimen>
        ))}
      </Specimens>
    </>
  )
}
