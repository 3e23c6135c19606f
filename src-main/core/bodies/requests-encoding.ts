/**
 * The text encoding of a body as Python requests finds it for `response.text`, for requests that are to behave like it:
 * what it makes of the Content-Type alone, and a guess only where that says nothing.
 *
 * @see requests/utils.py `get_encoding_from_headers`, requests/models.py `Response.text`
 */
import { encodingName } from '../lib/encoding-names.ts'
import { charsetParameter } from './declared-charset.ts'
import { detectEncoding, type DetectedEncoding } from './encoding.ts'

/**
 * @param sample      the first bytes of the decoded body
 * @param contentType header value, empty where there is none
 * @param complete    whether `sample` is the whole body
 */
export function requestsEncoding(sample: Uint8Array, contentType: string, complete: boolean): DetectedEncoding {
  const label = charsetParameter(contentType)
  // A name that Python does not know is passed over in favour of UTF-8.
  if (label !== null) return { encoding: encodingName(label) ?? 'utf-8', from: 'header' }
  // As there, by part of the name, and only in lower case.
  const type = contentType.split(';', 1)[0] ?? ''
  if (type.includes('text')) return { encoding: 'windows-1252', from: 'rules' }
  if (type.includes('application/json')) return { encoding: 'utf-8', from: 'rules' }
  return detectEncoding(sample, '', complete)
}
