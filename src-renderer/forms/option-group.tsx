/**
 * A part of Options that folds: closed, it says in a line what in it differs from the defaults. One that holds a problem
 * is open, so that the problem can be seen and reached.
 */
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useId, type ReactNode } from 'react'
import type { Options } from '#contract/model/request.ts'
import { useGroupsStore } from './groups-store.ts'
import { useOptionsForm } from './options-form.ts'
import styles from './option-group.module.css'
import { t } from '../lib/t.ts'

interface OptionGroupProps {
  readonly title: string
  /** The options that stand in it. */
  readonly of: readonly (keyof Options)[]
  /** What differs from the defaults, in a few words; empty where nothing does. */
  readonly summary: string
  readonly hasProblem: boolean
  /** Whether it is open until it is folded by hand. */
  readonly startsOpen?: boolean
  readonly children: ReactNode
}

export function OptionGroup({ title, of, summary, hasProblem, startsOpen = false, children }: OptionGroupProps) {
  const id = useId()
  const { scope, isLayer, outer, startsOpen: allOpen = false } = useOptionsForm()
  const unset = isLayer ? t`nothing set here` : outer.some((one) => of.includes(one.key)) ? t`inherited` : t`as by default`
  const key = `${scope}/${title}`
  const chosen = useGroupsStore((state) => state.open[key])
  const fold = useGroupsStore((state) => state.fold)
  const isOpen = hasProblem || (chosen ?? (allOpen || startsOpen))
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 className={styles.title}>
        <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={() => fold(key, !isOpen)}>
          {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
          <span id={id}>{title}</span>
          {!isOpen && <span className={styles.summary}>{summary === '' ? unset : summary}</span>}
        </button>
      </h2>
      {isOpen && <div className={styles.content}>{children}</div>}
    </section>
  )
}
