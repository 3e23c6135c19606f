/** Which encoding a text is read in before all of it is there, and whether its lines can be told from its bytes. */

/** The charset that a Content-Type names, in lower case; null where it names none. */
export function headerCharset(contentType: string): string | null {
  const named = /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType)?.[1]
  return named === undefined ? null : named.toLowerCase()
}

/** Whether a line feed is the same byte as in ASCII, and stands for nothing else. */
export function isByteWise(encoding: string | null): boolean {
  return encoding === null || !/^(?:utf-?(?:16|32)|ucs-?[24]|iso-10646|unicode|csunicode)/.test(encoding)
}
