/** What a part of a multipart body is called: its file, its field, or the range of the whole that it is. */

import { t } from '../../lib/t.ts'

/** Null where its headers call it nothing. */
export function partLabel(headers: readonly (readonly [string, string])[]): string | null {
  const value = (name: string): string => headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
  const disposition = value('content-disposition')
  const label = parameter(disposition, 'filename') ?? parameter(disposition, 'name') ?? parameter(value('content-type'), 'name')
  return label ?? rangeOf(value('content-range')) ?? (value('content-location') || value('content-id') || null)
}

/** @see RFC 9110 §14.4 */
function rangeOf(contentRange: string): string | null {
  const match = /^bytes (\d+)-(\d+)\//i.exec(contentRange)
  return match ? t`Bytes ${match[1] ?? ''}–${match[2] ?? ''}` : null
}

/** A parameter's value, also of the extended kind (`filename*=UTF-8''…`). @see RFC 8187 §3.2 */
function parameter(header: string, name: string): string | null {
  const extended = new RegExp(`;\\s*${name}\\*\\s*=\\s*utf-8'[^']*'([^;\\s]+)`, 'i').exec(header)?.[1]
  if (extended !== undefined) return decoded(extended)
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:\\\\.|[^"\\\\])*)"|([^;\\s]+))`, 'i').exec(header)
  const text = match?.[1]?.replaceAll(/\\(.)/g, '$1') ?? match?.[2]
  return text === undefined || text === '' ? null : text
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
