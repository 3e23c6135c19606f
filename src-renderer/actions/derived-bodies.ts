/** Asks core for bodies made from a body: a page that can be drawn, the parts of a multipart body. */
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { BodyPart } from '#contract/model/derived-body.ts'
import type { BodyId } from '#contract/model/ids.ts'
import type { Result } from '#contract/result.ts'
import { platform } from './platform-ref.ts'

type Asked<T> = Promise<Result<T, WireError>>

/** @param encoding a label of the WHATWG Encoding standard; null finds it out */
export function makePage(id: BodyId, contentType: string, encoding: string | null, signal: AbortSignal): Asked<Output<'body.page'>> {
  return platform().call('body.page', { id, contentType, encoding }, signal)
}

export function listParts(id: BodyId, contentType: string, signal: AbortSignal): Asked<Output<'body.parts'>> {
  return platform().call('body.parts', { id, contentType }, signal)
}

export function openPart(id: BodyId, { offset, length, headers }: BodyPart, signal: AbortSignal): Asked<Output<'body.part'>> {
  const transferEncoding = headers.find(([name]) => name.toLowerCase() === 'content-transfer-encoding')?.[1] ?? ''
  return platform().call('body.part', { id, offset, length, transferEncoding }, signal)
}
