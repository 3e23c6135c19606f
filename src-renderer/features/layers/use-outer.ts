/** What holds around a layer that is edited, read again whenever files of the collection changed. */
import { useEffect, useMemo, useState } from 'react'
import { outerLayers, type OuterLayer } from '../../actions/outer-layers.ts'
import type { OuterOption } from '../../forms/options-form.ts'
import { NO_CHOICE, useChoicesStore } from '../../stores/choices-store.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import type { PartsDraft } from './layer-parts.ts'
import type { OuterRow } from './outer-rows.tsx'

const NOTHING: readonly OuterLayer[] = []

interface Outer {
  /** Header rows that are sent, the outermost layer first. */
  readonly headers: readonly OuterRow[]
  /** The nearest layer first. */
  readonly options: readonly OuterOption[]
}

export function useOuter(draft: PartsDraft): Outer {
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
  return useMemo(() => ({ headers: headersOf(layers), options: outerOptions(layers) }), [layers])
}

function headersOf(layers: readonly OuterLayer[]): OuterRow[] {
  return [...layers].reverse().flatMap(({ origin, headers }) => headers.filter(({ enabled }) => enabled).map((row) => ({ row, origin })))
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
