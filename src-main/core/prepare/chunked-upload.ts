/**
 * One file of a multipart body in parts: every part a body of its own, with a slice of the file and two text fields that
 * say which slice it is and of how many. All else of the body is the same in each, and is not copied.
 */
import { DEFAULT_INDEX_FIELD, DEFAULT_TOTAL_FIELD } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import { segmentsBody, sliceOf, type FileSegment } from './body-segments.ts'
import { closingSegment, partSegments, plainPart, type PreparedPart } from './multipart.ts'
import type { MultipartRules } from './behaviour-rules.ts'
import type { BodySource } from './prepared-request.ts'
import type { Problems } from './problems.ts'

type ChunkedUpload = NonNullable<Options['chunkedUpload']>

/** Every part is an answer to keep. */
const MAX_PARTS = 1000

interface ChunkedContext {
  readonly rules: MultipartRules
  readonly problems: Problems
  readonly warnings: string[]
}

export interface PartBodies {
  readonly bodies: readonly BodySource[]
  /** Another one, where the file, or into how many parts it goes, is another. */
  readonly version: string
}

/**
 * The bodies to send, in order; null where the rows do not allow it, with a problem that says why.
 *
 * @param parts the rows, prepared
 */
export function chunkedSources(
  parts: readonly PreparedPart[],
  boundary: string,
  option: ChunkedUpload,
  { rules, problems, warnings }: ChunkedContext,
): PartBodies | null {
  const names = fieldNames(option)
  if (!isCountRight(option.parts, problems) || !areNamesRight(names, problems)) return null
  const files = parts.filter((part) => part.file !== null)
  const file = files[0]?.file
  if (!file || files.length > 1) {
    // A row without its file has a problem of its own.
    if (problems.found.some(({ where }) => where?.field === 'files')) return null
    addProblem(
      problems,
      'parts',
      files.length === 0 ? 'There is no file to send in parts.' : `There are ${files.length} files; only one can be sent in parts.`,
      'Add one file row, or turn off Send in parts.',
    )
    return null
  }
  const slices = slicesOf(file, option.parts)
  if (slices.length < option.parts)
    warnings.push(`The file has ${file.bytes} bytes, so it is sent in ${slices.length} ${slices.length === 1 ? 'part' : 'parts'}.`)
  return { bodies: bodiesOf(parts, slices, { boundary, names, rules, warnings }), version: `${slices.length} × ${file.version}` }
}

/** The slices of a file: of one length but for the last, none of them empty unless the file is. */
export function slicesOf(file: FileSegment, count: number): FileSegment[] {
  const length = Math.max(1, Math.ceil(file.bytes / count))
  const slices: FileSegment[] = []
  for (let start = 0; start < file.bytes; start += length) slices.push(sliceOf(file, start, Math.min(length, file.bytes - start)))
  return slices.length === 0 ? [file] : slices
}

interface FieldNames {
  readonly index: string
  readonly total: string
}

function fieldNames({ indexField, totalField }: ChunkedUpload): FieldNames {
  return { index: indexField || DEFAULT_INDEX_FIELD, total: totalField || DEFAULT_TOTAL_FIELD }
}

function bodiesOf(
  parts: readonly PreparedPart[],
  slices: readonly FileSegment[],
  {
    boundary,
    names,
    rules,
    warnings,
  }: Pick<ChunkedContext, 'rules' | 'warnings'> & { readonly boundary: string; readonly names: FieldNames },
): BodySource[] {
  const isFilledIn = (part: PreparedPart): boolean => part.file === null && (part.name === names.index || part.name === names.total)
  const typed = [...new Set(parts.filter(isFilledIn).map(({ name }) => name))]
  if (typed.length > 0)
    warnings.push(`Send in parts fills in ${typed.join(' and ')} itself; the ${typed.length === 1 ? 'row is' : 'rows are'} left out.`)
  const rest = parts.filter((part) => !isFilledIn(part))
  const at = rest.findIndex((part) => part.file !== null)
  const [before, after] = [partSegments(rest.slice(0, at)), partSegments(rest.slice(at + 1))]
  const closing = closingSegment(boundary)
  return slices.map((slice, index) => {
    const fields = [plainPart(names.index, String(index), boundary, rules), plainPart(names.total, String(slices.length), boundary, rules)]
    const own = partSegments([...fields, ...rest.slice(at, at + 1).map((part) => ({ ...part, file: slice }))])
    return segmentsBody([...before, ...own, ...after, closing])
  })
}

function isCountRight(count: number, problems: Problems): boolean {
  if (count >= 1 && count <= MAX_PARTS) return true
  addProblem(problems, 'parts', `A file cannot be sent in ${count} parts; it must be from 1 to ${MAX_PARTS}.`)
  return false
}

function areNamesRight({ index, total }: FieldNames, problems: Problems): boolean {
  if (index !== total) return true
  addProblem(problems, 'totalField', `The two fields of a part cannot have the same name "${index}".`)
  return false
}

/** Beside the switch, which stands with the rows of the body. */
function addProblem(problems: Problems, field: keyof ChunkedUpload, message: string, hint?: string): void {
  problems.add('InvalidOption', { section: 'body', field: `chunkedUpload.${field}` }, message, hint)
}
