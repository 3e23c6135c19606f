/** An HTML page in a sandbox: without scripts, without the network, its links leading nowhere. */
import type { BodyId } from '#contract/model/ids.ts'
import { bodyAddress } from '../../actions/bodies.ts'
import { makePage } from '../../actions/derived-bodies.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import panel from './body-panel.module.css'
import styles from './previews.module.css'
import { useAsked } from './use-asked.ts'
import { useLasting } from './use-body-view.ts'
import { t } from '../../lib/t.ts'

export interface PagePreviewProps {
  readonly bodyId: BodyId
  readonly contentType: string
  readonly encoding: string | null
}

export function PagePreview({ bodyId, contentType, encoding }: PagePreviewProps) {
  const { value: page, error } = useAsked(JSON.stringify([bodyId, contentType, encoding]), (signal) =>
    makePage(bodyId, contentType, encoding, signal),
  )
  const isSlow = useLasting(page === null && error === null, 200)
  if (error) return <ProblemNote kind={error.kind} message={error.message} />
  if (page === null) return isSlow && <p className={panel.wait}>{t`Reading the page…`}</p>
  return (
    <div className={styles.preview}>
      {page.isCut && (
        <div className={panel.note}>
          <ProblemNote tone="warning" message={t`Only the first 8 MiB of this page are drawn. Text and Raw show all of it.`} />
        </div>
      )}
      <iframe
        key={page.id}
        className={styles.page}
        title={t`Preview of the page`}
        src={bodyAddress(page.id, 'text/html')}
        sandbox=""
        referrerPolicy="no-referrer"
      />
      <p className={styles.facts}>{t`Without scripts, and without anything that lies elsewhere on the net.`}</p>
    </div>
  )
}
