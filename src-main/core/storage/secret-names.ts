/** Under which name the vault keeps the value of a secret variable: bound to its collection and to where it is defined. */
import type { Origin } from '#contract/model/origin.ts'

/** @returns null for a place that keeps no secrets */
export function secretName(collectionId: string | null, origin: Origin, variable: string): string | null {
  const place = placeOf(origin)
  if (place === null) return null
  return `variable ${JSON.stringify([collectionId, ...place, variable])}`
}

function placeOf(origin: Origin): readonly string[] | null {
  switch (origin.layer) {
    case 'environment':
      return ['environment', origin.name]
    case 'folder':
      return ['folder', origin.id]
    case 'collection':
      return ['collection']
    default:
      return null
  }
}
