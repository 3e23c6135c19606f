/** Ranges of a body's bytes for the hex view: looked through, and copied. */
import type { WireError } from '#contract/errors.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { copyToClipboard, notice, readBytes } from '../../actions/bodies.ts'
import { indexOfBytes, type ByteSpan } from './hex-selection.ts'
import { t } from '../../lib/t.ts'

export type CopiedAs = 'hex' | 'text'

const RANGE_BYTES = 262_144
/** Three characters each in the clipboard. */
const MAX_COPIED_BYTES = 4 * 1024 * 1024

/**
 * Looks for bytes from an offset on and, once at the end, from the beginning: range by range, so that nothing large is
 * ever here.
 *
 * @returns null where they are nowhere, or once `signal` is aborted
 */
export async function findBytes(id: BodyId, total: number, pattern: Uint8Array, from: number, signal: AbortSignal): Promise<number | null> {
  const behind = await findBetween(id, pattern, from, total, signal)
  return behind ?? (from > 0 ? findBetween(id, pattern, 0, Math.min(total, from + pattern.length - 1), signal) : null)
}

async function findBetween(id: BodyId, pattern: Uint8Array, from: number, to: number, signal: AbortSignal): Promise<number | null> {
  // Ranges overlap, so that what lies across their ends is found.
  const step = RANGE_BYTES - pattern.length + 1
  if (step <= 0) return null
  for (let offset = from; offset < to; offset += step) {
    const read = await readBytes(id, offset, Math.min(RANGE_BYTES, to - offset), signal)
    if (!read.ok || signal.aborted) return null
    const at = indexOfBytes(read.value.bytes, pattern, 0)
    if (at >= 0) return offset + at
  }
  return null
}

/** Puts a range on the clipboard, as pairs of hex digits or as text in UTF-8. Failures become notices. */
export async function copyBytes(id: BodyId, { first, last }: ByteSpan, as: CopiedAs): Promise<void> {
  const length = last - first + 1
  if (length > MAX_COPIED_BYTES) return notice(TOO_MANY)
  const parts: Uint8Array[] = []
  for (let offset = first; offset <= last; offset += RANGE_BYTES) {
    const read = await readBytes(id, offset, Math.min(RANGE_BYTES, last - offset + 1))
    if (!read.ok) return notice(read.error)
    parts.push(read.value.bytes)
  }
  const decoder = new TextDecoder()
  const text =
    as === 'hex'
      ? parts.map((bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')).join(' ')
      : parts.map((bytes) => decoder.decode(bytes, { stream: true })).join('') + decoder.decode()
  await copyToClipboard(text)
}

const TOO_MANY: WireError = {
  kind: 'TooLarge',
  stage: 'call',
  message: t`More than 4 MiB of bytes are too much for the clipboard.`,
  hint: t`Select fewer, or download the body to a file.`,
}
