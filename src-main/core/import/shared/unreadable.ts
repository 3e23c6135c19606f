/** The error for a text that an importer cannot read: where it breaks, if it is broken, else that it is something else. */
import { parseAllDocuments } from 'yaml'
import { jsonFault } from '#contract/json-text.ts'
import { CoreError } from '../../lib/core-error.ts'
import { MAX_DEPTH, type SourceFile } from '../import-source.ts'

/**
 * @param what what was expected, with its article: `a Postman collection`
 * @param hint what to do instead
 */
export function unreadable(file: SourceFile, what: string, hint: string): CoreError {
  const name = file.name || 'The text'
  const fault = faultOf(file)
  if (fault === null) return new CoreError('Unreadable', 'resolve', `${name} is not ${what}.`, { hint, details: { file: file.name } })
  const { line, column, message } = fault
  return new CoreError('Unreadable', 'resolve', `${name}, line ${line}, column ${column}: ${message}.`, {
    hint: 'Nothing was imported. Mend that place, or export it anew.',
    details: { file: file.name, line, column },
  })
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

function faultOf(file: SourceFile): { readonly line: number; readonly column: number; readonly message: string } | null {
  if (/^\s*[[{]/.test(file.text)) return file.json() === undefined ? jsonFault(file.text) : null
  if (file.data() !== undefined) return null
  const [first] = parseAllDocuments(file.text)
  const error = first?.errors[0]
  const at = error?.linePos?.[0]
  if (!error || !at) return null
  return { line: at.line, column: at.col, message: (error.message.split(' at line ')[0] ?? error.message).replace(/[.:]$/, '') }
}
