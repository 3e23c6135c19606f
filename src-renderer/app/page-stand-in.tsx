/** What stands in the place of a page until it is there. In the manual one types at once: it opens in its search. */
import type { Page } from '../stores/page-store.ts'
import { HeldKeys } from './held-keys.tsx'
import styles from './main-area.module.css'

export function PageStandIn({ page }: { readonly page: Page }) {
  return (
    <>
      <div className={styles.panel} aria-busy="true" />
      {page.kind === 'manual' && <HeldKeys />}
    </>
  )
}
