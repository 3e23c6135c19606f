/** A saved example in front of the open requests: its head, and its answer as any other is shown. */
import { ExampleHead } from '../features/examples/index.ts'
import { EXAMPLE_TAB } from '../lib/example-tab.ts'
import type { Page } from '../stores/page-store.ts'
import styles from './main-area.module.css'
import { Awaiting, nearPart } from '../lib/lazy-part.ts'
import { t } from '../lib/t.ts'

const ResponseViewer = nearPart(async () => ({ default: (await import('../features/response-viewer/index.ts')).ResponseViewer }))

export function ExampleArea({ page: { nodeId, example } }: { readonly page: Extract<Page, { readonly kind: 'example' }> }) {
  return (
    <section className={styles.panel} aria-label={t`Saved example`}>
      <ExampleHead nodeId={nodeId} example={example} />
      <Awaiting fallback={<section className={styles.panel} aria-label={t`Response`} aria-busy="true" />}>
        <ResponseViewer draftId={EXAMPLE_TAB} />
      </Awaiting>
    </section>
  )
}
