/** The error for a text that an importer cannot read: where it breaks, if it is broken, else that it is something else. */
import { CoreError } from '../../lib/core-error.ts'
import { MAX_DEPTH } from '../bounds.ts'
import type { SourceFile } from '../import-source.ts'
import { textFault } from '../text-fault.ts'

/**
 * @param what what was expected, with its article: `a Postman collection`
 * @param hint what to do instead
 */
export function unreadable(file: SourceFile, what: string, hint: string): CoreError {
  const { name } = file
  return (
    textFault(file) ??
    new CoreError('Unreadable', 'resolve', `${name || 'The text'} is not ${what}.`, {
      hint,
      ...(name !== '' && { details: { file: name } }),
    })
  )
}

/**
 * Folders that name their parents can be nested as deep as there are folders; what reads them recurses.
 *
 * @throws {CoreError} `Unreadable`
 */
export function checkNesting(depth: number): void {
  if (depth <= MAX_DEPTH) return
  throw new CoreError('Unreadable', 'resolve', `Its folders are nested more than ${MAX_DEPTH} levels deep.`, {
    hint: 'No program writes that on purpose.',
  })
}

/** As `unreadable`, for a text whose place of the fault is known. */
export function brokenAt(file: SourceFile, line: number, column: number, message: string): CoreError {
  return new CoreError('Unreadable', 'resolve', `${file.name || 'The text'}, line ${line}, column ${column}: ${message}.`, {
    hint: 'Nothing was imported. Mend that place, or export it anew.',
    details: { file: file.name, line, column },
  })
}
