/**
 * What a JSON text is at its top, found in one pass over its bytes: a list and where its items stand, or another single
 * value. Whether everything inside is right is not its business: who shows the text says that.
 */

export type JsonTop =
  /** `start` and `end`: offsets in bytes of what is between the brackets. */
  | { readonly kind: 'list'; readonly start: number; readonly end: number; readonly items: number }
  /** `start` and `end`: offsets in bytes of the value. */
  | { readonly kind: 'value'; readonly start: number; readonly end: number }
  /** Several values, or none, or no JSON. */
  | { readonly kind: 'none' }

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d]
const BOM = [0xef, 0xbb, 0xbf]

/** Reads bytes in whatever pieces they come; each byte is looked at once. */
export class JsonTopScanner {
  #offset = 0
  #depth = 0
  #isInText = false
  #isEscaped = false
  #start = -1
  #end = -1
  #isList = false
  #isWrong = false
  #items = 0
  #hasItem = false

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#take(byte)
      this.#offset += 1
    }
  }

  end(): JsonTop {
    if (this.#isWrong || this.#depth !== 0 || this.#isInText || this.#start < 0) return { kind: 'none' }
    const end = this.#end < 0 ? this.#offset : this.#end
    if (!this.#isList) return { kind: 'value', start: this.#start, end }
    return { kind: 'list', start: this.#start + 1, end: end - 1, items: this.#items + (this.#hasItem ? 1 : 0) }
  }

  #take(byte: number): void {
    if (this.#isInText) this.#inText(byte)
    else if (!this.#isSpace(byte)) this.#token(byte)
    else if (this.#depth === 0 && this.#start >= 0 && this.#end < 0) this.#end = this.#offset
  }

  #inText(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false
    else if (byte === BACKSLASH) this.#isEscaped = true
    else if (byte === QUOTE) {
      this.#isInText = false
      this.#closedAtTop()
    }
  }

  #token(byte: number): void {
    if (this.#depth === 0) this.#atTop(byte)
    else if (this.#depth === 1 && byte === COMMA) {
      this.#items += 1
      this.#hasItem = false
    } else if (!(this.#depth === 1 && byte === CLOSE_LIST)) this.#hasItem = true
    if (byte === QUOTE) this.#isInText = true
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.#depth += 1
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      this.#depth -= 1
      if (this.#depth === 0 && this.#isList !== (byte === CLOSE_LIST)) this.#isWrong = true
      this.#closedAtTop()
    }
  }

  #atTop(byte: number): void {
    if (this.#end >= 0 || byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT) this.#isWrong = true
    else if (this.#start < 0) {
      this.#start = this.#offset
      this.#isList = byte === OPEN_LIST
      // A word or a number ends where space does; what else there is begins no value.
      if (!/[[{"\-0-9tfn]/.test(String.fromCharCode(byte))) this.#isWrong = true
    }
  }

  #closedAtTop(): void {
    if (this.#depth === 0 && this.#end < 0) this.#end = this.#offset + 1
  }

  /** White space, or a byte order mark at the very beginning. */
  #isSpace(byte: number): boolean {
    if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) return true
    return this.#offset < BOM.length && byte === BOM[this.#offset]
  }
}
