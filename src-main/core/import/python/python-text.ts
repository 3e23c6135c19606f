/** What Python's `str()`, `repr()`, format specifications and `json.dumps` make of values. */
import { pythonJson } from '../../prepare/python-json.ts'
import { variableName } from './variable-names.ts'
import { concat, hole, plain, textOfBytes, type Text } from './text.ts'
import { keyOf, type Value } from './values.ts'

const MAX_DEPTH = 100

/** As `str(value)`; null where it is not known what that is. */
export function strOf(value: Value, depth = 0): Text | null {
  switch (value.kind) {
    case 'str':
      return value.text
    case 'unknown':
      return hole(value.name)
    case 'name':
      return hole(nameOfPath(value.path))
    default:
      return reprOf(value, depth)
  }
}

/** What a setting of another module is called: `settings.API_URL` is API_URL. */
function nameOfPath(path: string): string {
  return variableName(path.slice(path.lastIndexOf('.') + 1))
}

/** As `repr(value)`; null where it is not known what that is. */
export function reprOf(value: Value, depth = 0): Text | null {
  if (depth > MAX_DEPTH) return null
  switch (value.kind) {
    case 'none':
      return ['None']
    case 'bool':
      return [value.value ? 'True' : 'False']
    case 'int':
      return [String(value.value)]
    case 'float':
      return [floatText(value.value)]
    case 'str':
      return quotedText(value.text)
    case 'bytes':
      return concat([['b'], quotedText(value.text)])
    case 'unknown':
      return hole(value.name)
    case 'list':
    case 'tuple':
    case 'set':
      return listText(value.kind, value.items, depth)
    case 'dict': {
      const pairs = [...value.entries.values()].map(([key, item]) => spread([reprOf(key, depth + 1), [': '], reprOf(item, depth + 1)]))
      return wrapped('{', pairs, '}')
    }
    default:
      return null
  }
}

function listText(kind: 'list' | 'tuple' | 'set', items: readonly Value[], depth: number): Text | null {
  const texts = items.map((item) => reprOf(item, depth + 1))
  if (kind === 'set') return items.length === 0 ? ['set()'] : wrapped('{', texts, '}')
  if (kind === 'tuple') return wrapped('(', texts, items.length === 1 ? ',)' : ')')
  return wrapped('[', texts, ']')
}

function wrapped(open: string, texts: readonly (Text | null)[], close: string): Text | null {
  const between = texts.flatMap((text, index) => (index === 0 ? [text] : [[', '], text]))
  return spread([[open], ...between, [close]])
}

function spread(texts: readonly (Text | null)[]): Text | null {
  return texts.some((text) => text === null) ? null : concat(texts.filter((text) => text !== null))
}

/** In single quotes, in double ones where it has single ones and no double ones. */
function quotedText(text: Text): Text {
  const known = text.filter((part) => typeof part === 'string').join('')
  const mark = known.includes("'") && !known.includes('"') ? '"' : "'"
  const escape = (stretch: string): string =>
    stretch.replaceAll(/['"\\\n\r\t]|[\u0000-\u001f\u007f-\u00a0\u00ad]/g, (character) => {
      if (character === "'" || character === '"') return character === mark ? `\\${character}` : character
      const simple = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character]
      return simple ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
    })
  return concat([[mark], text.map((part) => (typeof part === 'string' ? escape(part) : part)), [mark]]) ?? []
}

/** @see CPython's `float.__repr__`: the shortest digits, with a point or an exponent in any case */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  const literal = Object.is(value, -0) ? '-0' : String(value)
  return pythonJson(/[.e]/.test(literal) ? literal : `${literal}.0`)
}

const SPEC = /^(?:([^])?([<>=^]))?([-+ ])?z?(#)?(0)?(\d{1,4})?([,_])?(?:\.(\d{1,3}))?([a-zA-Z%])?$/u

/** As `format(value, spec)`; what is not known stays whole. Null for a specification that makes no sense for it. */
export function formatted(value: Value, spec: string): Text | null {
  const whole = strOf(value)
  if (spec === '' || whole === null) return whole
  const match = SPEC.exec(spec)
  if (!match) return null
  const [, fill, align, sign = '', alternate, zero, width = '0', group, precision, type = ''] = match
  const known = plain(whole)
  if (known === null || value.kind === 'unknown') return whole
  const number = numberText(value, { sign, group: group ?? '', precision, type, isAlternate: alternate !== undefined })
  const isNumber = number !== null
  const text = number ?? (precision === undefined ? known : [...known].slice(0, Number(precision)).join(''))
  const missing = Math.max(0, Number(width) - [...text].length)
  const filler = (fill ?? (zero !== undefined && isNumber ? '0' : ' ')).repeat(missing)
  const side = align ?? (zero !== undefined && isNumber ? '=' : isNumber ? '>' : '<')
  if (side === '<') return [text + filler]
  if (side === '^') return [filler.slice(0, Math.floor(missing / 2)) + text + filler.slice(Math.floor(missing / 2))]
  if (side === '=' && /^[-+]/.test(text)) return [text.charAt(0) + filler + text.slice(1)]
  return [filler + text]
}

interface NumberSpec {
  readonly sign: string
  readonly group: string
  readonly precision: string | undefined
  readonly type: string
  readonly isAlternate: boolean
}

const RADIX: Readonly<Record<string, number>> = { x: 16, X: 16, o: 8, b: 2 }

function numberText(value: Value, spec: NumberSpec): string | null {
  if (value.kind !== 'int' && value.kind !== 'float' && !(value.kind === 'bool' && spec.type !== '')) return null
  const number = Number(value.value)
  const isWhole = value.kind !== 'float'
  const digits = spec.precision === undefined ? 6 : Math.min(100, Number(spec.precision))
  let text: string
  if (isWhole && Object.hasOwn(RADIX, spec.type)) {
    text = BigInt(value.value).toString(RADIX[spec.type])
    if (spec.isAlternate) text = text.replace(/^(-?)/, `$10${spec.type}`)
    if (spec.type === 'X') text = text.toUpperCase()
  } else if (spec.type === '%') text = `${(number * 100).toFixed(digits)}%`
  else if (/^[fF]$/.test(spec.type) || (value.kind === 'float' && spec.type === '' && spec.precision !== undefined))
    text = number.toFixed(digits)
  else if (/^[eE]$/.test(spec.type)) text = number.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2')
  else text = value.kind === 'float' ? floatText(value.value) : String(BigInt(value.value))
  if (spec.group !== '') text = text.replace(/\d+/, (whole) => whole.replaceAll(/\B(?=(\d{3})+$)/g, spec.group))
  return (spec.sign === '+' || spec.sign === ' ') && !text.startsWith('-') ? spec.sign + text : text
}

export interface DumpOptions {
  /** Text that a level is indented by; null: all on one line. */
  readonly indent: string | null
  readonly isAscii: boolean
  readonly separators: readonly [string, string]
  readonly isSorted: boolean
  /** Numbers stand as they are typed. */
  readonly isTyped?: boolean
}

export const PYTHON_DUMP: DumpOptions = { indent: null, isAscii: true, separators: [', ', ': '], isSorted: false }
/** As a form shows it: what is sent is written anew, as requests does. */
export const FORM_DUMP: DumpOptions = { indent: '  ', isAscii: false, separators: [',', ': '], isSorted: false, isTyped: true }

/** As `json.dumps(value)`; null for what has no JSON. */
export function dumped(value: Value, options: DumpOptions, depth = 0): Text | null {
  if (depth > MAX_DEPTH) return null
  switch (value.kind) {
    case 'none':
      return ['null']
    case 'bool':
      return [value.value ? 'true' : 'false']
    case 'int':
      return [String(value.value)]
    case 'float':
      if (options.isTyped === true && value.literal !== undefined) return [value.literal]
      return Number.isFinite(value.value)
        ? [floatText(value.value)]
        : [{ nan: 'NaN', inf: 'Infinity' }[floatText(value.value)] ?? '-Infinity']
    case 'str':
      return jsonString(value.text, options)
    case 'unknown':
      return value.isNumber === true ? hole(value.name) : jsonString(hole(value.name), options)
    case 'name':
      return jsonString(hole(nameOfPath(value.path)), options)
    case 'list':
    case 'tuple':
      return nested(
        '[',
        value.items.map((item) => dumped(item, options, depth + 1)),
        ']',
        options,
        depth,
      )
    case 'dict': {
      const pairs = [...value.entries.values()].map(([key, item]) => [jsonKey(key), item] as const)
      if (options.isSorted) pairs.sort(([left], [right]) => compareText(left, right))
      const members = pairs.map(([key, item]) =>
        key === null ? null : spread([jsonString(key, options), [options.separators[1]], dumped(item, options, depth + 1)]),
      )
      return nested('{', members, '}', options, depth)
    }
    default:
      return null
  }
}

function compareText(left: Text | null, right: Text | null): number {
  const [one, other] = [JSON.stringify(left), JSON.stringify(right)]
  return one < other ? -1 : one > other ? 1 : 0
}

function nested(open: string, members: readonly (Text | null)[], close: string, options: DumpOptions, depth: number): Text | null {
  if (members.length === 0) return [open + close]
  const line = (level: number): string => (options.indent === null ? '' : `\n${options.indent.repeat(level)}`)
  const between = options.indent === null ? options.separators[0] : options.separators[0].trimEnd() + line(depth + 1)
  const inner = members.flatMap((member, index) => (index === 0 ? [member] : [[between], member]))
  return spread([[open + line(depth + 1)], ...inner, [line(depth) + close]])
}

/** Keys that are no strings become them. */
function jsonKey(key: Value): Text | null {
  if (key.kind === 'str') return key.text
  if (keyOf(key) === null || key.kind === 'tuple' || key.kind === 'bytes') return null
  return key.kind === 'unknown' ? hole(key.name) : dumped(key, PYTHON_DUMP)
}

function jsonString(text: Text, { isAscii }: DumpOptions): Text {
  const escape = (stretch: string): string => {
    const quoted = JSON.stringify(stretch)
    return (isAscii ? pythonJson(quoted) : quoted).slice(1, -1)
  }
  return concat([['"'], text.map((part) => (typeof part === 'string' ? escape(part) : part)), ['"']]) ?? []
}

/** What a form field, a query or a header says for a value, as requests does; null where that is not known. */
export function fieldText(value: Value): Text | null {
  if (value.kind !== 'bytes') return strOf(value)
  const known = plain(value.text)
  if (known === null) return value.text
  const text = textOfBytes(known)
  return text === null ? null : [text]
}

/** As `'…' % values`; null where it does not fit. */
export function percentFormatted(text: Text, values: Value): Text | null {
  let next = 0
  const items = values.kind === 'tuple' ? values.items : [values]
  const result: (Text | null)[] = []
  for (const stretch of text) {
    if (typeof stretch !== 'string') {
      result.push([stretch])
      continue
    }
    let last = 0
    for (const match of stretch.matchAll(/%(?:\(([^()]*)\))?([-#0 +]*)(\d{1,4})?(?:\.(\d{1,3}))?([a-zA-Z%])/g)) {
      const [whole, name, flags = '', width = '', precision, type = ''] = match
      result.push([stretch.slice(last, match.index)])
      last = match.index + whole.length
      if (type === '%') {
        result.push(['%'])
        continue
      }
      const named =
        name === undefined || values.kind !== 'dict'
          ? undefined
          : values.entries.get(`str:${JSON.stringify(name === '' ? [] : [name])}`)?.[1]
      const value = name === undefined ? items[next++] : named
      result.push(value ? percentField(value, flags, width, precision, type) : null)
    }
    result.push([stretch.slice(last)])
  }
  return spread(result)
}

function percentField(value: Value, flags: string, width: string, precision: string | undefined, type: string): Text | null {
  const point = precision === undefined ? '' : `.${precision}`
  const align = flags.includes('-') ? '<' : ''
  const zero = flags.includes('0') && align === '' ? '0' : ''
  const sign = flags.includes('+') ? '+' : ''
  if (/^[sra]$/.test(type)) {
    const text = type === 's' ? strOf(value) : reprOf(value)
    return text === null ? null : formatted({ kind: 'str', text }, `${align === '' && width !== '' ? '>' : align}${width}${point}`)
  }
  if (/^[diu]$/.test(type))
    return value.kind === 'float'
      ? formatted({ kind: 'int', value: BigInt(Math.trunc(value.value) || 0) }, `${align}${sign}${zero}${width}`)
      : formatted(value, `${align}${sign}${zero}${width}`)
  return formatted(value, `${align}${sign}${zero}${width}${point}${type}`)
}
