/**
 * Bodies on their way in, under an id of their own that is no hash: what has come of one can be read before its end.
 * Once it is whole, the id leads on to the body it has become, so that whoever reads it need not look up.
 */
import { randomBytes } from 'node:crypto'
import type { BodyId } from '#contract/model/ids.ts'
import type { ArrivalTimes } from './arrival-marks.ts'

/** So many ids are remembered at least, and twice as many at most; older ones lead nowhere any more. */
const REMEMBERED = 500

/** What can be read of a body that is not whole. */
export interface PartialBody {
  /** Bytes that can be read. */
  readonly bytes: () => number
  readonly read: (offset: number, length: number) => Promise<Buffer>
}

export interface ArrivingBody {
  /** Null before its first byte. */
  partial: PartialBody | null
  /** When its bytes came; null where that is not kept. */
  readonly times: ArrivalTimes | null
  /** Undefined while it is on its way; null where there came none, or it could not be kept. */
  final: BodyId | null | undefined
}

export interface ArrivingBodies {
  /** An id for a body that may come. @param times when its bytes come, where that is kept */
  readonly expect: (times?: ArrivalTimes | null) => BodyId
  readonly find: (id: BodyId) => ArrivingBody | null
  /** It is over, and has become the body of that id. */
  readonly over: (id: BodyId, final: BodyId | null) => void
}

// Random bytes for each id, or each store of a run's, would take longer than all else that is done with a small body.
let start: string | null = null
let count = 0

/** Of the form the contract asks for; no content has it as its hash. */
function newId(): BodyId {
  start ??= randomBytes(24).toString('hex')
  count += 1
  return (start + String(count).padStart(16, '0')) as BodyId
}

export function createArrivingBodies(): ArrivingBodies {
  let younger = new Map<BodyId, ArrivingBody>()
  let older = younger
  const find = (id: BodyId): ArrivingBody | null => younger.get(id) ?? older.get(id) ?? null
  return {
    expect: (times = null) => {
      if (younger.size >= REMEMBERED) {
        older = younger
        younger = new Map()
      }
      const id = newId()
      younger.set(id, { partial: null, times, final: undefined })
      return id
    },
    find,
    over: (id, final) => {
      const body = find(id)
      if (!body) return
      body.final = final
      body.partial = null
    },
  }
}
