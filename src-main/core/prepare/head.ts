/**
 * The head of a request in the order of the wire: which line stands where, and what a typed header does to the default
 * of its name. The order is data, in `behaviour.ts`.
 */
import type { PreparedHeader } from '#contract/model/prepared.ts'
import type { BehaviourRules, HeadSlot } from './behaviour-rules.ts'
import type { TypedHeader } from './headers.ts'
import { isTyped } from './prepared-request.ts'

export interface HeadParts {
  readonly rules: BehaviourRules
  readonly method: string
  readonly authority: string
  readonly isSecure: boolean
  readonly typed: readonly TypedHeader[]
  /** Headers that stand behind the typed ones, as if they were typed too. */
  readonly appended: readonly PreparedHeader[]
  /** Names, in lower case, of lines that are not to be added. */
  readonly omitted: ReadonlySet<string>
  /** Posthaste's own. */
  readonly userAgent: string
  /** Content-Type of the body, where it has one. */
  readonly contentType: string | null
  readonly cookie: string | null
  readonly auth: readonly PreparedHeader[]
  /** Null: no body at all. */
  readonly bodyBytes: number | null
  /** Whether the body goes in chunks, without a length. */
  readonly isChunked: boolean
}

/** What a slot holds where nothing is typed, and what becomes of typed headers of its lines' names. */
interface Slot {
  readonly lines: readonly PreparedHeader[]
  /** Names that belong to it, in whatever case. */
  readonly names: readonly string[]
  /**
   * `here`: a typed one stands in the slot; `row`: in the place of its row; `dropped`: the slot's own is sent;
   * `filled`: the slot's own is sent in the place of the row.
   */
  readonly typed: 'here' | 'row' | 'dropped' | 'filled'
  /** Its name is written as the slot has it, whatever was typed. */
  readonly isFixed: boolean
}

/** Put the lines of the head together. */
export function assembleHead(parts: HeadParts): PreparedHeader[] {
  const slots = parts.rules.head.slots.map((slot) => (slot.kind === 'typed' ? null : slotOf(slot, parts)))
  const typedNames = new Set([...parts.typed, ...parts.appended].map((header) => header.name.toLowerCase()))
  const lines: PreparedHeader[] = []
  for (const slot of slots) {
    if (slot === null) lines.push(...typedLines(parts, slots))
    else if (slot.typed === 'here') lines.push(...typedHere(slot, parts.typed))
    else if (slot.typed === 'dropped' || typedNames.size === 0) lines.push(...slot.lines)
    else lines.push(...slot.lines.filter((line) => !typedNames.has(line.name.toLowerCase())))
  }
  const kept = withoutOmitted(lines, parts)
  return parts.rules.credentials.power === 'auth' ? withAuthInPlace(kept, parts.auth) : kept
}

/** Lines that the request is never without: it would be another request, or none. */
const NEVER_OMITTED: ReadonlySet<string> = new Set(['host', 'content-length', 'transfer-encoding'])

/**
 * The lines without those that nobody is to add. requests takes only its own defaults away, and urllib3 then puts in some
 * of its own: before all headers, right behind a Host that nobody has typed.
 */
function withoutOmitted(lines: PreparedHeader[], { omitted, rules }: HeadParts): PreparedHeader[] {
  if (omitted.size === 0) return lines
  const { takes, adds } = rules.head.onOmit
  const goes = (line: PreparedHeader): boolean => {
    const name = line.name.toLowerCase()
    if (!omitted.has(name) || isTyped(line) || NEVER_OMITTED.has(name)) return false
    return takes === 'all' || line.source === 'engine'
  }
  const gone = new Set(lines.filter(goes).map((line) => line.name.toLowerCase()))
  const rest = lines.filter((line) => !goes(line))
  const instead = adds.filter(([name]) => gone.has(name.toLowerCase()))
  const behindHost = rest.findIndex((line) => line.name.toLowerCase() === 'host' && !isTyped(line)) + 1
  return rest.toSpliced(behindHost, 0, ...instead.map(([name, value]) => ({ name, value, source: 'engine' as const })))
}

/** Auth is asked last, so that a header that it makes takes the place of one of its name, whatever made that one. */
function withAuthInPlace(lines: readonly PreparedHeader[], auth: readonly PreparedHeader[]): PreparedHeader[] {
  const made = new Map(auth.map((header) => [header.name.toLowerCase(), header]))
  const isReplaced = (header: PreparedHeader): boolean => made.has(header.name.toLowerCase()) && !auth.includes(header)
  const replaced = new Set(lines.filter(isReplaced).map((header) => header.name.toLowerCase()))
  if (replaced.size === 0) return [...lines]
  return lines
    .filter((header) => !(auth.includes(header) && replaced.has(header.name.toLowerCase())))
    .map((header) => made.get(header.name.toLowerCase()) ?? header)
}

/** The typed headers that stand in no other place, with what goes among them. */
function typedLines(parts: HeadParts, slots: readonly (Slot | null)[]): readonly PreparedHeader[] {
  const { typed, appended, contentType, rules } = parts
  const slotOfName = (name: string): Slot | undefined => slots.findLast((slot) => slot !== null && owns(slot, name)) ?? undefined
  const lines = [...typed.flatMap((header) => inRow(header, slotOfName(header.name.toLowerCase()))), ...appended]
  if (rules.head.order === 'typed') return lines
  const hasType = contentType === null || lines.some((header) => header.name.toLowerCase() === 'content-type')
  const all: PreparedHeader[] = hasType ? lines : [...lines, { name: 'Content-Type', value: contentType, source: 'body' }]
  const key = (header: PreparedHeader): string => header.name.toLowerCase()
  return all.toSorted((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0))
}

/** What stands in the place of a typed row. */
function inRow(header: TypedHeader, slot: Slot | undefined): readonly PreparedHeader[] {
  if (!slot || slot.typed === 'row') return [header]
  if (slot.typed !== 'filled') return []
  const own = slot.lines.find((line) => line.name.toLowerCase() === header.name.toLowerCase())
  if (own) return [own]
  // A length that is not the body's is never sent.
  return owns(slot, 'content-length') ? [] : [header]
}

function owns({ names }: Slot, lowerName: string): boolean {
  return names.some((name) => name.toLowerCase() === lowerName)
}

function typedHere(slot: Slot, typed: readonly TypedHeader[]): readonly PreparedHeader[] {
  const { lines, isFixed } = slot
  if (typed.length === 0) return lines
  const own = typed.filter((header) => owns(slot, header.name.toLowerCase()))
  const [line] = lines
  const last = own.at(-1)
  if (!last) return lines
  if (!isFixed || !line) return [...lines.filter(({ name }) => !own.some((header) => isNamed(header, name))), ...own]
  return [{ ...last, name: line.name, value: line.name === 'connection' ? last.value.toLowerCase() : last.value }]
}

function isNamed(header: TypedHeader, name: string): boolean {
  return header.name.toLowerCase() === name.toLowerCase()
}

function slotOf(slot: Exclude<HeadSlot, { kind: 'typed' }>, parts: HeadParts): Slot {
  switch (slot.kind) {
    case 'default':
      return ownSlot(slot, slot.name, parts.isSecure ? (slot.secureValue ?? slot.value) : slot.value)
    case 'host':
      return ownSlot(slot, slot.name, parts.authority)
    case 'userAgent':
      return ownSlot(slot, 'User-Agent', parts.rules.head.userAgent ?? parts.userAgent)
    case 'cookie':
      return { lines: linesOf('Cookie', parts.cookie, 'cookies'), names: ['Cookie'], typed: 'row', isFixed: false }
    case 'contentType':
      return { lines: linesOf('Content-Type', parts.contentType, 'body'), names: ['Content-Type'], typed: 'row', isFixed: false }
    case 'auth':
      return {
        lines: parts.auth,
        names: [...parts.auth.map(({ name }) => name), ...(slot.typed === 'here' ? ['Authorization'] : [])],
        typed: slot.typed ?? (parts.rules.credentials.power === 'typed' ? 'row' : 'filled'),
        isFixed: false,
      }
    case 'length':
      return {
        lines: lengthLines(slot.name, parts),
        names: ['Content-Length'],
        typed: slot.typed === 'row' ? 'filled' : 'dropped',
        isFixed: false,
      }
  }
}

/** The slot of a line that the engine always has. */
function ownSlot(slot: { readonly typed: Slot['typed']; readonly isFixed?: boolean }, name: string, value: string | null): Slot {
  return { lines: linesOf(name, value, 'engine'), names: [name], typed: slot.typed, isFixed: slot.isFixed === true }
}

function linesOf(name: string, value: string | null, source: PreparedHeader['source']): readonly PreparedHeader[] {
  return value === null ? [] : [{ name, value, source }]
}

function lengthLines(name: string, parts: HeadParts): readonly PreparedHeader[] {
  if (parts.isChunked) return linesOf('Transfer-Encoding', 'chunked', 'body')
  const length = contentLength(parts)
  return linesOf(name, length === null ? null : String(length), 'body')
}

/** Length to announce: of any body, and 0 for the methods that expect one (RFC 9110 §8.6). */
function contentLength({ rules, method, bodyBytes }: HeadParts): number | null {
  if (bodyBytes !== null && bodyBytes > 0) return bodyBytes
  if (bodyBytes === 0 && rules.head.emptyBody === 'zero') return 0
  const { kind, methods } = rules.head.zeroLength
  return methods.includes(method) === (kind === 'only') ? 0 : null
}

/**
 * Credentials put into a head that is already assembled, as for an answer to a challenge: in the place of any of their
 * names, else where the rules have credentials.
 */
export function withCredentials(
  headers: readonly PreparedHeader[],
  added: readonly PreparedHeader[],
  rules: BehaviourRules,
): readonly PreparedHeader[] {
  const names = new Set(added.map((header) => header.name.toLowerCase()))
  const isReplaced = (header: PreparedHeader): boolean => names.has(header.name.toLowerCase())
  const rest = headers.filter((header) => !isReplaced(header))
  const before = rules.credentials.power === 'auth' ? headers.findIndex(isReplaced) : -1
  const at = before < 0 ? placeOf(rest, 'auth', rules) : before
  return [...rest.slice(0, at), ...added, ...rest.slice(at)]
}

/** The lines with the Cookie line of a value put in the place that the rules give it; null: none. */
export function withCookieLine(headers: readonly PreparedHeader[], value: string | null, rules: BehaviourRules): readonly PreparedHeader[] {
  const rest = headers.filter((header) => header.source !== 'cookies')
  if (value === null) return rest
  const at = placeOf(rest, 'cookie', rules)
  return [...rest.slice(0, at), { name: 'Cookie', value, source: 'cookies' }, ...rest.slice(at)]
}

/** Index before which a line of a kind goes: before the first line of the slots that follow its own. */
function placeOf(headers: readonly PreparedHeader[], kind: 'auth' | 'cookie', { head }: BehaviourRules): number {
  const own = head.slots.findIndex((slot) => slot.kind === kind)
  const later = head.slots.slice(own + 1)
  const follows = (header: PreparedHeader): boolean =>
    later.some((slot) => {
      switch (slot.kind) {
        case 'typed':
          return isTyped(header)
        case 'auth':
          return header.source === 'auth' || header.source === 'url'
        case 'cookie':
          return header.source === 'cookies'
        case 'contentType':
          return header.source === 'body' && header.name.toLowerCase() === 'content-type'
        case 'length':
          return header.source === 'body' && header.name.toLowerCase() !== 'content-type'
        case 'userAgent':
          return header.name.toLowerCase() === 'user-agent'
        case 'host':
        case 'default':
          return header.name.toLowerCase() === slot.name.toLowerCase()
      }
    })
  const at = headers.findIndex(follows)
  return at < 0 ? headers.length : at
}
