/** A part of the window below the editor that folds to its heading: the heading says in short what is in it, and has what can be done with it. */
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'
import styles from './fold-region.module.css'

export interface FoldRegionProps {
  /** The heading, and the region's accessible name. */
  readonly label: string
  readonly isFolded: boolean
  readonly onToggle: () => void
  readonly summary?: ReactNode
  readonly tools?: ReactNode
  /** What is in it may not be as things are now. */
  readonly isDimmed?: boolean
  readonly children?: ReactNode
}

export function FoldRegion({ label, isFolded, onToggle, summary, tools, isDimmed = false, children }: FoldRegionProps) {
  return (
    <section className={styles.region} aria-label={label} data-folded={isFolded} data-dimmed={isDimmed}>
      <header className={styles.header}>
        <button type="button" className={styles.title} aria-expanded={!isFolded} onClick={onToggle}>
          {isFolded ? <ChevronRight aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
          {label}
        </button>
        <span className={styles.summary}>{summary}</span>
        {tools}
      </header>
      {!isFolded && children}
    </section>
  )
}
