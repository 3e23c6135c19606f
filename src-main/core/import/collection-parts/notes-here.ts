/** Notes of an import as they come up: what each says, and where in the tree it was. The same one is taken once. */
import type { ImportNote } from '#contract/model/import.ts'

export interface NotesHere {
  /** Names from the outside in. */
  readonly path: readonly string[]
  /** Could not be carried over. */
  readonly lost: (message: string, line?: number) => void
  /** Stands in another form. */
  readonly changed: (message: string, line?: number) => void
  /** Carried over as text that does nothing yet. */
  readonly kept: (message: string, line?: number) => void
  /** The notes of what is inside. */
  readonly in: (name: string) => NotesHere
}

export interface NoteBook extends NotesHere {
  /** All that were made, in order. */
  readonly all: () => readonly ImportNote[]
}

const SEPARATOR = ' / '

export function createNotes(): NoteBook {
  const notes: ImportNote[] = []
  const known = new Set<string>()
  const add = (severity: ImportNote['severity'], where: string, message: string, line: number | null): void => {
    const key = `${severity}\n${where}\n${line ?? ''}\n${message}`
    if (known.has(key)) return
    known.add(key)
    notes.push({ severity, where, line, message })
  }
  const here = (path: readonly string[]): NotesHere => {
    const where = path.join(SEPARATOR)
    return {
      path,
      lost: (message, line) => add('lost', where, message, line ?? null),
      changed: (message, line) => add('changed', where, message, line ?? null),
      kept: (message, line) => add('kept', where, message, line ?? null),
      in: (name) => here([...path, name]),
    }
  }
  return { ...here([]), all: () => notes }
}
