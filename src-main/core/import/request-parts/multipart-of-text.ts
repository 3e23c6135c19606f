/** The text of a multipart/form-data body as parts, where putting them together gives the text again. */
import type { Body, Part } from '#contract/model/request.ts'

const MAX_PARTS = 1000
const HEAD = /^Content-Disposition: form-data; name="([^"\r\n]*)"(?:; filename="([^"\r\n]*)")?(?:\r\nContent-Type: ([^\r\n]+))?$/i

/**
 * @param contentType with its boundary
 * @returns null where the parts hold more than a form's, or a file's content: the text is then sent as it is
 */
export function multipartOfText(text: string, contentType: string): Body | null {
  const boundary = boundaryOf(contentType)
  if (boundary === null) return null
  const start = `--${boundary}\r\n`
  const end = `\r\n--${boundary}--`
  if (!text.startsWith(start) || !text.trimEnd().endsWith(end)) return null
  const pieces = text.slice(start.length, text.lastIndexOf(end)).split(`\r\n--${boundary}\r\n`)
  if (pieces.length > MAX_PARTS) return null
  const parts = pieces.map(partOf)
  return parts.every((part) => part !== null) ? { kind: 'multipart', parts } : null
}

export function boundaryOf(contentType: string): string | null {
  const found = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType)
  return found?.[1] ?? found?.[2] ?? null
}

/** Browsers copy a file as its name alone. */
function partOf(text: string): Part | null {
  const gap = text.indexOf('\r\n\r\n')
  const [, name, filename, contentType = ''] = HEAD.exec(text.slice(0, Math.max(gap, 0))) ?? []
  if (name === undefined || /%(?:22|0D|0A)/i.test(name + (filename ?? ''))) return null
  const value = text.slice(gap + 4)
  if (filename === undefined) return { kind: 'text', name, value, enabled: true, contentType, headers: [] }
  if (value !== '') return null
  return { kind: 'file', name, files: filename === '' ? [] : [filename], filename: '', enabled: true, contentType, headers: [] }
}
