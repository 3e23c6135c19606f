/** Deeds that belong together: where one fails, those before it are taken back, the last one first. */

export interface UndoStack {
  /** What takes the last deed back. */
  readonly push: (undo: () => Promise<unknown>) => void
}

/** @throws what the work threw, after everything was taken back; a failure in that is passed over, as the first is the one to tell */
export async function allOrNothing<T>(work: (undo: UndoStack) => Promise<T>): Promise<T> {
  const undos: (() => Promise<unknown>)[] = []
  try {
    return await work({ push: (undo) => undos.push(undo) })
  } catch (error) {
    for (const undo of undos.reverse()) await undo().catch(() => undefined)
    throw error
  }
}
