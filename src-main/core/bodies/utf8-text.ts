/**
 * Turns bytes of any text encoding into valid UTF-8 without byte order mark, so that every later step knows one
 * encoding only. Bytes that already are valid UTF-8, which is nearly always, pass through unchanged and undecoded.
 */
import { isUtf8 } from 'node:buffer'
import type { ByteSink, ByteStage } from './byte-stage.ts'
import { encodingName } from '../lib/encoding-names.ts'
import { decoderFor } from './encoding.ts'
import { incompleteTail } from './utf8.ts'

/**
 * @param encoding  any label of a text encoding
 * @param sink      gets whole characters only
 * @throws {CoreError} `InvalidOption`: the encoding is not known
 */
export function toUtf8(encoding: string, sink: ByteSink): ByteStage {
  if (encodingName(encoding) === 'utf-8') return mendUtf8(sink)
  const decoder = decoderFor(encoding)
  const push = (text: string): void => {
    if (text !== '') sink(Buffer.from(text, 'utf8'))
  }
  return { write: (bytes) => push(decoder.write(bytes)), end: () => push(decoder.end()) }
}

function mendUtf8(sink: ByteSink): ByteStage {
  let held = Buffer.alloc(0)
  let atStart = true
  const push = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return
    const text = atStart && hasMark(bytes) ? bytes.subarray(3) : bytes
    atStart = false
    sink(isUtf8(text) ? text : Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(text), 'utf8'))
  }
  return {
    write: (bytes) => {
      const all = held.length === 0 ? bytes : Buffer.concat([held, bytes])
      // Cutting before the lead byte of an unfinished character never changes how the rest is decoded.
      const tail = incompleteTail(all)
      held = Buffer.from(all.subarray(all.length - tail))
      push(all.subarray(0, all.length - tail))
    },
    end: () => {
      push(held)
      held = Buffer.alloc(0)
    },
  }
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}
