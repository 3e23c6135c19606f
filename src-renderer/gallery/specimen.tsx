/** One thing shown in the gallery, with the words that say which state it is in. */
import type { ReactNode } from 'react'
import styles from './gallery.module.css'

export function Specimen({
  name,
  wide = false,
  children,
}: {
  readonly name: string
  readonly wide?: boolean
  readonly children: ReactNode
}) {
  return (
    <div className={styles.specimen} data-wide={wide}>
      <span className={styles.name}>{name}</span>
      <div className={styles.shown}>{children}</div>
    </div>
  )
}

export function Specimens({ children }: { readonly children: ReactNode }) {
  return <div className={styles.specimens}>{children}</div>
}
