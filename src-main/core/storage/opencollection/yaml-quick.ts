/**
 * A YAML text as the document that `parseDocument` of `yaml` makes of it, in a sixth of the time, for those that only read: without
 * comments, places and tokens (docs/decisions/0014). js-yaml tells what stands where; which value a plain word stands for is told by
 * the tags of `yaml` itself.
 */
import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml'
import { Document, Pair, Scalar, Schema, YAMLMap, YAMLSeq, type ScalarTag } from 'yaml'

type Node = Scalar | YAMLMap | YAMLSeq

/** What is nested deeper is left to `yaml`, which reads it or says why not. js-yaml's own bound. */
const MAX_DEPTH = 100

/**
 * What the two libraries do not read alike, or might not: tabs where a line begins, a carriage return alone, a byte order mark within,
 * marks of documents, `?` or `:` that stand by themselves, a backslash that ends a line, block texts that say how far they are indented
 * or keep all their last lines.
 */
const READ_APART = /\uFEFF|^ *(?:\t|---|\.\.\.)|\r(?!\n)|(?:^|[\s{[,])(?::|\?(?=\s|$))|\\$|[|>]-?[\d+]/m

/**
 * @returns null for what has a fault, and for what is seldom written: anchors, tags, directives, more than one document, keys that are
 *   no words, a document that is no map
 */
export function quickDocument(text: string): Document | null {
  if (READ_APART.test(text)) return null
  const events = eventsOf(text)
  const contents = events && contentsOf(events, text)
  if (!contents) return null
  const document = new Document()
  document.contents = contents
  return document
}

function eventsOf(text: string): Event[] | null {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH })
  } catch {
    // Whatever is wrong with it, `yaml` finds the words for it.
    return null
  }
}

function contentsOf(events: readonly Event[], text: string): YAMLMap | null {
  const [start, root] = events
  if (start?.type !== EVENT_ID.DOCUMENT || start.directives.length > 0 || root?.type !== EVENT_ID.MAPPING) return null
  const walk = { events, text, at: 1 }
  const contents = nodeAt(walk)
  const isOnlyOne = events[walk.at]?.type === EVENT_ID.POP && walk.at === events.length - 1
  return contents instanceof YAMLMap && isOnlyOne ? contents : null
}

interface Walk {
  readonly events: readonly Event[]
  readonly text: string
  /** Of the event that is next. */
  at: number
}

/** The node that begins with the next event; null where it is one that is seldom written. */
function nodeAt(walk: Walk): Node | null {
  const event = walk.events[walk.at]
  walk.at += 1
  if (!event || event.type === EVENT_ID.ALIAS || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return null
  if (event.anchorStart >= 0 || event.tagStart >= 0) return null
  if (event.type === EVENT_ID.SCALAR) return scalarOf(event, walk.text)
  return event.type === EVENT_ID.SEQUENCE ? listAt(walk) : mapAt(walk)
}

function listAt(walk: Walk): YAMLSeq | null {
  const list = new YAMLSeq()
  while (walk.events[walk.at]?.type !== EVENT_ID.POP) {
    const item = nodeAt(walk)
    if (item === null) return null
    list.items.push(item)
  }
  walk.at += 1
  return list
}

function mapAt(walk: Walk): YAMLMap | null {
  const map = new YAMLMap()
  const keys = new Set<unknown>()
  while (walk.events[walk.at]?.type !== EVENT_ID.POP) {
    const keyEvent = walk.events[walk.at]
    const key = nodeAt(walk)
    if (!(key instanceof Scalar) || keys.has(key.value)) return null
    keys.add(key.value)
    const value = nodeAt(walk)
    if (value === null || (isEmpty(value) && !hasColon(keyEvent, walk.text))) return null
    map.items.push(new Pair(key, value))
  }
  walk.at += 1
  return map
}

const isEmpty = (node: Node): boolean => node instanceof Scalar && node.value === null && node.source === ''

/** `key:` has an empty value, `? key` none. */
function hasColon(key: Event | undefined, text: string): boolean {
  COLON.lastIndex = key?.type === EVENT_ID.SCALAR ? key.valueEnd : 0
  return COLON.test(text)
}

const COLON = /["']?\s*:/y

const STYLES: Readonly<Record<ScalarEvent['style'], Scalar.Type>> = {
  [SCALAR_STYLE.PLAIN]: Scalar.PLAIN,
  [SCALAR_STYLE.SINGLE_QUOTED]: Scalar.QUOTE_SINGLE,
  [SCALAR_STYLE.DOUBLE_QUOTED]: Scalar.QUOTE_DOUBLE,
  [SCALAR_STYLE.LITERAL_BLOCK]: Scalar.BLOCK_LITERAL,
  [SCALAR_STYLE.FOLDED_BLOCK]: Scalar.BLOCK_FOLDED,
}

function scalarOf(event: ScalarEvent, text: string): Scalar {
  const source = getScalarValue(text, event)
  const scalar = event.style === SCALAR_STYLE.PLAIN ? plainScalar(source) : new Scalar<unknown>(source)
  scalar.source = source
  scalar.type = STYLES[event.style]
  return scalar
}

/** Those of YAML 1.2's core schema, in their order, that a plain word may stand for. */
const TAGS = new Schema({ schema: 'core' }).tags.filter((tag): tag is ScalarTag => tag.default === true && 'test' in tag)
/** With which all that is no text begins, or nothing at all: null, true and false, numbers, `.inf` and `.nan`. */
const NO_TEXT = /^(?:[-+.\d~nNtTfF]|$)/

function plainScalar(source: string): Scalar {
  const tag = NO_TEXT.test(source) ? TAGS.find(({ test }) => test?.test(source)) : undefined
  const value = tag ? tag.resolve(source, () => undefined, {}) : source
  return value instanceof Scalar ? value : new Scalar<unknown>(value)
}
