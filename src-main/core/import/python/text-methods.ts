/** Methods of Python's strings and bytes, as far as they matter to requests. Null where the result is not known. */
import { argument, type Args } from './args.ts'
import { iterated, pairsOf } from './operators.ts'
import { formatted, reprOf, strOf } from './python-text.ts'
import { bytesOf, concat, mapText, plain, textOfBytes, type Text } from './text.ts'
import { bool, int, list, plainText, str, type Value } from './values.ts'

type TextValue = Extract<Value, { kind: 'str' | 'bytes' }>

const BLANKS = ' \t\n\r\v\f'

export function textMethod(target: TextValue, name: string, args: Args): Value | null {
  switch (name) {
    case 'format':
      return target.kind === 'str' ? ofText(templated(target.text, args)) : null
    case 'format_map': {
      const named = args.positional[0] ? pairsOf(args.positional[0]) : null
      if (target.kind !== 'str' || named === null) return null
      const entries = named.flatMap(([key, value]) => (plainText(key) === null ? [] : [[plainText(key) ?? '', value] as const]))
      return ofText(templated(target.text, { positional: [], named: new Map(entries), hasUnknown: false }))
    }
    case 'join':
      return joined(target, args.positional[0])
    case 'encode':
      return target.kind === 'str' ? { kind: 'bytes', text: mapText(target.text, encoder(plainText(argument(args, 0, 'encoding')))) } : null
    case 'decode':
      return target.kind === 'bytes' ? decoded(target, plainText(argument(args, 0, 'encoding'))) : null
    case 'replace':
      return replaced(target, args)
    case 'strip':
    case 'lstrip':
    case 'rstrip':
      return stripped(target, name, args)
    default: {
      const known = plain(target.text)
      return known === null ? null : knownMethod(target.kind, known, name, args)
    }
  }
}

function ofText(text: Text | null): Value | null {
  return text === null ? null : str(text)
}

function encoder(encoding: string | null): (stretch: string) => string {
  return /^(latin|iso-?8859|ascii|us-ascii)/i.test(encoding ?? '') ? (stretch) => stretch : bytesOf
}

function decoded(target: TextValue, encoding: string | null): Value | null {
  if (/^(latin|iso-?8859|ascii|us-ascii)/i.test(encoding ?? '')) return str(target.text)
  const parts = target.text.map((part) => (typeof part === 'string' ? textOfBytes(part) : part))
  return parts.includes(null) ? null : str(parts.filter((part) => part !== null))
}

function joined(separator: TextValue, items: Value | undefined): Value | null {
  const values = items ? iterated(items) : null
  if (!values) return null
  const texts = values.map((value) => (value.kind === separator.kind ? value.text : value.kind === 'unknown' ? strOf(value) : null))
  if (texts.includes(null)) return null
  const text = concat(texts.flatMap((one, index): Text[] => (one === null ? [] : index === 0 ? [one] : [separator.text, one])))
  return text === null ? null : { kind: separator.kind, text }
}

/** Replaced within each stretch: a hole holds nothing that is known to be replaced. */
function replaced(target: TextValue, args: Args): Value | null {
  const [from, to] = args.positional
  if (from?.kind !== target.kind || to?.kind !== target.kind) return null
  const [old, next] = [plain(from.text), to.text]
  if (old === null || old === '' || args.positional.length > 2) return null
  const parts = target.text.map((part): Text => {
    if (typeof part !== 'string') return [part]
    return part.split(old).flatMap((piece, index): Text => (index === 0 ? [piece] : [...next, piece]))
  })
  const text = concat(parts)
  return text === null ? null : { kind: target.kind, text }
}

function stripped(target: TextValue, name: 'strip' | 'lstrip' | 'rstrip', args: Args): Value | null {
  const given = args.positional[0]
  const marks = given === undefined || given.kind === 'none' ? BLANKS : given.kind === target.kind ? plain(given.text) : null
  if (marks === null) return null
  const parts = [...target.text]
  const first = parts[0]
  if (name !== 'rstrip' && typeof first === 'string') parts[0] = first.slice(runLength([...first], marks))
  const last = parts.at(-1)
  if (name !== 'lstrip' && typeof last === 'string')
    parts[parts.length - 1] = last.slice(0, last.length - runLength([...last].reverse(), marks))
  return { kind: target.kind, text: concat([parts]) ?? [] }
}

/** Code units of the run of marks that the characters begin with. */
function runLength(characters: readonly string[], marks: string): number {
  let length = 0
  for (const character of characters) {
    if (!marks.includes(character)) break
    length += character.length
  }
  return length
}

function knownMethod(kind: TextValue['kind'], known: string, name: string, args: Args): Value | null {
  const made = (text: string): Value => ({ kind, text: text === '' ? [] : [text] })
  const given = args.positional[0]
  const word = given?.kind === kind ? plain(given.text) : null
  switch (name) {
    case 'lower':
    case 'casefold':
      return made(known.toLowerCase())
    case 'upper':
      return made(known.toUpperCase())
    case 'capitalize':
      return made(known.slice(0, 1).toUpperCase() + known.slice(1).toLowerCase())
    case 'title':
      return made(known.replaceAll(/\p{L}+/gu, (letters) => letters.slice(0, 1).toUpperCase() + letters.slice(1).toLowerCase()))
    case 'zfill':
      return given?.kind === 'int' ? formatted(made(known), '') && made(known.padStart(Math.min(1000, Number(given.value)), '0')) : null
    case 'hex':
      return kind === 'bytes' ? str(Buffer.from(known, 'latin1').toString('hex')) : null
    case 'startswith':
      return word === null ? null : bool(known.startsWith(word))
    case 'endswith':
      return word === null ? null : bool(known.endsWith(word))
    case 'removeprefix':
      return word === null ? null : made(known.startsWith(word) ? known.slice(word.length) : known)
    case 'removesuffix':
      return word === null ? null : made(known.endsWith(word) ? known.slice(0, known.length - word.length) : known)
    case 'find':
      return word === null ? null : int(known.indexOf(word))
    case 'count':
      return word === null || word === '' ? null : int(known.split(word).length - 1)
    case 'isdigit':
      return bool(/^\d+$/.test(known))
    case 'splitlines':
      return list((known.endsWith('\n') ? known.slice(0, -1) : known).split(/\r\n|\r|\n/).map(made))
    case 'split':
      return split(known, word, args, made)
    case 'rsplit':
      return word !== null && args.positional[1]?.kind === 'int' && args.positional[1].value === 1n
        ? list(
            [known.slice(0, Math.max(0, known.lastIndexOf(word))), known.slice(known.lastIndexOf(word) + word.length)]
              .filter((_, index) => index > 0 || known.includes(word))
              .map(made),
          )
        : split(known, word, args, made)
    case 'partition': {
      const at = word === null ? -1 : known.indexOf(word)
      if (word === null) return null
      return list((at < 0 ? [known, '', ''] : [known.slice(0, at), word, known.slice(at + word.length)]).map(made), 'tuple')
    }
    default:
      return null
  }
}

function split(known: string, word: string | null, args: Args, made: (text: string) => Value): Value | null {
  const given = args.positional[0]
  if (given && given.kind !== 'none' && (word === null || word === '')) return null
  const limit = argument(args, 1, 'maxsplit')
  const pieces =
    word === null
      ? known
          .trim()
          .split(/\s+/)
          .filter((piece) => piece !== '')
      : known.split(word)
  if (limit?.kind !== 'int' || limit.value < 0n) return limit ? null : list(pieces.map(made))
  const most = Number(limit.value)
  if (word === null) return null
  return list([...pieces.slice(0, most), ...(pieces.length > most ? [pieces.slice(most).join(word)] : [])].map(made))
}

const FIELD = /\{\{|\}\}|\{([^{}!:[\].]*)((?:\.[A-Za-z_]\w*|\[[^\]{}]*\])*)(?:!([rsa]))?(?::([^{}]*))?\}/g

/** As `text.format(…)`; null where a field has no value. */
function templated(text: Text, args: Args): Text | null {
  let next = 0
  const result: Text[] = []
  for (const stretch of text) {
    if (typeof stretch !== 'string') {
      result.push([stretch])
      continue
    }
    let last = 0
    for (const match of stretch.matchAll(FIELD)) {
      const [whole, name = '', path = '', conversion, spec = ''] = match
      result.push([stretch.slice(last, match.index)])
      last = match.index + whole.length
      if (whole === '{{' || whole === '}}') {
        result.push([whole.charAt(0)])
        continue
      }
      const root = name === '' ? args.positional[next++] : /^\d+$/.test(name) ? args.positional[Number(name)] : args.named.get(name)
      const value = root ? valueAt(root, path) : undefined
      const field = value ? formatted(conversion === 'r' ? quoted(value) : value, spec) : null
      if (field === null) return null
      result.push(field)
    }
    result.push([stretch.slice(last)])
  }
  return concat(result)
}

function quoted(value: Value): Value {
  const text = reprOf(value)
  return text === null ? value : { kind: 'str', text }
}

function valueAt(root: Value, path: string): Value | undefined {
  let value: Value | undefined = root
  for (const [, , key] of path.matchAll(/\.(\w+)|\[([^\]]*)\]/g)) {
    if (key === undefined || !value) return undefined
    if (value.kind === 'dict') value = value.entries.get(`str:${JSON.stringify(key === '' ? [] : [key])}`)?.[1]
    else value = (value.kind === 'list' || value.kind === 'tuple') && /^\d+$/.test(key) ? value.items[Number(key)] : undefined
  }
  return value
}
