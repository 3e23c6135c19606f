/** The body of an answer to the clipboard, as it is shown: what “Copy body” does. */
import type { WireError } from '#contract/errors.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { closeView, copyToClipboard, MAX_RANGE_BYTES, notice, openBody, readBytes, saveBody, type BodyFormat } from './bodies.ts'
import { copyPieces, type CopyPieces } from './copy-pieces.ts'
import { t } from '../lib/t.ts'

/**
 * Puts a body on the clipboard as text: formatted where that was asked for and the body is short enough to be formatted
 * at once, else as it came. Failures become notices.
 *
 * @param encoding a label of the WHATWG Encoding standard; null finds it out
 * @param name of the file that a long one may go to instead
 */
export async function copyBody(id: BodyId, contentType: string, format: BodyFormat, encoding: string | null, name: string): Promise<void> {
  // A body that is too long to be laid out at once is not laid out at all for this: its beginning tells that.
  const opened = await openBody(id, contentType, format, encoding, undefined, true)
  if (!opened.ok) {
    notice(opened.error)
    return
  }
  const { viewId, text, encoding: found } = opened.value
  closeView(viewId)
  if (text === null && format === 'text') return notice(wordsNotToCopy)
  if (text === null)
    await copyPieces(
      (pieces) => gatherDecoded(id, found, pieces),
      () => saveBody(id, name),
    )
  else await copyToClipboard(text)
}

/** Hands in the whole body as text, decoded piece by piece, so that no reply is large. */
async function gatherDecoded(id: BodyId, encoding: string, { signal, add }: CopyPieces): Promise<Result<null, WireError>> {
  const decoder = decoderOf(encoding)
  if (decoder === null) return failed(notToCopy(encoding))
  let offset = 0
  while (!signal.aborted) {
    const read = await readBytes(id, offset, MAX_RANGE_BYTES)
    if (!read.ok) return read
    const { bytes, total } = read.value
    offset += bytes.length
    const isLast = offset >= total || bytes.length === 0
    await add(decoder.decode(bytes, { stream: !isLast }), total === 0 ? 1 : offset / total)
    if (isLast) break
  }
  return ok(null)
}

/** Null for the few encodings, such as UTF-32, that core reads and browsers do not. */
function decoderOf(encoding: string): TextDecoder | null {
  try {
    return new TextDecoder(encoding)
  } catch {
    return null
  }
}

function notToCopy(encoding: string): WireError {
  return {
    kind: 'Unavailable',
    stage: 'call',
    message: t`A text in ${encoding} can be copied up to 2 MiB only.`,
    hint: t`Download it to a file.`,
  }
}

const wordsNotToCopy: WireError = {
  kind: 'TooLarge',
  stage: 'call',
  message: t`The words of this body are too many to be copied at once.`,
  hint: t`Select and copy a part of them, or copy the body from its Raw view.`,
}
