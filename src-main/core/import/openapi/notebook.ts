/** The notes of an import of descriptions: each is taken once for a place, and one that holds of many places is said once of all. */
import type { ImportNote } from '#contract/model/import.ts'

export interface NoteBook {
  readonly add: (severity: ImportNote['severity'], where: string, message: string) => void
  readonly all: () => ImportNote[]
}

/** Places that are named in one note. */
const NAMED = 3

export function createNoteBook(): NoteBook {
  const places = new Map<string, { readonly severity: ImportNote['severity']; readonly message: string; readonly where: Set<string> }>()
  return {
    add: (severity, where, message) => {
      const key = `${severity} ${message}`
      const entry = places.get(key) ?? { severity, message, where: new Set<string>() }
      entry.where.add(where)
      places.set(key, entry)
    },
    all: () =>
      [...places.values()].flatMap(({ severity, message, where }): ImportNote[] => {
        if (where.size <= NAMED) return [...where].map((place) => ({ severity, where: place, line: null, message }))
        const [first = ''] = where
        return [{ severity, where: first, line: null, message: `${message} So it is at ${where.size - 1} other places.` }]
      }),
  }
}
