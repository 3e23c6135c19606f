/** Where an import goes, as it is chosen in the dialog: a new collection under a name, or a place that is there. */
import { useMemo, useState } from 'react'
import { IMPORT_FORMATS } from '#contract/model/import-formats.ts'
import type { ImportSummary, ImportTarget } from '#contract/model/import.ts'
import { placeKey, placesOf, type Place } from '../../lib/places.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { useImportStore } from '../../stores/import-store.ts'
import { told } from '../../lib/told.ts'
import { t } from '../../lib/t.ts'

export const NEW_COLLECTION = 'new'

export interface TargetChoice {
  /** Key of a place, or of a new collection. */
  readonly key: string
  readonly name: string
  readonly hides: boolean
  readonly places: readonly Place[]
  readonly setKey: (key: string) => void
  readonly setName: (name: string) => void
  readonly setHides: (hides: boolean) => void
}

/** As long as nothing is chosen, what is read decides: a collection becomes one, a few requests join others. */
export function useImportTarget(summary: ImportSummary | null): TargetChoice {
  const collections = useCollectionsStore((state) => state.collections)
  const asked = useImportStore((state) => state.place)
  const places = useMemo(() => placesOf(collections), [collections])
  const [chosenKey, setKey] = useState<string | null>(asked && placeKey(asked))
  const [typedName, setName] = useState<string | null>(null)
  const [hides, setHides] = useState(true)
  const isWhole = summary !== null && (summary.name !== '' || summary.counts.requests > 10)
  const likely = isWhole ? NEW_COLLECTION : (places[0]?.key ?? NEW_COLLECTION)
  const isThere = chosenKey === NEW_COLLECTION || places.some(({ key }) => key === chosenKey)
  const suggested = summary === null ? '' : summary.name || t`Imported ${told(IMPORT_FORMATS[summary.format])}`
  return {
    key: chosenKey !== null && isThere ? chosenKey : likely,
    name: typedName ?? suggested,
    hides,
    places,
    setKey,
    setName,
    setHides,
  }
}

/** Null while it has no name. */
export function targetOf({ key, name, places }: TargetChoice): Exclude<ImportTarget, { kind: 'folder' }> | null {
  const place = places.find((one) => one.key === key)
  if (place) return { kind: 'place', parent: place.parent }
  return name.trim() === '' ? null : { kind: 'collection', name: name.trim() }
}
