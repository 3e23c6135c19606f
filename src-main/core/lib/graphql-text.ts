/** What is sent of a query of GraphQL: the one way that wire, code, exports and imports write it and know it again. */

export interface GraphqlParts {
  readonly query: string
  /** JSON as typed; blank: there are none. */
  readonly variables: string
}

/**
 * The JSON text, without spaces of our own.
 *
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-JSON-Encoding
 */
export function graphqlText({ query, variables }: GraphqlParts): string {
  const given = variables.trim()
  return `{"query":${JSON.stringify(query)}${given === '' ? '' : `,"variables":${given}`}}`
}

/** The parts of a text that {@link graphqlText} gives again byte by byte; null for any other. */
export function graphqlParts(text: string, query: string): GraphqlParts | null {
  const head = graphqlText({ query, variables: '' })
  if (text === head) return { query, variables: '' }
  const start = `${head.slice(0, -1)},"variables":`
  if (!text.startsWith(start)) return null
  const parts = { query, variables: text.slice(start.length, -1) }
  return parts.variables.trim() !== '' && graphqlText(parts) === text ? parts : null
}
