/** What an export does not say as the model does: each said once for a place, and once of all where it holds of many. */
import type { ImportNote } from '#contract/model/import.ts'

export interface ExportNotes {
  readonly lost: (where: string, message: string) => void
  readonly changed: (where: string, message: string) => void
  readonly all: () => ImportNote[]
}

/** Places that are named one by one. */
const NAMED = 3

export function createExportNotes(): ExportNotes {
  const found = new Map<string, { readonly severity: 'lost' | 'changed'; readonly message: string; readonly where: Set<string> }>()
  const add = (severity: 'lost' | 'changed', where: string, message: string): void => {
    const key = `${severity} ${message}`
    const entry = found.get(key) ?? { severity, message, where: new Set<string>() }
    entry.where.add(where)
    found.set(key, entry)
  }
  return {
    lost: (where, message) => add('lost', where, message),
    changed: (where, message) => add('changed', where, message),
    all: () =>
      [...found.values()].flatMap(({ severity, message, where }): ImportNote[] => {
        if (where.size <= NAMED) return [...where].map((place) => ({ severity, where: place, line: null, message }))
        const [first = ''] = where
        return [{ severity, where: first, line: null, message: `${message} So it is at ${where.size - 1} other places.` }]
      }),
  }
}

/** A name for a file, of the letters that every system takes. */
export function fileNameOf(name: string, ending: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[\s.-]+|[\s.-]+$/g, '')
    .slice(0, 100)
  return `${DEVICE.test(plain) ? '_' : ''}${plain === '' ? 'export' : plain}${ending}`
}

/** Windows' names of devices, whatever stands behind a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
