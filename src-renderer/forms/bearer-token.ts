/** The token without a leading `Bearer`, as a copied header has it; null where it has none. */
export function withoutBearer(token: string): string | null {
  const match = /^\s*bearer\s+(\S.*)$/is.exec(token)
  return match ? (match[1] ?? '').trimEnd() : null
}
