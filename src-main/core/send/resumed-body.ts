/**
 * The rest of a body that broke off: asks for it, and tells from the head of the answer what to do with what comes. A rest
 * is only joined to what there is where the server says that it begins there.
 *
 * @see RFC 9110 §14.2 (Range), §15.3.7 (206), §15.5.17 (416)
 */
import type { PreparedHeader } from '#contract/model/prepared.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import { contentRangeOf } from '#contract/model/resume-point.ts'
import { CoreError } from '../lib/core-error.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'

/** Whether what comes is the rest, or nothing is missing, or it stands for itself. */
export type Resumption =
  | { readonly kind: 'rest'; readonly point: ResumePoint }
  | { readonly kind: 'complete'; readonly point: ResumePoint; readonly warning: string }
  | { readonly kind: 'alone'; readonly warning: string | null }

/**
 * The request for the rest.
 *
 * @throws {CoreError} `InvalidOption`: the request asks for a range itself, or asks another address
 */
export function requestForRest(request: PreparedRequest, point: ResumePoint): PreparedRequest {
  if (request.headers.some(({ name }) => name.toLowerCase() === 'range')) {
    throw new CoreError(
      'InvalidOption',
      'prepare',
      'The request has a Range header of its own, so an answer to it cannot be gone on with.',
      {
        hint: 'Take the Range header out.',
      },
    )
  }
  if (addressOf(request, request.url.href) !== addressOf(request, point.url)) {
    throw new CoreError('InvalidOption', 'prepare', 'The address is another than that of the answer that broke off.', {
      hint: 'Send the request from the beginning.',
    })
  }
  const engine = (name: string, value: string): PreparedHeader => ({ name, value, source: 'engine' })
  // A coded answer has other bytes, in which the place of the last one is another.
  const plain = request.headers.map((header) =>
    header.name.toLowerCase() === 'accept-encoding' ? { ...header, value: 'identity' } : header,
  )
  return { ...request, headers: [...plain, engine('Range', `bytes=${point.bytes}-`), engine('If-Range', point.ifRange)], resume: point }
}

/** Credentials may be in the query, and are others each time. */
function addressOf({ flow }: PreparedRequest, url: string): string {
  return flow?.sign ? (url.split('?', 1)[0] ?? '') : url
}

/** What the head of an answer makes of a request for the rest. */
export function resumptionOf(point: ResumePoint | undefined, status: number, values: (lowerName: string) => readonly string[]): Resumption {
  if (point === undefined) return { kind: 'alone', warning: null }
  const said = values('content-range').at(0) ?? ''
  if (status === 206) {
    const range = contentRangeOf(said)
    const isCoded = values('content-encoding').some((value) => value.trim().toLowerCase() !== 'identity')
    const tag = values('etag').at(0)?.trim()
    const isOther = tag !== undefined && point.ifRange.startsWith('"') && tag !== point.ifRange
    if (range?.start === point.bytes && !isCoded && !isOther) return { kind: 'rest', point }
    const why = isOther ? 'it is of another version' : isCoded ? 'it is encoded' : `it is not what follows byte ${point.bytes}`
    return { kind: 'alone', warning: `The server sent a part that does not fit what had come: ${why}. It is shown by itself.` }
  }
  if (status === 416) {
    const total = Number(/^\s*bytes\s+\*\/(\d{1,15})\s*$/i.exec(said)?.[1] ?? NaN)
    if (total === point.bytes) return { kind: 'complete', point, warning: 'Nothing was missing: what had come was the whole body.' }
    return { kind: 'alone', warning: 'The server has no such rest: the body is another by now. Send the request anew.' }
  }
  const isWhole = status >= 200 && status < 300
  return { kind: 'alone', warning: isWhole ? 'The server sent the whole body again: it has changed, or cannot be sent in parts.' : null }
}
