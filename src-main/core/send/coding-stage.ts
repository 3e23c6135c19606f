/**
 * Undoes one content coding as bytes come. It keeps whatever could be decoded: of data that is cut short, that is
 * followed by other bytes, or that goes wrong half-way. What to make of these is for `decode-content.ts`.
 */
import { crc32 } from 'node:zlib'
import type { Coding, Engine } from './content-codings.ts'

/** A header that is longer than this is none. */
const MAX_HEADER_BYTES = 64 * 1024
const NOTHING = Buffer.alloc(0)

export type StageEnd =
  | { readonly kind: 'whole'; readonly extraBytes: number }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'broken'; readonly reason: string }

export interface CodingStage {
  /** Decode bytes; one call at a time. Resolves when more may come; rejects where the decoded bytes could not be taken. */
  readonly write: (chunk: Buffer) => Promise<void>
  /** Why the data cannot be decoded any further; null while it can. */
  readonly fault: () => string | null
  /** No more bytes come. Resolves after the last decoded byte was handed on. */
  readonly end: () => Promise<StageEnd>
}

/** @param handOn takes decoded bytes; the engine pauses while its promise is pending */
export function createCodingStage(coding: Coding, handOn: (chunk: Buffer) => void | Promise<void>): CodingStage {
  return new Stage(coding, handOn)
}

class Stage implements CodingStage {
  readonly #coding: Coding
  readonly #handOn: (chunk: Buffer) => void | Promise<void>
  #phase: 'header' | 'data' | 'trailer' | 'after' = 'header'
  #member: Member | null = null
  /** Bytes of a header or trailer that is not whole yet. */
  #pending: Buffer = NOTHING
  #members = 0
  #crc = 0
  #extraBytes = 0
  #broken: string | null = null

  constructor(coding: Coding, handOn: (chunk: Buffer) => void | Promise<void>) {
    this.#coding = coding
    this.#handOn = handOn
  }

  async write(chunk: Buffer): Promise<void> {
    let rest = chunk
    while (rest.length > 0 && this.#broken === null) {
      if (this.#phase === 'header') rest = this.#startMember(rest, false)
      else if (this.#phase === 'data') rest = await this.#feed(rest)
      else if (this.#phase === 'trailer') rest = this.#readTrailer(rest)
      else {
        this.#extraBytes += rest.length
        return
      }
    }
  }

  fault(): string | null {
    return this.#broken
  }

  async end(): Promise<StageEnd> {
    if (this.#broken === null && this.#phase === 'header' && this.#pending.length > 0) {
      const rest = this.#startMember(NOTHING, true)
      if (rest.length > 0) await this.#feed(rest)
    }
    if (this.#broken === null && this.#member) {
      if (!(await this.#member.finish())) return { kind: 'truncated' }
      this.#closeMember()
    }
    if (this.#broken !== null) return { kind: 'broken', reason: this.#broken }
    const isWhole = this.#members > 0 && (this.#phase === 'after' || this.#phase === 'header')
    return isWhole ? { kind: 'whole', extraBytes: this.#extraBytes + this.#pending.length } : { kind: 'truncated' }
  }

  /** Look for a member at the start of what came; what follows its header is given back. */
  #startMember(chunk: Buffer, isAll: boolean): Buffer {
    const bytes = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk
    const start = this.#coding.start(bytes, isAll)
    this.#pending = NOTHING
    if (start === 'more' && bytes.length < MAX_HEADER_BYTES) {
      this.#pending = bytes
    } else if (typeof start === 'object') {
      this.#member = new Member(start.engine, this.#handOn, this.#coding.checksum !== null)
      this.#phase = 'data'
      return bytes.subarray(start.headerBytes)
    } else if (this.#members === 0) {
      this.#broken = `it is not ${this.#coding.name} data`
    } else {
      this.#phase = 'after'
      this.#extraBytes = bytes.length
    }
    return NOTHING
  }

  /** Give bytes to the member's engine; those after the end of its data come back. */
  async #feed(chunk: Buffer): Promise<Buffer> {
    const member = this.#member
    if (!member) return NOTHING
    const left = await member.feed(chunk)
    if (member.failure !== null) {
      this.#member = null
      if (this.#coding.repeats && this.#coding.isForeign(member.failure) && member.hasOutput) {
        this.#phase = 'after'
        this.#members += 1
        this.#extraBytes = chunk.length
      } else this.#broken = member.failure
      return NOTHING
    }
    if (left === 0) return NOTHING
    if (!(await member.finish())) return NOTHING
    this.#closeMember()
    return chunk.subarray(chunk.length - left)
  }

  #closeMember(): void {
    this.#crc = this.#member?.crc ?? 0
    this.#member = null
    this.#members += 1
    this.#phase = this.#coding.trailerBytes > 0 ? 'trailer' : this.#nextPhase()
  }

  #nextPhase(): 'header' | 'after' {
    return this.#coding.repeats ? 'header' : 'after'
  }

  #readTrailer(chunk: Buffer): Buffer {
    const bytes = Buffer.concat([this.#pending, chunk])
    const { trailerBytes, checksum } = this.#coding
    this.#pending = bytes.length < trailerBytes ? bytes : NOTHING
    if (bytes.length < trailerBytes) return NOTHING
    this.#phase = this.#nextPhase()
    if (checksum && checksum(bytes) !== this.#crc) this.#broken = 'its checksum is not that of its data'
    return bytes.subarray(trailerBytes)
  }
}

/** One member's data and the engine that reads it. */
class Member {
  readonly #engine: Engine
  /** Decoded bytes on their way to whoever takes them. */
  #delivery: Promise<void> | null = null
  #fed = 0
  #wake: () => void = () => undefined
  #refusal: { readonly error: unknown } | null = null
  crc = 0
  failure: string | null = null
  hasOutput = false

  constructor(engine: Engine, handOn: (chunk: Buffer) => void | Promise<void>, isChecked: boolean) {
    this.#engine = engine
    engine.on('error', (error) => {
      this.failure ??= error.message
      this.#wake()
    })
    engine.on('end', () => this.#wake())
    engine.on('data', (chunk: Buffer) => {
      this.hasOutput = true
      if (isChecked) this.crc = crc32(chunk, this.crc)
      const taken = handOn(chunk)
      if (taken) this.#waitFor(taken)
    })
  }

  #waitFor(taken: Promise<void>): void {
    this.#engine.pause()
    this.#delivery = taken
      .catch((error: unknown) => {
        this.#refusal ??= { error }
        // Nobody takes what else the engine would make of what it was given, and that can be thousands of times as much.
        this.#engine.destroy()
        this.#wake()
      })
      .then(() => {
        this.#delivery = null
        if (!this.#refusal) this.#engine.resume()
      })
  }

  /** @returns how many of the bytes lie after the end of the data. */
  async feed(chunk: Buffer): Promise<number> {
    this.#fed += chunk.length
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      this.#engine.write(chunk, (error) => {
        if (error) this.failure ??= error.message
        resolve()
      })
    })
    if (this.#refusal) throw this.#refusal.error as Error
    return this.#fed - this.#engine.bytesWritten
  }

  /**
   * No more bytes come, or the data ended: hand on what is left.
   *
   * @returns whether the data is whole
   */
  async finish(): Promise<boolean> {
    // An engine that fails drops what it has not handed on yet, so everything is taken out before it is asked to end.
    while (!this.#refusal && (this.#engine.readableLength > 0 || this.#delivery)) await this.#nextDelivery()
    if (!this.#refusal && !this.#engine.readableEnded && this.failure === null) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        this.#engine.end()
      })
    }
    await this.#delivered()
    if (this.#refusal) throw this.#refusal.error as Error
    this.#engine.destroy()
    return this.#engine.readableEnded
  }

  async #nextDelivery(): Promise<void> {
    if (this.#delivery) await this.#delivery
    else await new Promise((resolve) => this.#engine.once('data', resolve).once('end', resolve))
  }

  async #delivered(): Promise<void> {
    while (this.#delivery) await this.#delivery
  }
}
