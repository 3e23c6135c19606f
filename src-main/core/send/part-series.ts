/** An upload in parts on its way: which part is at hand, which one follows, and what it means when one fails. */
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { CoreError } from '../lib/core-error.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import type { HopRecord } from './run-hop.ts'

export interface PartCourse {
  readonly current: () => PreparedRequest
  /** Tells that the part at hand begins; says nothing where there is only one. */
  readonly step: () => ExchangeStep | null
  /** Goes on to the next part after an answer that lets it; null after the last one, or where it does not. */
  readonly advance: (record: HopRecord, error: CoreError | null) => { readonly request: PreparedRequest; readonly because: string } | null
  /** What the failure of the part at hand is for the whole; null where it did not fail. */
  readonly failure: (record: HopRecord, error: CoreError | null) => CoreError | null
  /** That the rest was not sent, where there is a rest. */
  readonly unsentWarning: () => string | null
}

/**
 * @param fromPart the part to begin with, from 1
 * @param partsOf the version of the file that those before it were of, where that is known
 * @throws {CoreError} `InvalidOption` where there is no such part; `InvalidBody` where it is of another version
 */
export function beginParts(request: PreparedRequest, fromPart: number, partsOf?: string): PartCourse {
  const count = request.parts?.count ?? 1
  if (fromPart > 1 && partsOf !== undefined && request.parts?.version !== partsOf) throw anotherFile(fromPart)
  if (fromPart > count) {
    throw new CoreError('InvalidOption', 'prepare', `There is no part ${fromPart}: the request is sent in ${count}.`, {
      hint: 'Choose a part that there is, or send from the first.',
    })
  }
  const part = (number: number): PreparedRequest => request.parts?.request(number) ?? request
  const lengths = count === 1 ? [] : Array.from({ length: count }, (_each, index) => part(index + 1).body?.bytes ?? 0)
  const bytesOf = (from: number, to: number): number => lengths.slice(from - 1, to).reduce((sum, bytes) => sum + bytes, 0)
  let number = fromPart
  const hasFailed = (record: HopRecord, error: CoreError | null): boolean => error !== null || (record.response?.status ?? 0) >= 400
  return {
    current: () => part(number),
    step: () =>
      count === 1
        ? null
        : {
            kind: 'part',
            number,
            of: count,
            sentBefore: bytesOf(fromPart, number - 1),
            totalBytes: bytesOf(fromPart, count),
            partsOf: request.parts?.version ?? '',
          },
    advance: (record, error) => {
      if (number >= count || !record.response || hasFailed(record, error)) return null
      const because = `${record.response.status}: part ${number} of ${count} was taken`
      number += 1
      return { request: part(number), because }
    },
    failure: (record, error) =>
      count === 1 || !hasFailed(record, error)
        ? error
        : failureOfPart(record, error, { number, count, version: request.parts?.version ?? '' }),
    unsentWarning: () =>
      number >= count ? null : `${number + 1 === count ? `Part ${count} was` : `Parts ${number + 1} to ${count} were`} not sent.`,
  }
}

function anotherFile(fromPart: number): CoreError {
  const sent = fromPart === 2 ? 'part 1 was' : `parts 1 to ${fromPart - 1} were`
  return new CoreError('InvalidBody', 'prepare', `The file, or the number of its parts, changed since ${sent} sent.`, {
    hint: 'The parts would not fit together: send all of them. To send the rest as it is now all the same, choose the part in Body.',
    where: { section: 'body' },
  })
}

interface Failed {
  readonly number: number
  readonly count: number
  readonly version: string
}

function failureOfPart({ response }: HopRecord, error: CoreError | null, { number, count, version }: Failed): CoreError {
  const details = { part: number, of: count, resumeFrom: number, partsOf: version }
  if (error) {
    return new CoreError(error.kind, error.stage, `Part ${number} of ${count}: ${error.message}`, {
      ...error.parts,
      hint: hintOfPart(error, number),
      details: { ...error.parts.details, ...details },
      cause: error,
    })
  }
  const status = `${response?.status ?? ''} ${response?.reason ?? ''}`.trim()
  const rest = number === count ? '' : ' The parts after it were not sent.'
  return new CoreError('HTTPError', 'receive', `Part ${number} of ${count} was answered with ${status}.${rest}`, {
    hint: `Once the cause is mended, go on from part ${number}.`,
    details,
  })
}

function hintOfPart({ kind, parts: { hint = '' } }: CoreError, part: number): string {
  return (kind === 'Cancelled' ? `${hint} Go on from part ${part}.` : `${hint} Once the cause is mended, go on from part ${part}.`).trim()
}
