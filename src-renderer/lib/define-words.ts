/** What the buttons say that lead to where a name without a value is given one. */
import { assertNever } from '#contract/result.ts'
import type { CollectionId, DraftId, NodeId } from '#contract/model/ids.ts'
import type { Origin } from '#contract/model/origin.ts'
import { originWords } from './origin-words.ts'
import { t } from './t.ts'

/** Where a name without a value can be given one. */
export type DefinePlace =
  | { readonly kind: 'environment'; readonly file: string; readonly name: string }
  | { readonly kind: 'newEnvironment' }
  | { readonly kind: 'collection'; readonly id: CollectionId; readonly name: string }
  | { readonly kind: 'folder'; readonly id: NodeId; readonly name: string }
  | { readonly kind: 'request'; readonly id: DraftId }

export function defineWords(name: string, place: DefinePlace): string {
  switch (place.kind) {
    case 'environment':
      return t`Define ${name} in ${place.name}`
    case 'newEnvironment':
      return t`Define ${name} in a new environment`
    case 'collection':
      return t`Define ${name} in collection ${place.name}`
    case 'folder':
      return t`Define ${name} in folder ${place.name}`
    case 'request':
      return t`Define ${name} in this request`
    default:
      return assertNever(place)
  }
}

/** @param origin where the variable stands already, with no value or a wrong one */
export function setWords(name: string, origin: Origin): string {
  return t`Set ${name} in ${originWords(origin)}`
}
