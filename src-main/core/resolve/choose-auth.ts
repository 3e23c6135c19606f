/** Whose credentials a request is sent with: its own, or those of a layer around it. */
import type { Origin } from '#contract/model/origin.ts'
import type { Layers } from '#contract/model/prepared.ts'
import type { Auth, RequestDocument } from '#contract/model/request.ts'
import type { Session } from '#contract/model/session.ts'
import type { CollectionLayers } from './collection-layers.ts'

/**
 * The credentials that stand in for the request's own; null: none do.
 *
 * `inherit` asks the folders from the inside out, then the session, then the collection. `none` says nothing, and then a
 * session speaks, as in requests (`request.auth`, else `session.auth`), unless the request refuses that.
 */
export function inheritedAuth(
  { auth, options }: Pick<RequestDocument, 'auth' | 'options'>,
  layers: CollectionLayers,
  session: Session,
): Layers['auth'] {
  const ofSession = { auth: session.auth, origin: { layer: 'session', name: session.name } as const }
  if (auth.kind === 'none') return options.omitAuth === true ? null : stated(ofSession)
  if (auth.kind !== 'inherit') return null
  const candidates: { readonly auth: Auth; readonly origin: Origin }[] = [
    ...layers.folders.map((folder) => ({
      auth: folder.defaults.auth,
      origin: { layer: 'folder', id: folder.id, name: folder.name } as const,
    })),
  ].reverse()
  candidates.push(ofSession, { auth: layers.collection.auth, origin: { layer: 'collection', id: layers.id, name: layers.name } })
  return candidates.map(stated).find((one) => one !== null) ?? null
}

function stated(candidate: { readonly auth: Auth; readonly origin: Origin }): Layers['auth'] {
  return candidate.auth.kind === 'none' || candidate.auth.kind === 'inherit' ? null : candidate
}
