/**
 * What comes along with the end of an answer and is no part of it: the parser ends the connection over that, and says
 * nothing of it. What comes only after that is not waited for.
 */

/**
 * @param afterHead how many bytes came behind the head; null where nobody can say
 * @param bodyBytes how many of them are the body
 * @param expectedBytes what the Content-Length says; null where there is none, or no body by rule
 */
export function surplusWarnings(peer: string, afterHead: number | null, bodyBytes: number, expectedBytes: number | null): string[] {
  const surplus = (afterHead ?? 0) - bodyBytes
  if (surplus <= 0) return []
  return [
    bodyBytes === 0 && expectedBytes !== 0
      ? `${peer} sent ${surplus} bytes after an answer that has no body; they were left out.`
      : `${peer} sent ${surplus} bytes more than the ${bodyBytes} that its Content-Length says; they were left out.`,
  ]
}
