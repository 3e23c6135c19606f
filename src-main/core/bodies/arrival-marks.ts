/**
 * When the bytes of a body came: for each moment how far the body had come by then. Kept for streams of events, so that
 * a finished one can be looked at with its times again. A few bytes for each moment, whatever the length of the body.
 */

/** Beyond so many moments, every second one is forgotten and the clock gets coarser. */
const MAX_MARKS = 500_000

/** What says when a byte came. */
export interface ArrivalTimes {
  /** Milliseconds from the beginning of the request until all before `offset` were there; null where nothing is known of it. */
  readonly at: (offset: number) => number | null
}

export class ArrivalMarks implements ArrivalTimes {
  #ends: number[] = []
  #times: number[] = []
  #resolution = 1

  /** @param end bytes of the decoded body so far @param atMs rises from call to call */
  add(end: number, atMs: number): void {
    const at = Math.round(atMs / this.#resolution) * this.#resolution
    const last = this.#times.length - 1
    if (last >= 0 && (this.#times[last] ?? 0) >= at) {
      this.#ends[last] = end
      return
    }
    this.#ends.push(end)
    this.#times.push(at)
    if (this.#times.length > MAX_MARKS) this.#thin()
  }

  readonly at = (offset: number): number | null => {
    let low = 0
    let high = this.#ends.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#ends[middle] ?? 0) >= offset) high = middle
      else low = middle + 1
    }
    return this.#times[low] ?? null
  }

  /** Differences from one mark to the next, as LEB128: bytes, then milliseconds. */
  toBytes(): Buffer {
    const bytes: number[] = []
    const put = (value: number): void => {
      let rest = value
      while (rest >= 0x80) {
        bytes.push((rest % 0x80) | 0x80)
        rest = Math.floor(rest / 0x80)
      }
      bytes.push(rest)
    }
    this.#ends.forEach((end, index) => {
      put(end - (this.#ends[index - 1] ?? 0))
      put((this.#times[index] ?? 0) - (this.#times[index - 1] ?? 0))
    })
    return Buffer.from(bytes)
  }

  /** The marks that `toBytes` wrote; of a text that is cut short, those before the cut. */
  static fromBytes(bytes: Uint8Array): ArrivalMarks {
    const marks = new ArrivalMarks()
    const numbers: number[] = []
    let value = 0
    let scale = 1
    for (const byte of bytes) {
      value += (byte & 0x7f) * scale
      scale *= 0x80
      if (byte >= 0x80) continue
      numbers.push(value)
      value = 0
      scale = 1
    }
    let [end, at] = [0, 0]
    for (let index = 0; index + 1 < numbers.length; index += 2) {
      end += numbers[index] ?? 0
      at += numbers[index + 1] ?? 0
      marks.#ends.push(end)
      marks.#times.push(at)
    }
    return marks
  }

  /** Of each two the later is right for both. */
  #thin(): void {
    const isKept = (_: number, index: number): boolean => index % 2 === 1 || index === this.#times.length - 1
    const ends = this.#ends.filter(isKept)
    this.#times = this.#times.filter(isKept)
    this.#ends = ends
    this.#resolution *= 2
  }
}
