/**
 * The words of a page or an XML document as it streams by: tags go, entities are decoded, blocks become lines, cells are
 * parted by tabs. Scripts, styles and titles are left out, and so is nothing else: what styles would hide is still there.
 * Parsing is htmlparser2's, which forgives what browsers forgive; its memory does not grow with the text.
 */
import type { Parser, ParserOptions } from 'htmlparser2'
import type { ByteSink, ByteStage } from './byte-stage.ts'

export type MarkupKind = 'html' | 'xml'

/** Stands alone on its lines, with an empty line around it where it is a paragraph of some kind. */
const PARAGRAPHS = new Set('p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl table figure form fieldset hr'.split(' '))
const BLOCKS = new Set(
  (
    'address article aside body caption center dd details dialog dir div dt fieldset figcaption footer head header hgroup ' +
    'html legend li main menu nav noscript optgroup option search section select summary tbody textarea tfoot thead tr title'
  ).split(' '),
)
const CELLS = new Set(['td', 'th'])
const LEFT_OUT = new Set(['script', 'style', 'template', 'noframes', 'noembed', 'iframe', 'title'])
const KEEPS_SPACE = new Set(['pre', 'textarea', 'listing', 'xmp', 'plaintext'])
const FLUSH_UNITS = 32_768
const SLICE_UNITS = 65_536
/** Deeper than any document that someone wrote; browsers stop at 512. */
const MAX_DEPTH = 1000

type MakeParser = (handler: Handler, options: ParserOptions) => Parser

/** Loads the parser; then each call makes a stage that takes valid UTF-8 and gives the words in it. */
export async function loadMarkupText(kind: MarkupKind): Promise<(sink: ByteSink) => ByteStage> {
  const { Parser: Made } = await import('htmlparser2')
  return (sink) => markupText(kind, sink, (handler, options) => new Made(handler, options))
}

function markupText(kind: MarkupKind, sink: ByteSink, makeParser: MakeParser): ByteStage {
  const words = createWords(sink)
  const handler = kind === 'html' ? htmlHandler(words) : xmlHandler(words)
  const parser = makeParser(handler, { xmlMode: kind === 'xml', decodeEntities: true })
  return {
    write: (bytes) => {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
      for (let at = 0; at < text.length; at += SLICE_UNITS) {
        parser.write(text.slice(at, at + SLICE_UNITS))
        forgetOutermost(parser)
      }
    },
    end: () => {
      parser.end()
      words.end()
    },
  }
}

/**
 * The parser's time grows with the square of the depth (its stack begins at the innermost element). Elements that far
 * out are forgotten: their end tags then say nothing, which no text shows.
 */
function forgetOutermost(parser: Parser): void {
  const lists: readonly unknown[] = [parser['stack'], parser['foreignContext']]
  for (const list of lists) if (Array.isArray(list) && list.length > MAX_DEPTH) list.length = MAX_DEPTH
}

type Handler = NonNullable<ConstructorParameters<typeof Parser>[0]>

function htmlHandler(words: Words): Handler {
  let leftOut: string | null = null
  let depthLeftOut = 0
  let keepsSpace = 0
  let inDrawing = 0
  const around = (name: string): void => {
    if (PARAGRAPHS.has(name)) words.breakLine(2)
    else if (BLOCKS.has(name)) words.breakLine(1)
  }
  return {
    onopentagname: (name) => {
      if (leftOut !== null) {
        if (name === leftOut) depthLeftOut += 1
        return
      }
      if (name === 'svg') inDrawing += 1
      if (LEFT_OUT.has(name) && !(name === 'title' && inDrawing > 0)) {
        leftOut = name
        depthLeftOut = 1
        return
      }
      if (CELLS.has(name)) words.cell()
      around(name)
      if (name === 'br') words.newline()
      if (KEEPS_SPACE.has(name)) keepsSpace += 1
    },
    onclosetag: (name) => {
      if (leftOut !== null) {
        if (name === leftOut) depthLeftOut -= 1
        if (depthLeftOut === 0) leftOut = null
        return
      }
      if (name === 'svg' && inDrawing > 0) inDrawing -= 1
      if (KEEPS_SPACE.has(name) && keepsSpace > 0) keepsSpace -= 1
      around(name)
    },
    ontext: (text) => {
      if (leftOut !== null) return
      if (keepsSpace > 0) words.exactly(text)
      else words.flow(text)
    },
  }
}

/** Each element on lines of its own, except where it stands among words: then it is part of their line. */
function xmlHandler(words: Words): Handler {
  /** Of each open element whether words stand directly in it. */
  const holdsWords: boolean[] = [false]
  let depthLeftOut = 0
  let isDrawing = false
  let isRoot = true
  const isLeftOut = (name: string): boolean => isDrawing && (name === 'script' || name === 'style')
  return {
    onopentagname: (name) => {
      if (isRoot) isDrawing = name === 'svg' || name === 'html'
      isRoot = false
      if (depthLeftOut > 0 || isLeftOut(name)) depthLeftOut += 1
      else if (holdsWords.at(-1) === false) words.breakLine(1)
      holdsWords.push(false)
      if (holdsWords.length > 100 * MAX_DEPTH) holdsWords.splice(0, 99 * MAX_DEPTH)
    },
    onclosetag: () => {
      holdsWords.pop()
      if (depthLeftOut > 0) depthLeftOut -= 1
    },
    ontext: (text) => {
      if (depthLeftOut > 0) return
      if (/\S/.test(text)) holdsWords[holdsWords.length - 1] = true
      words.flow(text)
    },
  }
}

interface Words {
  /** Text whose white space is worth one blank. */
  readonly flow: (text: string) => void
  /** Text whose white space counts. */
  readonly exactly: (text: string) => void
  /** What follows begins a line, or with two a line behind an empty one. */
  readonly breakLine: (lines: 1 | 2) => void
  /** Another line, whether or not one was begun. */
  readonly newline: () => void
  readonly cell: () => void
  readonly end: () => void
}

/** Puts words together: white space is only written once it is known what follows it. */
function createWords(sink: ByteSink): Words {
  let out = ''
  let lines = 0
  let wantsTab = false
  let wantsBlank = false
  let atLineStart = true
  let hasText = false
  const push = (text: string): void => {
    out += text
    if (out.length < FLUSH_UNITS) return
    // A pair of surrogates that was cut stays together.
    const held = (out.charCodeAt(out.length - 1) & 0xfc00) === 0xd800 ? 1 : 0
    sink(Buffer.from(out.slice(0, out.length - held), 'utf8'))
    out = out.slice(out.length - held)
  }
  const settle = (): void => {
    const breaks = hasText ? lines - (atLineStart ? 1 : 0) : 0
    if (breaks > 0) push('\n'.repeat(breaks))
    else if (!atLineStart && lines === 0) push(wantsTab ? '\t' : wantsBlank ? ' ' : '')
    lines = 0
    wantsTab = false
    wantsBlank = false
    hasText = true
  }
  return {
    flow: (text) => {
      const body = text.replaceAll(/[ \t\r\n\f]+/g, ' ')
      const inner = body.replace(/^ | $/g, '')
      if (body.startsWith(' ')) wantsBlank = true
      if (inner === '') return
      settle()
      push(inner)
      atLineStart = false
      wantsBlank = body.endsWith(' ')
    },
    exactly: (text) => {
      const inner = lines > 0 ? text.replace(/^\r?\n/, '') : text
      if (inner === '') return
      settle()
      push(inner)
      atLineStart = /[\r\n]$/.test(inner)
    },
    breakLine: (wanted) => {
      lines = Math.max(lines, wanted)
    },
    newline: () => {
      lines = Math.min(lines + 1, 2)
    },
    cell: () => {
      wantsTab = true
    },
    end: () => {
      if (out !== '') sink(Buffer.from(out, 'utf8'))
      out = ''
    },
  }
}
