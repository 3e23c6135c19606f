/**
 * Reading and keeping bodies by their id. A body never comes whole: text comes by lines of an open view (or whole
 * where core finds it short), bytes by ranges, files by streaming on the host's side.
 */
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { EncodingEvidence } from '#contract/model/body.ts'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { BodyId, ViewId } from '#contract/model/ids.ts'
import { ok, type Result } from '#contract/result.ts'
import { copyText } from '../lib/copy-text.ts'
import { suggestedFileName } from '../lib/suggested-name.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'

export type BodyView = Output<'body.open'>
/** `text`: only the words of a page or an XML document; `table`: each row of a CSV as a line of JSON. */
export type BodyFormat = 'pretty' | 'raw' | 'text' | 'table'

/** Most bytes that one call may ask for. */
export const MAX_RANGE_BYTES = 262_144

/**
 * Opens a body for reading as text. The caller closes the view when done with it.
 *
 * @param early its first lines are enough: what has a `share` then is still being made, and {@link grownView} goes on
 */
export function openBody(
  id: BodyId,
  contentType: string,
  format: BodyFormat,
  encoding: string | null,
  signal?: AbortSignal,
  early = false,
): Promise<Result<BodyView, WireError>> {
  return platform().call('body.open', { id, contentType, format, encoding, ...(early && { early }) }, signal)
}

/** What a view has become that has more than so many lines by now, or is whole; after a moment in any case. */
export function grownView(viewId: ViewId, lines: number, signal?: AbortSignal): Promise<Result<BodyView, WireError>> {
  return platform().call('body.grown', { viewId, lines }, signal)
}

/** What each source says of the body's text encoding, the one that is believed most first. */
export async function readEncodings(id: BodyId, contentType: string): Promise<Result<readonly EncodingEvidence[], WireError>> {
  const read = await platform().call('body.encodings', { id, contentType })
  return read.ok ? ok(read.value.evidence) : read
}

/** Lines `from` to `from + count` of an open view; fewer at its end. */
export async function readLines(
  viewId: ViewId,
  from: number,
  count: number,
  signal?: AbortSignal,
): Promise<Result<readonly string[], WireError>> {
  const read = await platform().call('body.lines', { viewId, from, count }, signal)
  return read.ok ? ok(read.value.lines) : read
}

/** Lets core forget a view. */
export function closeView(viewId: ViewId): void {
  void platform().call('body.close', { viewId })
}

/** A range of the decoded bytes, at most 256 KiB of them, and the length of the whole body. */
export async function readBytes(
  id: BodyId,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Result<{ readonly bytes: Uint8Array; readonly total: number }, WireError>> {
  const read = await platform().call('body.bytes', { id, offset, length }, signal)
  return read.ok ? ok({ bytes: bytesOf(read.value.base64), total: read.value.total }) : read
}

/** Address of a body for an `img` element, served under the given type. */
export function bodyAddress(id: BodyId, contentType: string): string {
  return platform().bodyUrl(id, { contentType })
}

/** A safe file name for the body of a response. */
export function suggestedName(response: Pick<ReceivedResponse, 'url' | 'headers'>): string {
  const value = (name: string): string => response.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
  return suggestedFileName(response.url, value('content-disposition'), value('content-type'))
}

/** Saves a body under a name the user picks, or as a download where the host has no dialogs. Failures become notices. */
export async function saveBody(id: BodyId, name: string): Promise<void> {
  const app = useAppStore.getState()
  if (app.info?.capabilities.dialogs !== true) {
    downloadInBrowser(id, name)
    return
  }
  const chosen = await platform().callHost('dialog.saveFile', { title: t`Save body`, defaultName: name })
  if (!chosen.ok) {
    notice(chosen.error)
    return
  }
  const { path } = chosen.value
  if (path === null) return
  const saved = await platform().call('body.save', { id, path })
  app.addNotice(saved.ok ? { id: `saved:${path}`, tone: 'info', text: t`Saved to ${path}` } : noticeOf(saved.error))
}

/** Puts text on the clipboard, and says so where that is refused. Returns whether it is there. */
export async function copyToClipboard(text: string): Promise<boolean> {
  const copied = await copyText(text)
  if (!copied)
    notice({
      kind: 'Unavailable',
      stage: 'call',
      message: t`The clipboard could not be written.`,
      hint: t`Allow this page to use the clipboard.`,
    })
  return copied
}

/** Shows a failure as a notice of the window. */
export function notice(error: WireError): void {
  useAppStore.getState().addNotice(noticeOf(error))
}

/** Hands a body to the browser, which keeps it where it keeps downloads. */
export function downloadInBrowser(id: BodyId, name: string): void {
  const link = document.createElement('a')
  link.href = platform().bodyUrl(id, { downloadName: name })
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
}

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index)
  return bytes
}
