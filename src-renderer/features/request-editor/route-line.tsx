/** What the rules of Proxy come to for the URL as it stands, by the last preview. */
import Waypoints from 'lucide-react/icons/waypoints'
import type { DraftId } from '#contract/model/ids.ts'
import { routeInWords } from '../../lib/route-words.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import styles from './route-line.module.css'

export function RouteLine({ draftId }: { readonly draftId: DraftId }) {
  const route = usePreviewsStore((state) => state.byTab[draftId]?.route ?? null)
  if (!route) return null
  return (
    <p className={styles.route} role="status" aria-label="Route">
      <Waypoints aria-hidden="true" />
      <span>For this URL: {routeInWords(route)}.</span>
    </p>
  )
}
