/** What an environment has from others: those it extends, its `.env` file and the collection, each with where it is from. */
import { useEffect, useState } from 'react'
import type { FoundVariable } from '#contract/model/variable.ts'
import { goToOrigin } from '../../actions/go-to-origin.ts'
import { inheritedVariables } from '../../actions/inherited-variables.ts'
import { MASK } from '../../lib/mask-header.ts'
import { isReachable, originWords } from '../../lib/origin-words.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import type { LayerDraftOf } from '../../stores/layer-drafts-store.ts'
import styles from './environments.module.css'

const NOTHING: readonly FoundVariable[] = []

export function InheritedVariables({ draft }: { readonly draft: LayerDraftOf<'environment'> }) {
  const { value } = draft
  const found = useInherited(draft)
  const own = new Set(value.variables.filter(({ enabled }) => enabled).map(({ name }) => name.trim()))
  if (found.length === 0) return null
  return (
    <>
      <h3 className={styles.heading}>Inherited</h3>
      <ul className={styles.inherited} aria-label="Inherited variables">
        {found.map(({ name, value: text, secret, origin }) => (
          <li key={name} className={styles.inheritedRow} data-replaced={own.has(name)}>
            <span className={styles.inheritedName} title={name}>
              {name}
            </span>
            <span className={styles.inheritedValue} title={secret ? 'A secret' : text}>
              {secret ? MASK : text}
            </span>
            <span className={styles.origin}>
              {own.has(name) ? 'replaced above · ' : ''}
              {isReachable(origin) ? (
                <button type="button" title="Go there" onClick={() => goToOrigin(origin, { name, collectionId: draft.collectionId })}>
                  from {originWords(origin)}
                </button>
              ) : (
                <span>from {originWords(origin)}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
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
