/** Ids and seeds made by the window: random, and safe as a file name. */
import type { DraftId } from '#contract/model/ids.ts'

/** An id for a new tab. */
export function newDraftId(): DraftId {
  // The brand is given here and nowhere else: the text has the alphabet and length that DraftIdSchema asks for.
  return `d-${randomText()}` as DraftId
}

/** 22 random characters of the alphabet `A-Za-z0-9_-`. */
export function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
