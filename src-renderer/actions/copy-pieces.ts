/**
 * Text of any length to the clipboard: gathered piece by piece outside of the page's memory for strings, with how far it is
 * and a way to stop it. The browser is asked while the key that meant it is fresh, and gets the text once it is there.
 * A clipboard takes a text in one piece, in which the window stands still: what is long is asked about, and may go to a file.
 */
import type { WireError } from '#contract/errors.ts'
import type { Result } from '#contract/result.ts'
import { copyBlob } from '../lib/copy-text.ts'
import { handOver } from '../lib/hand-over.ts'
import { useAppStore } from '../stores/app-store.ts'
import { ask } from './ask.ts'
import { notice } from './bodies.ts'

/** Takes what is to be copied. */
export interface CopyPieces {
  readonly signal: AbortSignal
  /** @param share of all that is done, from 0 to 1. @returns why no more is taken */
  readonly add: (text: string, share: number) => Promise<WireError | null>
  /** What came so far is to be forgotten. */
  readonly clear: () => void
}

/** How a text that turns out long is put into a file instead. */
type InsteadOfCopying =
  /** What is gathered is handed over under this name. */
  | { readonly kind: 'gathered'; readonly name: string }
  /** Nothing is gathered on: it is saved in another way. */
  | { readonly kind: 'save'; readonly save: () => Promise<void> }

/** Most characters that go to the clipboard: half of what a string can have. */
export const MAX_COPY_UNITS = 256 * 1024 * 1024
/** Most characters that go there unasked: about 50 ms of the window's thread, where 100 million are 1.5 s. */
export const UNASKED_UNITS = 8 * 1024 * 1024
/** What is over sooner is not told of, in milliseconds. */
const UNTOLD_MS = 400

/** Copies what `gather` hands in, and says in a notice how far it is, that it is copied, or why not. @returns whether it is copied */
export async function copyPieces(
  gather: (pieces: CopyPieces) => Promise<Result<null, WireError>>,
  instead: InsteadOfCopying,
): Promise<boolean> {
  const id = `copying:${crypto.randomUUID()}`
  const { addNotice, dropNotice } = useAppStore.getState()
  const copying = new Copying(id, instead)
  let failure: WireError | null = null
  const gathered = gather(copying).then((result) => {
    if (!result.ok) failure = result.error
    return failure !== null || copying.signal.aborted ? null : copying.whole()
  })
  const blob = gathered.then((whole) => {
    if (whole === null || copying.goesToFile) throw new DOMException('Not to be copied', 'AbortError')
    return whole
  })
  const copied = await copyBlob(blob)
  const whole = await gathered
  dropNotice(id)
  if (copying.signal.aborted) return false
  if (failure !== null) notice(failure)
  else if (copying.goesToFile && whole !== null && instead.kind === 'gathered') handOver(instead.name, whole)
  else if (!copied) notice(notAllowed)
  else if (copying.isTold) addNotice({ id: `${id} done`, tone: 'info', text: `Copied ${millionsOf(copying.length)} million characters.` })
  return copied
}

/** What is gathered, and what becomes of it. */
class Copying implements CopyPieces {
  readonly #id: string
  readonly #instead: InsteadOfCopying
  readonly #stop = new AbortController()
  readonly #began = performance.now()
  #parts: Blob[] = []
  #isAsked = false
  goesToFile = false
  isTold = false
  length = 0

  constructor(id: string, instead: InsteadOfCopying) {
    this.#id = id
    this.#instead = instead
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  add = async (text: string, share: number): Promise<WireError | null> => {
    this.length += text.length
    this.#parts.push(new Blob([text]))
    if (this.length > UNASKED_UNITS && !this.#isAsked) await this.#ask(this.length / Math.max(share, 1e-6))
    if (this.signal.aborted) return null
    if (this.length > MAX_COPY_UNITS && !this.goesToFile) return tooLong()
    this.#tell(share)
    return null
  }

  clear = (): void => {
    this.#parts = []
    this.length = 0
  }

  whole(): Blob {
    return new Blob(this.#parts, { type: 'text/plain' })
  }

  async #ask(units: number): Promise<void> {
    this.#isAsked = true
    const answer = await ask('longCopy', { millions: millionsOf(units), canCopy: units <= MAX_COPY_UNITS })
    if (answer === 'copy') return
    this.goesToFile = answer === 'save' && this.#instead.kind === 'gathered'
    if (this.goesToFile) return
    this.#stop.abort()
    if (answer === 'save' && this.#instead.kind === 'save') void this.#instead.save()
  }

  #tell(share: number): void {
    this.isTold ||= performance.now() - this.#began > UNTOLD_MS
    if (!this.isTold) return
    const text = `${this.goesToFile ? 'Saving' : 'Copying'} ${millionsOf(this.length)} million characters…`
    const action = { label: 'Cancel', run: () => this.#stop.abort() }
    useAppStore.getState().addNotice({ id: this.#id, tone: 'info', text, progress: share, action })
  }
}

function millionsOf(units: number): string {
  return (units / 1e6).toLocaleString('en-US', { maximumFractionDigits: 1 })
}

const notAllowed: WireError = {
  kind: 'Unavailable',
  stage: 'call',
  message: 'The clipboard could not be written.',
  hint: 'Allow this page to use the clipboard, or download the body to a file.',
}

function tooLong(): WireError {
  return {
    kind: 'TooLarge',
    stage: 'call',
    message: `This is longer than ${Math.round(MAX_COPY_UNITS / 1e6)} million characters, too much for the clipboard.`,
    hint: 'Download the body to a file, or select a part of it.',
  }
}
