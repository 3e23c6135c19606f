/**
 * How far long work on a body has come: written by the thread that does it, read here when a window asks. A number in memory
 * that both see, since a thread that is busy reads and sends no messages.
 */

/** One number, of thousandths. */
export type WorkShare = Int32Array

export interface WorkShares {
  /** Work by this name begins, and has until `end` come as far as is written into what is returned. */
  readonly begin: (workId: string) => WorkShare
  readonly end: (workId: string) => void
  /** From 0 to 1; null where no such work is under way. */
  readonly of: (workId: string) => number | null
}

export function createWorkShares(): WorkShares {
  const shares = new Map<string, WorkShare>()
  return {
    begin: (workId) => {
      const share = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
      shares.set(workId, share)
      return share
    },
    end: (workId) => void shares.delete(workId),
    of: (workId) => {
      const share = shares.get(workId)
      return share ? Atomics.load(share, 0) / 1000 : null
    },
  }
}

/** Runs work that says how far it is, where it has a name. */
export async function withShare<T>(
  shares: WorkShares,
  workId: string | undefined,
  work: (share: WorkShare | null) => Promise<T>,
): Promise<T> {
  if (workId === undefined) return work(null)
  try {
    return await work(shares.begin(workId))
  } finally {
    shares.end(workId)
  }
}

/** Says how far it is. */
export function tellShare(share: WorkShare | null, done: number, all: number): void {
  if (share !== null && all > 0) Atomics.store(share, 0, Math.round((Math.min(done, all) / all) * 1000))
}
