/** Imports that were read and are not written yet: the latest few, as each may be large. */
import { randomUUID } from 'node:crypto'
import { CoreError } from '../lib/core-error.ts'
import type { Imported } from './imported.ts'

/** One for each window that is likely to be open, and one more. */
const MAX_HELD = 4

export interface HeldImports {
  readonly hold: (imported: Imported) => string
  /** @throws {CoreError} `NotFound` */
  readonly get: (id: string) => Imported
  readonly letGo: (id: string) => void
}

/** @param onGone told of each that is not held any more */
export function createHeldImports(onGone: (id: string) => void = () => undefined): HeldImports {
  const held = new Map<string, Imported>()
  const letGo = (id: string): void => {
    if (held.delete(id)) onGone(id)
  }
  return {
    hold: (imported) => {
      const id = randomUUID()
      held.set(id, imported)
      const [oldest] = held.keys()
      if (held.size > MAX_HELD && oldest !== undefined) letGo(oldest)
      return id
    },
    get: (id) => {
      const imported = held.get(id)
      if (imported) return imported
      throw new CoreError('NotFound', 'resolve', 'What was read for this import is no longer kept.', { hint: 'Read it again.' })
    },
    letGo,
  }
}
