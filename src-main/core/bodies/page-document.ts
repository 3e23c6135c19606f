/**
 * An HTML page as it can be drawn in a frame that may reach nothing: in UTF-8, its links leading nowhere, and without
 * the elements for which a browser would look up or connect to a host by itself whatever the policy of the page
 * (preconnect, DNS prefetch, refresh). All else stays byte for byte; scripts are the sandbox's business.
 */
import type { Parser } from 'htmlparser2'

export interface PageDocument {
  /** @returns what of the page is ready */
  readonly write: (text: string) => string
  readonly end: () => string
}

const REACHING_LINK = /(?:^|\s)(?:dns-prefetch|preconnect|prefetch|prerender|preload|modulepreload|next)(?:\s|$)/i
/** Without permission to open windows, a link into another window does nothing. */
const LINKS_NOWHERE = '<base target="_blank">'

export async function loadPageDocument(): Promise<() => PageDocument> {
  const { Parser: Made } = await import('htmlparser2')
  return () => pageDocument((handler) => new Made(handler, { decodeEntities: true }))
}

type Handler = NonNullable<ConstructorParameters<typeof Parser>[0]>

function pageDocument(makeParser: (handler: Handler) => Parser): PageDocument {
  const source = createSource()
  /** Up to where the page has been judged, and where the tag begins that is being read. */
  let judged = 0
  let tagFrom: number | null = null
  let isBaseSet = false
  const setBase = (at: number): void => {
    if (!isBaseSet) source.pass(at, LINKS_NOWHERE)
    isBaseSet = true
  }
  const judge = (): void => {
    judged = parser.endIndex + 1
  }
  const parser: Parser = makeParser({
    onopentagname: () => {
      tagFrom = parser.startIndex
    },
    onopentag: (name, attributes, isImplied) => {
      const from = tagFrom ?? parser.startIndex
      tagFrom = null
      judge()
      if (isImplied) return
      if (name === 'base' || reaches(name, attributes)) {
        source.pass(from)
        source.drop(judged)
      }
      // A page that begins with something else than its doctype is drawn in another mode.
      if (name === 'head') setBase(judged)
      else if (name !== 'html') setBase(from)
    },
    onclosetag: judge,
    ontext: judge,
    oncomment: judge,
    onprocessinginstruction: judge,
  })
  return {
    write: (text) => {
      source.add(text)
      parser.write(text)
      source.pass(Math.min(judged, tagFrom ?? judged))
      return source.taken()
    },
    end: () => {
      parser.end()
      // A tag that is never closed is no element: nothing of it is kept.
      if (tagFrom === null) source.pass(Infinity)
      return source.taken()
    },
  }
}

interface Source {
  readonly add: (text: string) => void
  /** What comes before `to` goes on, and `more` behind it. */
  readonly pass: (to: number, more?: string) => void
  readonly drop: (to: number) => void
  readonly taken: () => string
}

/** The part of the page that waits, by places in the whole of it. */
function createSource(): Source {
  let held = ''
  let heldFrom = 0
  let out = ''
  const cut = (to: number): string => {
    const count = Math.min(held.length, Math.max(0, to - heldFrom))
    const text = held.slice(0, count)
    held = held.slice(count)
    heldFrom += count
    return text
  }
  return {
    add: (text) => {
      held += text
    },
    pass: (to, more = '') => {
      out += cut(to) + more
    },
    drop: cut,
    taken: () => {
      const text = out
      out = ''
      return text
    },
  }
}

/** A frame could bring such elements along in its own little page. */
const FRAMES = new Set(['iframe', 'frame', 'object', 'embed'])

function reaches(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (FRAMES.has(name)) return true
  if (name === 'link') return REACHING_LINK.test(attributes['rel'] ?? '')
  return name === 'meta' && /^\s*(?:refresh|x-dns-prefetch-control|link)\s*$/i.test(attributes['http-equiv'] ?? '')
}
