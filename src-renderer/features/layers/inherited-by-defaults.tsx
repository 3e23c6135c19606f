/** What a folder's variables stand before: those of the folders around it, of the environment in use and of the collection. */
import { useEffect, useMemo, useState } from 'react'
import type { FoundVariable } from '#contract/model/variable.ts'
import { inheritedVariables } from '../../actions/inherited-variables.ts'
import { InheritedVariables } from '../../forms/inherited-variables.tsx'
import { NO_CHOICE, useChoicesStore } from '../../stores/choices-store.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import type { LayerDraftOf } from '../../stores/layer-drafts-store.ts'

const NOTHING: readonly FoundVariable[] = []

interface InheritedByDefaultsProps {
  readonly draft: LayerDraftOf<'defaults'>
  /** Of the folders around it, each name once. */
  readonly ofFolders: readonly FoundVariable[]
}

export function InheritedByDefaults({ draft: { collectionId, folderId, value }, ofFolders }: InheritedByDefaultsProps) {
  const [ofOthers, setOfOthers] = useState(NOTHING)
  const settings = useCollectionsStore((state) => state.collections.find(({ id }) => id === collectionId)?.settings)
  const environment = useChoicesStore((state) => (state.byCollection[collectionId] ?? NO_CHOICE).environment)
  useEffect(() => {
    let isWanted = true
    // Nothing is further out than the collection.
    const asked = folderId === null ? Promise.resolve(NOTHING) : inheritedVariables(collectionId, environment, null)
    void asked.then((variables) => {
      if (isWanted) setOfOthers(variables)
    })
    return () => {
      isWanted = false
    }
  }, [collectionId, folderId, environment, settings])
  const found = useMemo(() => {
    const nearer = new Set(ofFolders.map(({ name }) => name))
    return [...ofOthers.filter(({ name }) => !nearer.has(name)), ...ofFolders]
  }, [ofFolders, ofOthers])
  const own = useMemo(() => new Set(value.variables.filter(({ enabled }) => enabled).map(({ name }) => name.trim())), [value.variables])
  return <InheritedVariables found={found} above={value.variables} own={own} collectionId={collectionId} hasKinds />
}
