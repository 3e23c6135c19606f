/**
 * Text to the clipboard, gathered piece by piece, with how far it is and a way to stop it. The browser is asked while the
 * key that meant it is fresh, and gets the text once it is there. It takes a text in one task, in which the window stands
 * still: what is too long to go unnoticed is not put there, and may go to a file of any length instead.
 */
import type { WireError } from '#contract/errors.ts'
import type { Result } from '#contract/result.ts'
import { copyLater } from '../lib/copy-text.ts'
import { useAppStore } from '../stores/app-store.ts'
import { ask } from './ask.ts'
import { notice } from './bodies.ts'
import { formatNumber } from '../lib/format-number.ts'
import { t } from '../lib/t.ts'

/** Takes what is to be copied. */
export interface CopyPieces {
  readonly signal: AbortSignal
  /** @param share of all that is done, from 0 to 1 */
  readonly add: (text: string, share: number) => Promise<void>
  /** What came so far is to be forgotten. */
  readonly clear: () => void
}

/** Most characters that go to the clipboard: 50 to 70 ms of the window's thread as a string, thrice that and more as a blob. */
const MAX_COPY_UNITS = 32 * 1024 * 1024
/** So much is gathered before it is told from its share how long the whole will be. */
const SAMPLE_UNITS = 4 * 1024 * 1024
/** What is over sooner is not told of, in milliseconds, and no more often than people can read. */
const UNTOLD_MS = 400
const TOLD_EVERY_MS = 100

/**
 * Copies what `gather` hands in, and says in a notice how far it is, that it is copied, or why not.
 *
 * @param save puts a text that turns out long into a file instead: nothing is gathered on
 * @returns whether it is copied
 */
export async function copyPieces(
  gather: (pieces: CopyPieces) => Promise<Result<null, WireError>>,
  save: () => Promise<void>,
): Promise<boolean> {
  const id = `copying:${crypto.randomUUID()}`
  const { addNotice, dropNotice } = useAppStore.getState()
  const copying = new Copying(id, save)
  let failure: WireError | null = null
  const gathered = gather(copying).then((result) => {
    if (!result.ok) failure = result.error
  })
  const text = gathered.then(() => {
    if (failure !== null || copying.signal.aborted) throw new DOMException('Not to be copied', 'AbortError')
    return copying.text()
  })
  const copied = await copyLater(text)
  await gathered
  dropNotice(id)
  if (copying.signal.aborted) return false
  if (failure !== null) notice(failure)
  else if (!copied) notice(notAllowed)
  else if (copying.isTold) addNotice({ id: `${id} done`, tone: 'info', text: t`Copied ${millionsOf(copying.length)} million characters.` })
  return copied
}

/** What is gathered, and what becomes of it. */
class Copying implements CopyPieces {
  readonly #id: string
  readonly #save: () => Promise<void>
  readonly #stop = new AbortController()
  readonly #began = performance.now()
  #toldAt = 0
  #texts: string[] = []
  isTold = false
  length = 0

  constructor(id: string, save: () => Promise<void>) {
    this.#id = id
    this.#save = save
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  add = async (text: string, share: number): Promise<void> => {
    this.length += text.length
    this.#texts.push(text)
    if (this.length > SAMPLE_UNITS) await this.#askIfLong(this.length / Math.max(share, 1e-6))
    if (!this.signal.aborted) this.#tell(share)
  }

  clear = (): void => {
    this.#texts = []
    this.length = 0
  }

  text(): string {
    return this.#texts.join('')
  }

  /** @param units that it will be, as far as can be told */
  async #askIfLong(units: number): Promise<void> {
    if (Math.max(units, this.length) <= MAX_COPY_UNITS) return
    const answer = await ask('longCopy', { millions: millionsOf(units), most: millionsOf(MAX_COPY_UNITS) })
    this.#stop.abort()
    if (answer === 'save') void this.#save()
  }

  #tell(share: number): void {
    const now = performance.now()
    this.isTold ||= now - this.#began > UNTOLD_MS
    if (!this.isTold || now - this.#toldAt < TOLD_EVERY_MS) return
    this.#toldAt = now
    const text = t`Copying ${millionsOf(this.length)} million characters…`
    const action = { label: t`Cancel`, run: () => this.#stop.abort() }
    useAppStore.getState().addNotice({ id: this.#id, tone: 'info', text, progress: share, action })
  }
}

function millionsOf(units: number): string {
  return formatNumber(Math.round(units / 1e5) / 10)
}

const notAllowed: WireError = {
  kind: 'Unavailable',
  stage: 'call',
  message: t`The clipboard could not be written.`,
  hint: t`Allow this page to use the clipboard, or download the body to a file.`,
}
