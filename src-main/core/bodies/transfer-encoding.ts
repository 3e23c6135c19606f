/**
 * Undoes the Content-Transfer-Encoding of a part, piece by piece. HTTP itself has none, but parts that came by mail's
 * rules do. What is not valid is passed over, as readers of mail do.
 *
 * @see RFC 2045 §6.7, §6.8
 */
import type { ByteSink, ByteStage } from './byte-stage.ts'

/** @param name value of the header; what is not known leaves the bytes as they are */
export function undoTransferEncoding(name: string, sink: ByteSink): ByteStage {
  switch (name.trim().toLowerCase()) {
    case 'base64':
      return base64(sink)
    case 'quoted-printable':
      return quotedPrintable(sink)
    default:
      return { write: sink, end: () => undefined }
  }
}

function base64(sink: ByteSink): ByteStage {
  let held = ''
  return {
    write: (bytes) => {
      const text =
        held +
        Buffer.from(bytes)
          .toString('latin1')
          .replaceAll(/[^A-Za-z0-9+/]/g, '')
      const whole = text.length - (text.length % 4)
      held = text.slice(whole)
      if (whole > 0) sink(Buffer.from(text.slice(0, whole), 'base64'))
    },
    end: () => {
      if (held.length > 1) sink(Buffer.from(held, 'base64'))
    },
  }
}

function quotedPrintable(sink: ByteSink): ByteStage {
  let held = ''
  const decode = (text: string): void => {
    const plain = text
      .replaceAll(/[ \t]+(?=\r?\n)/g, '')
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    if (plain !== '') sink(Buffer.from(plain, 'latin1'))
  }
  return {
    write: (bytes) => {
      const text = held + Buffer.from(bytes).toString('latin1')
      // What may be the beginning of an escape, or blanks before a line break, waits for what follows.
      const tail = /(?:=[0-9a-f\r]?|[ \t\r]+)$/i.exec(text)?.[0].length ?? 0
      held = text.slice(text.length - tail)
      decode(text.slice(0, text.length - tail))
    },
    end: () => decode(held),
  }
}
