/** Above this many characters the read-only view does not wrap, fold or match brackets: each goes through all of it at once. */
export const LONG_TEXT = 400_000
