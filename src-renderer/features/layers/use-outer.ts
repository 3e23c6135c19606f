/** The layers around one that is edited, read again whenever files of the collection changed. */
import { useEffect, useState } from 'react'
import { outerLayers, type OuterLayer } from '../../actions/outer-layers.ts'
import type { OuterOption } from '../../forms/options-form.ts'
import { NO_CHOICE, useChoicesStore } from '../../stores/choices-store.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import type { PartsDraft } from './layer-parts.ts'

const NOTHING: readonly OuterLayer[] = []

export function useOuter(draft: PartsDraft): readonly OuterLayer[] {
  const { kind, collectionId } = draft
  const folderId = draft.kind === 'defaults' ? draft.folderId : null
  const [layers, setLayers] = useState(NOTHING)
  const settings = useCollectionsStore((state) => state.collections.find(({ id }) => id === collectionId)?.settings)
  const session = useChoicesStore((state) => (state.byCollection[collectionId] ?? NO_CHOICE).session)
  useEffect(() => {
    let isWanted = true
    void outerLayers(collectionId, kind === 'session' ? { kind } : { kind, folderId }).then((found) => {
      if (isWanted) setLayers(found)
    })
    return () => {
      isWanted = false
    }
  }, [kind, collectionId, folderId, session, settings])
  return layers
}

/** Their options in a list, the nearest layer first. */
export function outerOptions(layers: readonly OuterLayer[]): readonly OuterOption[] {
  return layers.flatMap(({ origin, options }) =>
    // Every key of the options is one of their names.
    (Object.entries(options) as [OuterOption['key'], unknown][]).flatMap(([key, value]) =>
      value === undefined ? [] : [{ key, value, origin }],
    ),
  )
}
