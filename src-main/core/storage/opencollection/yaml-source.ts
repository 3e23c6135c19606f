/**
 * The text of one YAML file with its parsed document. Says in one sentence, with the line, why a text is not readable
 * as YAML; what the YAML means is for its readers.
 */
import { isAlias, LineCounter, parseDocument, visit, type Document } from 'yaml'
import { CoreError } from '../../lib/core-error.ts'
import { yamlFault } from '../../lib/yaml-fault.ts'
import { quickDocument } from './yaml-quick.ts'

export interface YamlSource {
  /** Without a byte order mark: offsets of the document's nodes count from here. */
  readonly text: string
  readonly bom: string
  readonly eol: '\n' | '\r\n'
  readonly document: Document
}

const BOM = '\uFEFF'
/** What git writes above our side of a conflict. */
const MERGE_MARK = /^<{7} /m

/**
 * Parse a file's text.
 *
 * @param name what to call the file in a message
 * @param forEditing also keeps comments, places, and the tokens that the patcher needs
 * @throws {CoreError} `Unreadable`, with `line` and `column` in its details
 */
export function parseYaml(text: string, name: string, forEditing = false): YamlSource {
  const bom = text.startsWith(BOM) ? BOM : ''
  const plain = text.slice(bom.length)
  const quick = forEditing ? null : quickDocument(plain)
  if (quick) return { text: plain, bom, eol: eolOf(plain), document: quick }
  const lineCounter = new LineCounter()
  const document = parsed(plain, name, lineCounter, forEditing)
  const [error] = document.errors
  if (error) {
    const merge = MERGE_MARK.exec(plain)
    if (merge) throw unreadable(name, 'it has both sides of a git merge that is not settled', lineCounter.linePos(merge.index).line)
    const { line, col } = lineCounter.linePos(error.pos[0])
    throw unreadable(name, yamlFault(error), line, col)
  }
  refuseAliasBombs(document, plain, name)
  return { text: plain, bom, eol: eolOf(plain), document }
}

function eolOf(text: string): YamlSource['eol'] {
  return /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n'
}

/** A `CoreError` that says why a file cannot be read. */
export function unreadable(name: string, why: string, line?: number, column?: number): CoreError {
  const reason = line === undefined ? why : `${why} (line ${line}, column ${column ?? 1})`
  return new CoreError('Unreadable', 'store', `${name} cannot be read: ${reason}.`, {
    hint: 'Correct the text and save it; the file is kept as it is until then.',
    ...(line !== undefined && { details: { line, column: column ?? 1 } }),
  })
}

function parsed(text: string, name: string, lineCounter: LineCounter, keepSourceTokens: boolean): Document {
  try {
    return parseDocument(text, { prettyErrors: false, lineCounter, keepSourceTokens, logLevel: 'error' })
  } catch (error) {
    if (error instanceof RangeError) throw unreadable(name, 'it is nested too deeply')
    throw error
  }
}

/** A few lines of aliases of aliases can stand for gigabytes; the library counts them where they are resolved. */
function refuseAliasBombs(document: Document, text: string, name: string): void {
  if (!text.includes('*')) return
  let aliased = false
  visit(document, (_key, node) => {
    if (!isAlias(node)) return undefined
    aliased = true
    return visit.BREAK
  })
  if (!aliased) return
  try {
    document.toJS()
  } catch (error) {
    if (error instanceof ReferenceError) throw unreadable(name, 'its aliases stand for too much text')
    throw error
  }
}
