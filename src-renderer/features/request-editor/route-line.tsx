/** What the rules of Proxy come to for the URL as it stands, by the last preview. */
import Waypoints from 'lucide-react/icons/waypoints'
import type { DraftId } from '#contract/model/ids.ts'
import type { Route } from '#contract/model/prepared.ts'
import { OriginLink } from '../../forms/origin-link.tsx'
import { routeParts } from '../../lib/route-words.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import styles from './route-line.module.css'
import { rich, t } from '../../lib/t.ts'

export function RouteLine({ draftId }: { readonly draftId: DraftId }) {
  const route = usePreviewsStore((state) => state.byTab[draftId]?.route ?? null)
  if (!route) return null
  const { words, origin } = routeParts(route)
  const isOwn = origin?.layer === 'request'
  return (
    <p className={styles.route} role="status" aria-label={t`Route`}>
      <Waypoints aria-hidden="true" />
      <span>
        {rich`For this URL: ${words}${isOwn && t` of this request`}`}
        {origin !== null && !isOwn && (
          <>
            {' '}
            <OriginLink origin={origin} say={(place) => t`of ${place}`} sought={{ name: soughtName(route.reason), section: 'options' }} />
          </>
        )}
      </span>
    </p>
  )
}

/** The option that the reason is about. */
function soughtName({ kind }: Route['reason']): string {
  return kind === 'exception' ? 'noProxy' : kind === 'socket' ? 'unixSocket' : 'proxies'
}
