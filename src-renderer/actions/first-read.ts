/**
 * The first reading of the collections. What goes with a request that is not saved yet (its session's cookies, say)
 * follows from them, so nothing is prepared or sent before it is known whether there are any.
 */
let reading: Promise<unknown> = Promise.resolve()

/** Remember the reading that is under way. */
export function firstRead(work: Promise<unknown>): void {
  reading = work
}

/** Resolves when the collections have been read, or could not be. */
export async function collectionsKnown(): Promise<void> {
  await reading.catch(() => undefined)
}
