/** The parts of a multipart body, as far as clients agree on them: name, file name, type and content. */
export interface ParsedPart {
  readonly name: string | null
  readonly filename: string | null
  readonly type: string | null
  readonly content: string
}

export function parsedMultipart(contentType: string, body: Buffer): ParsedPart[] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1]
  if (boundary === undefined) throw new Error(`There is no boundary in ${contentType}.`)
  const pieces = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`)
  return pieces.slice(1, -1).map((piece) => {
    const end = piece.indexOf('\r\n\r\n')
    const head = piece.slice(0, end)
    const disposition = /^content-disposition: (.*)$/im.exec(head)?.[1] ?? ''
    const filename = /[; ]filename="?([^";]*)"?/.exec(disposition)?.[1] ?? null
    return {
      name: /[; ]name="?([^";]*)"?/.exec(disposition)?.[1] ?? null,
      filename,
      // Some say of a text that it is one.
      type: filename === null ? null : (/^content-type: (.*)$/im.exec(head)?.[1]?.trim() ?? null),
      content: piece.slice(end + 4),
    }
  })
}
