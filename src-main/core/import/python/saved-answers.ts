/**
 * What a script does with its answers beside looking at them: streams them (`stream=True`) and writes them to files. A
 * request here has no place for that, so it is told, and the file's name is kept in its docs.
 */
import type { ImportNote } from '#contract/model/import.ts'
import type { MadeRequest } from './made-request.ts'
import type { Machine } from './machine.ts'
import type { Span } from './syntax.ts'
import type { Text } from './text.ts'
import { NONE, truth, type SessionValue, type Value } from './values.ts'

/** Whether a call says that its answer is streamed, or its session does. */
export function isStreamed(given: Value | undefined, session: SessionValue | null): boolean {
  const value = given && given.kind !== 'none' ? given : session?.attributes.get('stream')
  return value !== undefined && truth(value) === true
}

/** Notes that what is written to a file is an answer; anything else is passed over. */
export function writes(path: Text, written: Value | undefined, at: Span, machine: Machine): Value {
  const made = written?.kind === 'unknown' && written.ofAnswer !== undefined ? machine.requests[written.ofAnswer] : undefined
  if (made) made.savedTo.add(shown(path))
  else machine.passedOver.add(machine.lineOf(at.from))
  return NONE
}

function shown(path: Text): string {
  return path.map((part) => (typeof part === 'string' ? part : part.kind === 'variable' ? `{{${part.name}}}` : '…')).join('')
}

export function savedDocs({ savedTo }: MadeRequest): string[] {
  return savedTo.size === 0 ? [] : [`The script writes the answer to ${[...savedTo].map((path) => `\`${path}\``).join(', ')}.`]
}

export function savedNotes({ savedTo, isStreamed: streams, line }: MadeRequest): ImportNote[] {
  if (savedTo.size === 0) {
    if (!streams) return []
    return [
      { severity: 'changed', where: '', line, message: 'The script streams the answer (stream=True), as is done here with every answer.' },
    ]
  }
  const message = `The script writes the answer to ${[...savedTo].join(', ')}, as its docs say. “Send and download…” saves an answer here.`
  return [{ severity: 'kept', where: '', line, message }]
}
