/** What few need, folded away under a line that says what it is. `FoldRegion` is for parts of the window, `OptionGroup` for options. */
import ChevronRight from 'lucide-react/icons/chevron-right'
import type { DetailsHTMLAttributes, ReactNode } from 'react'
import styles from './fold.module.css'

interface FoldProps extends DetailsHTMLAttributes<HTMLDetailsElement> {
  readonly label: ReactNode
}

export function Fold({ label, className = '', children, ...details }: FoldProps) {
  return (
    <details {...details} className={`${styles.fold} ${className}`}>
      <summary className={styles.title}>
        <ChevronRight className={styles.chevron} aria-hidden="true" />
        {label}
      </summary>
      {children}
    </details>
  )
}
