/**
 * Whether a text, or the beginning of a file, is likely one of those that can be imported: enough to offer it. What it
 * really is, the importers find out.
 */

/** A prompt that was copied along. */
const PROMPT = String.raw`(?:[$>%#]\s+|PS [^>\n]*>\s*|[A-Za-z]:\\[^>\n]*>\s*)?`
const METHOD = '(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|GRAPHQL|WEBSOCKET)'
const COMMANDS: readonly RegExp[] = [
  new RegExp(`^${PROMPT}curl(?:\\.exe)?\\s+\\S`, 'i'),
  new RegExp(`^${PROMPT}wget(?:\\.exe)?\\s+\\S`, 'i'),
  /^[^\n|]*\|\s*curl(?:\.exe)?\s+\S/i,
  // Also in a later line, or in brackets: what they need is made in the lines before.
  /^\s*(?:PS [^>\n]*>\s*)?(?:\$[\w:]+\s*=\s*)?\(?(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)\s+\S/im,
  new RegExp(`^${PROMPT}(?:https?|xhs?)\\s+(?:-\\S+\\s+)*(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\\s+)?(?::|\\S+[./:]\\S*)`),
  /^(?:(?:const|let|var)\s+\w+\s*=\s*)?(?:await\s+)?fetch\s*\(/,
  /^(?:[A-Z]+)\s+\S+\s+HTTP\/\d/,
  new RegExp(`^${METHOD}[ \\t]+(?:(?:https?|wss?)://|\\{\\{)\\S`),
  /^(?:import|from)\s+(?:requests|request)\b/m,
  /^\s*(?:\w+\s*=\s*)?requests?\.(?:get|post|put|patch|delete|head|options|request|Session)\s*\(/m,
]

/** Of a text that is pasted where an address is expected: commands and code only, no address is one. */
export function looksLikeCommand(text: string): boolean {
  const start = text.trimStart().slice(0, 20_000)
  if (/^[a-z][a-z0-9+.-]*:\/\/\S*$/i.test(start)) return false
  return COMMANDS.some((pattern) => pattern.test(start)) || isHttpFile(start) || isDocument(start)
}

/** What may stand in a .http file before its first request. */
function isHttpFile(start: string): boolean {
  return /^(?:#|\/\/|<\s*\{%|@[\w-]+[ \t]*=)/.test(start) && new RegExp(`^${METHOD}[ \\t]+\\S`, 'm').test(start)
}

/** What a document of another program says of itself near its beginning. */
const MARKS: readonly RegExp[] = [
  /schema\.(?:get)?postman\.com\/json\/collection/,
  /"_postman_(?:variable_scope|id|exported_at)"/,
  /"_type"\s*:\s*"export"|"__export_format"|^type:\s*["']?collection\.insomnia\.rest/m,
  /"openapi"\s*:\s*"3|"swagger"\s*:\s*"2|^["']?openapi["']?\s*:\s*["']?3|^["']?swagger["']?\s*:\s*["']?2/m,
  /"log"\s*:\s*\{[\s\S]{0,4000}"(?:creator|entries)"\s*:/,
  /^meta\s*\{[\s\S]{0,2000}type\s*:/m,
  /"(?:clientName|client)"\s*:\s*"Thunder Client"/,
  /^opencollection\s*:/m,
  /"v"\s*:\s*\d+[\s\S]{0,20000}"(?:folders|requests)"\s*:\s*\[/,
]

function isDocument(start: string): boolean {
  return /^(?:\{|\[|[\w"'#-])/.test(start) && MARKS.some((mark) => mark.test(start))
}

/** Names of files that belong to nothing else. */
const OWN_NAMES = /(?:\.bru|\.http|\.rest|\.har|\.postman_(?:collection|environment)\.json|^bruno\.json|^opencollection\.ya?ml)$/i
const MAY_HOLD = /\.(?:json|ya?ml|har|txt|sh|py|js|ts|ps1|bat|cmd)$/i

/** Of a file that is dropped on the window, by its name alone: null where its content has to be looked at. */
export function isImportName(name: string): boolean | null {
  if (OWN_NAMES.test(name)) return true
  return MAY_HOLD.test(name) ? null : false
}

/** Of the beginning of a file: documents only, as a script may well be meant as an upload. */
export function looksLikeCollection(start: string): boolean {
  return isDocument(start.trimStart().replace(/^\uFEFF/, ''))
}
