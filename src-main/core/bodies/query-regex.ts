/** The first match of a regular expression, for whoever may wait for it: one may take longer than anybody lives. */

/** @returns its first group where it has one and that took part, else all of it; null: none. @throws {SyntaxError} where it is none */
export function matchIn(text: string, pattern: string, flags: string): string | null {
  const found = new RegExp(pattern, flags.replace(/[gy]/g, '')).exec(text)
  return found && (found[1] ?? found[0])
}
