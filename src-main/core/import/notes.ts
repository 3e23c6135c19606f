/** Notes of an import as they are made: what could not be carried over, or stands in another form. Each is said once. */
import type { ImportNote } from '#contract/model/import.ts'
import { CoreError } from '../lib/core-error.ts'

/** More of them than anyone reads are made by texts that are of another format. */
const MAX_NOTES = 1000

export interface Notes {
  readonly list: readonly ImportNote[]
  /** @param message one sentence that holds no secret */
  readonly add: (severity: ImportNote['severity'], message: string, line?: number | null, where?: string) => void
}

export function createNotes(): Notes {
  const list: ImportNote[] = []
  const said = new Set<string>()
  return {
    list,
    add: (severity, message, line = null, where = '') => {
      const key = `${severity} ${where} ${line} ${message}`
      if (said.has(key) || list.length >= MAX_NOTES) return
      said.add(key)
      list.push({ severity, where, line, message })
    },
  }
}

/** Something that is not what its format says, with its place, for `throw`. */
export function unreadable(message: string, file: string, line: number, column: number, hint?: string): CoreError {
  return new CoreError('Unreadable', 'resolve', message, { ...(hint !== undefined && { hint }), details: { file, line, column } })
}

/** The start of a text, to be shown in a message. */
export function shown(text: string): string {
  const plain = text.replace(/[\0-\x1f\x7f]+/g, ' ')
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain
}
