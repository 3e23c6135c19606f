/**
 * Indents XML anew. White space can mean something in XML, so only text that was nothing but white space changes, and a
 * result that differs in anything else is refused.
 */

/** The text indented anew, or null where that cannot be done without changing more than its layout. */
export async function formatXml(text: string): Promise<string | null> {
  const { default: format } = await import('xml-formatter')
  try {
    const lineBreak = text.includes('\r\n') ? '\r\n' : '\n'
    const formatted = format(text, { indentation: '  ', collapseContent: true, lineSeparator: lineBreak, strictMode: true })
    return withoutLayout(formatted) === withoutLayout(text) ? formatted : null
  } catch {
    return null
  }
}

/** The text without white space next to its tags: what must not change. */
function withoutLayout(text: string): string {
  return text
    .replace(/>\s+/g, '>')
    .replace(/\s+</g, '<')
    .replace(/\s*(\/?>)/g, '$1')
    .trim()
}
