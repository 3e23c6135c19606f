/**
 * Undoes the Content-Encoding of a response as it comes in. Better than refusing: what can be decoded is shown, and
 * what could not be is said; of data that is not what its header says, the bytes themselves are kept.
 *
 * @see RFC 9110 §8.4
 */
import { CoreError } from '../lib/core-error.ts'
import { createCodingStage, type CodingStage } from './coding-stage.ts'
import { codingNamed, type Coding } from './content-codings.ts'

/** As many codings on top of each other as requests undoes. */
const MAX_CODINGS = 5
/** How much is remembered, to be kept as it is should nothing of it be decodable. */
const MAX_HELD_BYTES = 1024 * 1024

/**
 * What is both, longer than `bytes` and more than `times` what was received, is taken for a bomb: data made to fill the
 * disk of whoever decodes it. Text is seldom packed to less than a twentieth.
 */
export interface BombLimits {
  readonly bytes: number
  readonly times: number
}
const BOMB: BombLimits = { bytes: 1024 ** 3, times: 100 }

export interface DecodeOutcome {
  readonly warnings: readonly string[]
  /** `ContentDecodingError`; what was decoded before it has been handed on. */
  readonly error: CoreError | null
}

export interface ContentDecoder {
  /**
   * Takes the bytes of the wire in order, and their memory. A promise asks the caller to wait; it rejects where `handOn` does,
   * and with the error that `end` tells of where nothing more is wanted of the wire.
   */
  readonly write: (chunk: Buffer) => void | Promise<void>
  readonly end: () => DecodeOutcome | Promise<DecodeOutcome>
}

/** @param isGiven whether nobody else looks at the chunk's memory any more */
type HandOn = (chunk: Buffer, isGiven: boolean) => void | Promise<void>

/**
 * @param contentEncoding values of the Content-Encoding lines, joined by commas; empty where there is none
 * @param handOn takes the decoded bytes, in order
 */
export function createContentDecoder(contentEncoding: string, handOn: HandOn, bomb: BombLimits = BOMB): ContentDecoder {
  if (contentEncoding === '') return asReceived(handOn, { warnings: [], error: null })
  const { codings, unknown } = codingsOf(contentEncoding)
  const warnings = unknown === null ? [] : [`The Content-Encoding "${unknown}" is not known; the body is shown as it was received.`]
  if (codings.length > MAX_CODINGS) {
    const message = `The response is encoded ${codings.length} times over (${shortened(contentEncoding)}); at most ${MAX_CODINGS} are undone.`
    return asReceived(handOn, { warnings, error: decodingError(message) })
  }
  if (codings.length === 0) return asReceived(handOn, { warnings, error: null })
  return new StackedDecoder(codings, warnings, handOn, bomb)
}

/** In the order to undo them. An unknown one ends the list: nothing under it can be undone. */
function codingsOf(contentEncoding: string): { codings: Coding[]; unknown: string | null } {
  const codings: Coding[] = []
  for (const name of contentEncoding
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .reverse()) {
    if (name === '' || name === 'identity' || name === 'none') continue
    const coding = codingNamed(name)
    if (!coding) return { codings, unknown: name.slice(0, 60) }
    codings.push(coding)
  }
  return { codings, unknown: null }
}

function asReceived(handOn: HandOn, outcome: DecodeOutcome): ContentDecoder {
  return { write: (chunk) => handOn(chunk, true), end: () => outcome }
}

class StackedDecoder implements ContentDecoder {
  readonly #stages: readonly { readonly coding: Coding; readonly stage: CodingStage }[]
  readonly #handOn: HandOn
  readonly #warnings: string[]
  /** Bytes as received, until the first decoded one shows that they are what they should be. */
  #held: Buffer[] | null = []
  #heldBytes = 0
  #work: Promise<void> = Promise.resolve()
  #hasInput = false
  #isRaw = false
  #error: CoreError | null = null
  readonly #bomb: BombLimits
  #received = 0
  #decoded = 0
  /** It was a bomb: nothing more of it is decoded. */
  #isStopped = false

  constructor(codings: readonly Coding[], warnings: string[], handOn: HandOn, bomb: BombLimits) {
    this.#handOn = handOn
    this.#bomb = bomb
    this.#warnings = warnings
    const stages: { readonly coding: Coding; readonly stage: CodingStage }[] = []
    for (const coding of codings.toReversed()) {
      const next = stages.at(0)?.stage
      const out = next ? (chunk: Buffer) => next.write(chunk) : (chunk: Buffer) => this.#deliver(chunk)
      stages.unshift({ coding, stage: createCodingStage(coding, out) })
    }
    this.#stages = stages
  }

  write(chunk: Buffer): Promise<void> {
    this.#hasInput = true
    this.#received += chunk.length
    const work = this.#work.then(() => this.#decode(chunk))
    this.#work = work
    work.catch(() => undefined) // the caller has it too, and `end` throws it again
    return work.then(() => {
      // Whoever sends a bomb may go on for ever.
      if (this.#isStopped && this.#error) throw this.#error
    })
  }

  async end(): Promise<DecodeOutcome> {
    if (!this.#hasInput) return { warnings: this.#warnings, error: null }
    await this.#work
    for (const { coding, stage } of this.#stages) {
      if (this.#isRaw || this.#isStopped) break
      const end = await this.#unlessBomb(() => stage.end())
      if (end === null) break
      if (end.kind === 'broken') await this.#giveUp(coding, end.reason)
      else if (end.kind === 'truncated') {
        this.#warnings.push(`The ${coding.name} data of the response is cut short; what could be decoded is shown.`)
      } else if (end.extraBytes > 0) {
        const count = end.extraBytes === 1 ? '1 byte' : `${end.extraBytes} bytes`
        this.#warnings.push(`After the ${coding.name} data of the response came ${count} more, which are left out.`)
      }
    }
    return { warnings: this.#warnings, error: this.#error }
  }

  async #decode(chunk: Buffer): Promise<void> {
    if (this.#isRaw) return this.#handOn(chunk, false)
    if (this.#isStopped) return
    if (this.#held) this.#hold(chunk)
    await this.#unlessBomb(async () => this.#stages[0]?.stage.write(chunk))
    if (!this.#held) return
    for (const { coding, stage } of this.#stages) {
      const reason = stage.fault()
      if (reason !== null) return this.#giveUp(coding, reason)
    }
  }

  #hold(chunk: Buffer): void {
    this.#heldBytes += chunk.length
    if (this.#heldBytes > MAX_HELD_BYTES) this.#held = null
    else this.#held?.push(chunk)
  }

  #deliver(chunk: Buffer): void | Promise<void> {
    this.#held = null
    this.#decoded += chunk.length
    const { bytes, times } = this.#bomb
    this.#isStopped ||= this.#decoded > bytes && this.#decoded > this.#received * times
    return this.#isStopped ? Promise.reject(new Error('It was a bomb.')) : this.#handOn(chunk, false)
  }

  /** @returns null where that was stopped, which every stage passes on as a failure to take what it decoded */
  async #unlessBomb<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      if (!this.#isStopped) throw error
      this.#error = bombFound(this.#received, this.#bomb)
      return null
    }
  }

  /** Nothing more can be decoded. Where nothing was, the bytes of the wire are the body, from the first on. */
  async #giveUp(coding: Coding, reason: string): Promise<void> {
    const held = this.#held
    const message = `The response says it is encoded as ${coding.name}, but cannot be decoded: ${reason}.`
    this.#error ??= held
      ? decodingError(message, 'The body is shown as it was received. The server may label it wrongly.')
      : decodingError(message, 'What was decoded before the fault is shown.')
    if (!held) return
    this.#isRaw = true
    this.#held = null
    for (const chunk of held) await this.#handOn(chunk, false)
  }
}

function decodingError(message: string, hint = 'The body is shown as it was received.'): CoreError {
  return new CoreError('ContentDecodingError', 'decode', message, { hint })
}

function bombFound(received: number, { bytes, times }: BombLimits): CoreError {
  const message = `The ${received} bytes of the response unpack to more than ${bytes / 1024 ** 2} MiB, over ${times} times as much: unpacking was stopped there.`
  return decodingError(
    message,
    'What was unpacked until then is kept. If this is really data, ask for it as it is: send Accept-Encoding: identity.',
  )
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}
