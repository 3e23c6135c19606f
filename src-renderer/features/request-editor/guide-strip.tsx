/**
 * The notes of a request that lead on to another one, in sight above the editor: the way through a collection that shows
 * someone around, as the tour does. They stand in nobody's way, and fold for all such requests.
 */
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronRight from 'lucide-react/icons/chevron-right'
import type { DraftId } from '#contract/model/ids.ts'
import { leadsOn } from '../../lib/doc-links.ts'
import { useLayoutStore } from '../../stores/layout-store.ts'
import { Markdown } from '../../ui/markdown/markdown.tsx'
import { useDocLinks } from './doc-links.ts'
import styles from './guide-strip.module.css'
import { useRequest } from './use-request.ts'
import { t } from '../../lib/t.ts'

export function GuideStrip({ draftId }: { readonly draftId: DraftId }) {
  const docs = useRequest(draftId, (document) => document.docs)
  const isOpen = useLayoutStore((state) => state.notesFolded !== true)
  const change = useLayoutStore((state) => state.change)
  const linkTo = useDocLinks(draftId)
  if (!leadsOn(docs)) return null
  return (
    <section className={styles.guide} aria-label={t`Notes`}>
      <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={() => change({ notesFolded: isOpen })}>
        {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
        {t`Notes`}
      </button>
      {isOpen && (
        <div className={styles.text}>
          <Markdown text={docs} linkTo={linkTo} />
        </div>
      )}
    </section>
  )
}
