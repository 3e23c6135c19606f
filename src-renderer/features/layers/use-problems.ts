/** What is wrong with a layer as it is typed, asked of core a moment after the last edit. */
import { useMemo } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { CollectionId, DraftId } from '#contract/model/ids.ts'
import type { CheckedParts } from '../../actions/layer-checks.ts'
import { optionProblems, useChecked, useTyped } from '../../forms/option-problems.ts'

/**
 * What is wrong with a layer's own parts, texts that are no values yet among it.
 *
 * @param parts must keep its identity until it is edited
 */
export function useLayerProblems(id: DraftId, collectionId: CollectionId, parts: CheckedParts): readonly WireError[] {
  const checked = useChecked(collectionId, parts)
  const typed = useTyped(id, '')
  const { options } = parts
  return useMemo(() => {
    // Those of adapters stand with their adapters.
    const own = Object.fromEntries(Object.entries(typed).filter(([field]) => !field.startsWith('adapters.')))
    const others = checked.filter(({ where }) => where?.section !== 'options')
    return [...others, ...optionProblems(checked, options ?? {}, own)]
  }, [checked, typed, options])
}
