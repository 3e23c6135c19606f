/**
 * Text of any length to the clipboard: gathered piece by piece outside of the page's memory for strings, with how far it is
 * and a way to stop it. The browser is asked while the key that meant it is fresh, and gets the text once it is there.
 */
import type { WireError } from '#contract/errors.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { copyBlob } from '../lib/copy-text.ts'
import { useAppStore } from '../stores/app-store.ts'
import { notice } from './bodies.ts'

/** Takes what is to be copied. */
export interface CopyPieces {
  readonly signal: AbortSignal
  /** @param share of all that is done, from 0 to 1. @returns why no more is taken */
  readonly add: (text: string, share: number) => WireError | null
  /** What came so far is to be forgotten. */
  readonly clear: () => void
}

/** Most characters that go to the clipboard: half of what a string can have. */
export const MAX_COPY_UNITS = 256 * 1024 * 1024
/** What is over sooner is not told of, in milliseconds. */
const UNTOLD_MS = 400

/** Copies what `gather` hands in, and says in a notice how far it is, that it is copied, or why not. */
export async function copyPieces(gather: (pieces: CopyPieces) => Promise<Result<null, WireError>>): Promise<void> {
  const stop = new AbortController()
  const id = `copying:${crypto.randomUUID()}`
  const { addNotice, dropNotice } = useAppStore.getState()
  const began = performance.now()
  let parts: Blob[] = []
  let length = 0
  let isTold = false
  const add: CopyPieces['add'] = (text, share) => {
    length += text.length
    if (length > MAX_COPY_UNITS) return tooLong()
    parts.push(new Blob([text]))
    isTold ||= performance.now() - began > UNTOLD_MS
    const action = { label: 'Cancel', run: () => stop.abort() }
    if (isTold) addNotice({ id, tone: 'info', text: `Copying ${inMillions(length)} million characters…`, progress: share, action })
    return null
  }
  const clear = (): void => {
    parts = []
    length = 0
  }
  let failure: WireError | null = null
  const blob = gather({ signal: stop.signal, add, clear }).then((gathered) => {
    if (!gathered.ok) failure = gathered.error
    if (failure !== null || stop.signal.aborted) throw new DOMException('Not to be copied', 'AbortError')
    return new Blob(parts, { type: 'text/plain' })
  })
  const copied = await copyBlob(blob)
  dropNotice(id)
  if (stop.signal.aborted) return
  if (failure !== null) notice(failure)
  else if (!copied) notice(notAllowed)
  else if (isTold) addNotice({ id: `${id} done`, tone: 'info', text: `Copied ${inMillions(length)} million characters.` })
}

/** The pieces as one text, for what is known to be short. */
export async function joinPieces(gather: (pieces: CopyPieces) => Promise<Result<null, WireError>>): Promise<Result<string, WireError>> {
  let parts: string[] = []
  let length = 0
  const add: CopyPieces['add'] = (text) => {
    length += text.length
    if (length > MAX_COPY_UNITS) return tooLong()
    parts.push(text)
    return null
  }
  const gathered = await gather({ signal: new AbortController().signal, add, clear: () => ((parts = []), (length = 0)) })
  return gathered.ok ? ok(parts.join('')) : failed(gathered.error)
}

function inMillions(units: number): string {
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
