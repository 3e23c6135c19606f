/**
 * What really went over a connection in one exchange, both ways: the head of the request as it was written, the start
 * of its body, and what came back until that could be understood. The transports fill it in.
 */
export const SENT_BODY_BYTES = 1024 * 1024
const RECEIVED_BYTES = 64 * 1024

export interface WireRecord {
  /** Request line and header block as written, without the empty line; each character is a byte. */
  readonly sentHead: () => string
  /** How many bytes of body were given to the socket, without the framing of chunks. */
  readonly sentBodyBytes: () => number
  /** The first MiB of them. */
  readonly sentBodyStart: () => readonly Uint8Array[]
  /** What came since the exchange began, up to 64 KiB, and no further than the head. */
  readonly received: () => Buffer
  readonly hasReceived: () => boolean
  /** Forget what was seen: an idle connection should hold no memory. */
  readonly forget: () => void
}

/** A record that can be written to. */
export interface WireRecorder extends WireRecord {
  readonly wroteHead: (head: string) => void
  /** @param isLent whether its buffer is filled anew later, so that what is kept must be a copy */
  readonly wroteBody: (chunk: Uint8Array, isLent?: boolean) => void
  readonly cameIn: (chunk: Buffer) => void
  /** The head of the reply is understood: what comes from now on is kept elsewhere. */
  readonly headCame: () => void
}

export function createWireRecorder(): WireRecorder {
  let head = ''
  let sent: Uint8Array[] = []
  let sentBytes = 0
  let keptBytes = 0
  let received: Buffer[] = []
  let receivedBytes = 0
  let isReading = true
  return {
    sentHead: () => head,
    sentBodyBytes: () => sentBytes,
    sentBodyStart: () => sent,
    received: () => Buffer.concat(received).subarray(0, RECEIVED_BYTES),
    hasReceived: () => receivedBytes > 0,
    wroteHead: (text) => {
      head = text
    },
    wroteBody: (chunk, isLent = false) => {
      sentBytes += chunk.byteLength
      if (keptBytes >= SENT_BODY_BYTES) return
      const kept = chunk.subarray(0, SENT_BODY_BYTES - keptBytes)
      sent.push(isLent ? Uint8Array.from(kept) : kept)
      keptBytes += kept.byteLength
    },
    cameIn: (chunk) => {
      if (!isReading || receivedBytes >= RECEIVED_BYTES) return
      received.push(chunk)
      receivedBytes += chunk.length
    },
    headCame: () => {
      isReading = false
    },
    forget: () => {
      head = ''
      sent = []
      sentBytes = 0
      keptBytes = 0
      received = []
      receivedBytes = 0
      isReading = true
    },
  }
}
