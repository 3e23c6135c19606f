/** What an environment has from others: those it extends, its `.env` file and the collection, each with where it is from. */
import { useEffect, useMemo, useState } from 'react'
import type { FoundVariable } from '#contract/model/variable.ts'
import { inheritedVariables } from '../../actions/inherited-variables.ts'
import { InheritedVariables } from '../../forms/inherited-variables.tsx'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import type { LayerDraftOf } from '../../stores/layer-drafts-store.ts'

const NOTHING: readonly FoundVariable[] = []

export function InheritedByEnvironment({ draft }: { readonly draft: LayerDraftOf<'environment'> }) {
  const found = useInherited(draft)
  const { variables } = draft.value
  const own = useMemo(() => new Set(variables.filter(({ enabled }) => enabled).map(({ name }) => name.trim())), [variables])
  return <InheritedVariables found={found} above={variables} own={own} collectionId={draft.collectionId} hasKinds />
}

/** Asked again whenever files of the collection changed, or another environment is extended. */
function useInherited({ collectionId, base, value }: LayerDraftOf<'environment'>): readonly FoundVariable[] {
  const [found, setFound] = useState(NOTHING)
  const settings = useCollectionsStore((state) => state.collections.find(({ id }) => id === collectionId)?.settings)
  const name = base?.name ?? null
  const isAsSaved = base !== null && base.extends === value.extends && base.dotEnvPath === value.dotEnvPath
  const parent = value.extends
  useEffect(() => {
    let isWanted = true
    void inheritedVariables(collectionId, isAsSaved ? name : parent, isAsSaved ? name : null).then((variables) => {
      if (isWanted) setFound(variables)
    })
    return () => {
      isWanted = false
    }
  }, [collectionId, name, parent, isAsSaved, settings])
  return found
}
