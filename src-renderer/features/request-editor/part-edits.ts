/** Edits of one multipart row. Switching between text and file keeps what was typed where the other kind has a place for it. */
import type { FilePart, Part } from '#contract/model/request.ts'
import type { RowRules } from '../../ui/key-value-table/index.ts'

export const PART_RULES: RowRules<Part> = {
  blank: { kind: 'text', name: '', value: '', enabled: true, contentType: '', headers: [] },
  isBlank: (part) =>
    part.kind === 'text' &&
    part.name === '' &&
    part.value === '' &&
    part.enabled &&
    part.contentType === '' &&
    part.headers.length === 0 &&
    (part.description ?? '') === '',
}

/** The row as another kind. A text becomes a file's path only if it looks like one; nothing typed elsewhere is lost. */
export function withPartKind(part: Part, kind: Part['kind']): Part {
  if (part.kind === kind) return part
  const { name, enabled, contentType, headers, description } = part
  const base = { name, enabled, contentType, headers, ...(description !== undefined && { description }) }
  if (part.kind === 'file') return { kind: 'text', ...base, value: part.files.join('\n') }
  return { kind: 'file', ...base, files: part.value.split('\n').filter((line) => line.trim() !== ''), filename: '' }
}

/** A file row with further files; ones it already has are not added twice. */
export function withFiles(part: FilePart, paths: readonly string[]): FilePart {
  const added = paths.filter((path, index) => path !== '' && !part.files.includes(path) && paths.indexOf(path) === index)
  return added.length === 0 ? part : { ...part, files: [...part.files, ...added] }
}

/** A file row without one of its files; the name it was sent under goes with the last. */
export function withoutFile(part: FilePart, index: number): FilePart {
  const files = part.files.filter((_, at) => at !== index)
  return { ...part, files, filename: files.length === 0 ? '' : part.filename }
}

/** Whether a row's detail holds anything, so that a closed one can say so. */
export function hasPartDetail(part: Part): boolean {
  return part.contentType !== '' || part.headers.length > 0 || (part.kind === 'file' && part.filename !== '')
}
