/**
 * The first document of a YAML text. What follows is not looked at, and what takes time that grows faster than the text is
 * not asked of the parser: errors laid out for people, and every key compared with every other. `<<` merges, as it does in the
 * programs that read descriptions of APIs.
 */
import { isScalar, parseDocument, visit, YAMLParseError, type Document, type LineCounter } from 'yaml'

/**
 * @param lines told where lines begin, for whoever says where an error is
 * @returns what is wrong with it stands in its `errors`, the first of them first
 */
export function firstDocument(text: string, lines?: LineCounter): Document.Parsed {
  const document = parseDocument(text, {
    logLevel: 'error',
    prettyErrors: false,
    uniqueKeys: false,
    merge: true,
    ...(lines && { lineCounter: lines }),
  })
  document.errors = document.errors.filter(({ code }) => code !== 'MULTIPLE_DOCS')
  if (document.errors.length === 0) refuseRepeatedKeys(document)
  return document
}

/** A name that stands twice in a mapping is an error (YAML 1.2.2 §3.2.1.3): one of its values would be lost. */
function refuseRepeatedKeys(document: Document.Parsed): void {
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (!seen.has(key.value)) seen.add(key.value)
        else if (key.value !== '<<') {
          const [start = 0, end = start] = key.range ?? []
          document.errors.push(new YAMLParseError([start, end], 'DUPLICATE_KEY', 'Map keys must be unique'))
          return visit.BREAK
        }
      }
      return undefined
    },
  })
}
