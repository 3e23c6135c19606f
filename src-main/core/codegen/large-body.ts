/**
 * A body that is too large to stand in code: the code then reads it from a file that lies beside it. Editors, shells and
 * compilers take no literal of any size, and nobody reads one.
 */
import type { Body, Part, RequestDocument } from '#contract/model/request.ts'
import type { CodeNote } from './code-source.ts'

/** In bytes: the longest literal of Java, and half of the longest argument that a command of Linux may have. */
export const MAX_LITERAL_BYTES = 65_535
/** Parts of a form that are shorter stay in the code in any case. */
const SMALL_PART = 1024

export interface FittedForm {
  readonly form: RequestDocument
  readonly notes: readonly CodeNote[]
}

/** @param bytes of the body as it is sent; null: none is */
export function withoutLargeBody(form: RequestDocument, bytes: number | null): FittedForm {
  const { body } = form
  if (bytes === null || bytes <= MAX_LITERAL_BYTES || body.kind === 'file') return { form, notes: [] }
  if (body.kind === 'multipart' && body.parts.some(({ kind, enabled }) => enabled && kind === 'file'))
    return withSmallParts(form, body.parts)
  const path = `body${endingOf(body)}`
  return { form: { ...form, body: { kind: 'file', path, contentType: '' } }, notes: [readFrom('The body', bytes, path)] }
}

function withSmallParts(form: RequestDocument, parts: readonly Part[]): FittedForm {
  const total = parts.reduce((sum, part) => sum + sizeOf(part), 0)
  if (total <= MAX_LITERAL_BYTES) return { form, notes: [] }
  const notes: CodeNote[] = []
  const fitted = parts.map((part, index): Part => {
    const size = sizeOf(part)
    if (part.kind === 'file' || size <= SMALL_PART) return part
    const path = `part-${index + 1}.txt`
    const { message } = readFrom(`The part ${part.name.slice(0, 60)}`, size, path)
    notes.push({ severity: 'changed', message: `${message} It is sent with that name.` })
    const { name, enabled, contentType, headers } = part
    return { kind: 'file', name, enabled, contentType, headers, files: [path], filename: '' }
  })
  return { form: { ...form, body: { kind: 'multipart', parts: fitted } }, notes }
}

function sizeOf(part: Part): number {
  return part.kind === 'text' && part.enabled ? Buffer.byteLength(part.value) : 0
}

function readFrom(what: string, bytes: number, path: string): CodeNote {
  const message = `${what} of ${Math.ceil(bytes / 1024).toLocaleString('en-US')} KiB is too large to stand in the code: save it as ${path} beside it.`
  return { severity: 'changed', message }
}

function endingOf({ kind }: Body): string {
  return kind === 'json' || kind === 'graphql' ? '.json' : kind === 'xml' ? '.xml' : '.txt'
}
