/** The names of the elements that are open, kept as bytes, one behind the other, to see that each end tag has its own. */

export interface NameStack {
  /** An element opens with the first byte of its name; `add` has the others. */
  readonly push: (byte: number) => void
  readonly add: (byte: number) => void
  /** An element opens whose name is not known; any end tag closes it. */
  readonly pushAny: () => void
  /** An end tag begins; `compare` has its name's bytes, and `isSame` says whether it was the innermost element's. */
  readonly begin: () => void
  readonly compare: (byte: number) => void
  readonly isSame: () => boolean
  readonly pop: () => void
  /** The innermost name, shortened for a message. */
  readonly top: () => string
}

const ANY = -1
const SHOWN_BYTES = 60

export function createNameStack(): NameStack {
  let bytes = Buffer.alloc(1024)
  let used = 0
  /** Where each name begins; {@link ANY} for one that is not known. */
  const starts: number[] = []
  let compared = 0
  let same = true
  const put = (byte: number): void => {
    if (used === bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2)
    bytes[used] = byte
    used += 1
  }
  const start = (): number => starts.at(-1) ?? ANY
  return {
    push: (byte) => {
      starts.push(used)
      put(byte)
    },
    add: put,
    pushAny: () => void starts.push(ANY),
    begin: () => {
      compared = 0
      same = true
    },
    compare: (byte) => {
      same &&= bytes[start() + compared] === byte && start() + compared < used
      compared += 1
    },
    isSame: () => start() === ANY || (same && start() + compared === used),
    pop: () => {
      const begin = starts.pop() ?? ANY
      if (begin !== ANY) used = begin
    },
    top: () => (start() === ANY ? '' : bytes.toString('utf8', start(), Math.min(used, start() + SHOWN_BYTES))),
  }
}
