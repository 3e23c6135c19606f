/** The beginning of a body as text, to be found by: nothing of what is no text. */
import type { HeaderList } from '#contract/model/exchange.ts'
import type { BodyId } from '#contract/model/ids.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { decoderFor } from '../bodies/encoding.ts'
import { isText } from '#contract/model/is-text.ts'

/** So much of a body can be found. */
const FOUND_BYTES = 64 * 1024
const NO_TEXT = /^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:octet-stream|pdf|zip|gzip|wasm|x-protobuf|grpc))/i

export type TextBodies = Pick<BodyStore, 'read'>

/** @param encoding of the text; null: UTF-8 */
export async function bodyText(bodies: TextBodies, id: BodyId | null, headers: HeaderList, encoding: string | null): Promise<string> {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (id === null || NO_TEXT.test(type)) return ''
  try {
    const bytes = await bodies.read(id, 0, FOUND_BYTES)
    const text = decoderFor(encoding ?? 'utf-8').write(bytes)
    return isText(text) ? formDecoded(text, type) : ''
  } catch {
    return '' // a body that is gone, or in an encoding that is none, is not found by its text
  }
}

function formDecoded(text: string, type: string): string {
  if (!/^application\/x-www-form-urlencoded/i.test(type)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
