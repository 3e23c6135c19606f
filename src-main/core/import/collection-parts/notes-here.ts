/** Notes that know where in the tree they are made. */
import type { ImportNote } from '#contract/model/import.ts'
import { createNotes } from '../notes.ts'

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

export function createNotesHere(): NoteBook {
  const notes = createNotes()
  const here = (path: readonly string[]): NotesHere => {
    const where = path.join(SEPARATOR)
    return {
      path,
      lost: (message, line) => notes.add('lost', message, line, where),
      changed: (message, line) => notes.add('changed', message, line, where),
      kept: (message, line) => notes.add('kept', message, line, where),
      in: (name) => here([...path, name]),
    }
  }
  return { ...here([]), all: () => notes.list }
}
