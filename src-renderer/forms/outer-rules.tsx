/** Rules that hold in a layer besides its own, from the layers around it: greyed, each with where it is from. */
import { useOptionsForm } from './options-form.ts'
import { OriginLink } from './origin-link.tsx'
import styles from './outer-rules.module.css'

interface OuterRulesProps {
  readonly option: 'proxies' | 'resolve'
  readonly label: string
  /** Stands for a rule that says none. */
  readonly emptyValue: string
}

export function OuterRules({ option, label, emptyValue }: OuterRulesProps) {
  const { options, outer } = useOptionsForm()
  const taken = new Set(Object.keys(options[option] ?? {}))
  const rules = outer.flatMap(({ key, value, origin }) => {
    if (key !== option || typeof value !== 'object' || value === null) return []
    const entries = Object.entries(value).filter(([name]) => !taken.has(name))
    entries.forEach(([name]) => taken.add(name))
    return entries.map(([name, text]) => ({ name, text: typeof text === 'string' ? withoutPassword(text) : emptyValue, origin }))
  })
  if (rules.length === 0) return null
  return (
    <ul className={styles.rules} aria-label={label}>
      {rules.map(({ name, text, origin }) => (
        <li key={name}>
          <span>{name}</span>
          <span className={styles.value} title={text}>
            {text}
          </span>
          <OriginLink origin={origin} sought={{ name: option, section: 'options' }} />
        </li>
      ))}
    </ul>
  )
}

/** A proxy's URL may hold a password. */
function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^/@:\s]*):[^/@\s]*@/g, '$1:••••@')
}
