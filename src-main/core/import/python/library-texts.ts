/** Functions of Python that make texts of values: JSON, base64, and what URLs are put together with. */
import { encodeFormText } from '#contract/model/url-query.ts'
import { argument, type Args } from './args.ts'
import { loaded } from './json-values.ts'
import { unknown, type Machine } from './machine.ts'
import { iterated, pairsOf } from './operators.ts'
import { dumped, fieldText, PYTHON_DUMP, strOf, type DumpOptions } from './python-text.ts'
import type { Span } from './syntax.ts'
import { concat, mapText, plain, type Text } from './text.ts'
import { NONE, plainText, str, truth, type Scope, type Value } from './values.ts'

export interface Place {
  readonly machine: Machine
  readonly at: Span
  readonly scope: Scope
}

/** Null where the result is not known. */
export type LibraryFunction = (args: Args, place: Place) => Value | null

export const TEXT_FUNCTIONS: Readonly<Record<string, LibraryFunction>> = {
  'json.dumps': (args) => dumps(args),
  'json.loads': ({ positional: [text] }) => {
    if (text?.kind === 'unknown' && text.path) return text // of an answer: its path leads on
    return plainText(text) === null ? null : loaded(plainText(text) ?? '')
  },
  'json.load': ({ positional: [file] }, { machine, at }) => unknown(machine, file?.kind === 'file' ? 'content' : 'data', at, 'computed'),
  'base64.b64encode': ({ positional: [value] }) => encoded(value, 'base64'),
  'base64.standard_b64encode': ({ positional: [value] }) => encoded(value, 'base64'),
  'base64.encodebytes': ({ positional: [value] }) => encoded(value, 'base64'),
  'base64.urlsafe_b64encode': ({ positional: [value] }) => encoded(value, 'base64url'),
  'base64.b64decode': ({ positional: [value] }) => {
    const known = value && (value.kind === 'str' || value.kind === 'bytes') ? plain(value.text) : null
    return known === null ? null : { kind: 'bytes', text: [Buffer.from(known, 'base64').toString('latin1')] }
  },
  'urllib.parse.urlencode': (args) => urlencoded(args),
  'urllib.parse.quote': (args) => quoted(args, plainText(argument(args, 1, 'safe')) ?? '/', false),
  'urllib.parse.quote_plus': (args) => quoted(args, plainText(argument(args, 1, 'safe')) ?? '', true),
  'urllib.parse.urljoin': ({ positional: [base, path] }) => (base && path ? joinedUrl(base, path) : null),
}

export function textOr(text: Text | null): Value | null {
  return text === null ? null : str(text)
}

function dumps(args: Args): Value | null {
  const [value] = args.positional
  if (!value) return null
  const named = (name: string): Value | undefined => args.named.get(name)
  const indent = named('indent')
  const ascii = named('ensure_ascii')
  const separators = named('separators')
  const sort = named('sort_keys')
  const [comma, colon] = separators ? (iterated(separators) ?? []).map((one) => plainText(one)) : []
  const options: DumpOptions = {
    indent: indent?.kind === 'int' ? ' '.repeat(Math.min(16, Number(indent.value))) : (plainText(indent) ?? null),
    isAscii: ascii === undefined || truth(ascii) !== false,
    separators: [comma ?? PYTHON_DUMP.separators[0], colon ?? PYTHON_DUMP.separators[1]],
    isSorted: sort !== undefined && truth(sort) === true,
  }
  return textOr(dumped(value, options))
}

/** Base64 of a text that is not all known is worked out where its name is known. */
function encoded(value: Value | undefined, alphabet: 'base64' | 'base64url'): Value | null {
  if (value?.kind !== 'bytes' && value?.kind !== 'str') return null
  const known = plain(value.text)
  if (known !== null) {
    const made = Buffer.from(known, value.kind === 'bytes' ? 'latin1' : 'utf8').toString('base64')
    return { kind: 'bytes', text: [alphabet === 'base64' ? made : made.replaceAll('+', '-').replaceAll('/', '_')] }
  }
  return { kind: 'bytes', text: [{ kind: 'base64', of: value.text }] }
}

function urlencoded(args: Args): Value | null {
  const [value] = args.positional
  const pairs = value ? pairsOf(value) : null
  if (!pairs) return null
  const isSpread = truth(argument(args, 1, 'doseq') ?? NONE) === true
  const rows = pairs.flatMap(([key, item]) =>
    ((isSpread ? (item.kind === 'str' ? null : iterated(item)) : null) ?? [item]).map((one) => [fieldText(key), fieldText(one)] as const),
  )
  const texts = rows.flatMap(([key, item], index): (Text | null)[] => [
    index === 0 ? [] : ['&'],
    key && mapText(key, encodeFormText),
    ['='],
    item && mapText(item, encodeFormText),
  ])
  return texts.includes(null) ? null : textOr(concat(texts.filter((text) => text !== null)))
}

function quoted(args: Args, safe: string, isPlus: boolean): Value | null {
  const text = args.positional[0] ? fieldText(args.positional[0]) : null
  if (text === null) return null
  return str(
    mapText(text, (stretch) => {
      const all = [...stretch].map((character) =>
        safe.includes(character) ? character : encodeFormText(character).replace(/^\+$/, isPlus ? '+' : '%20'),
      )
      return all.join('')
    }),
  )
}

/** As `urljoin`, where the base is known, or the path is of the root or a whole address. */
function joinedUrl(base: Value, path: Value): Value | null {
  const [from, to] = [strOf(base), strOf(path)]
  if (!from || !to) return null
  const [known, relative] = [plain(from), plain(to)]
  if (known !== null && relative !== null) {
    try {
      return str(new URL(relative, known).href)
    } catch {
      return null
    }
  }
  const first = to[0]
  if (typeof first === 'string' && /^[a-z][a-z\d+.-]*:/i.test(first)) return str(to)
  const last = from.at(-1)
  const endsInSlash = typeof last === 'string' && last.endsWith('/')
  const startsWithSlash = typeof first === 'string' && first.startsWith('/')
  const head = endsInSlash && startsWithSlash && typeof last === 'string' ? [...from.slice(0, -1), last.slice(0, -1)] : from
  return textOr(concat([head, endsInSlash || startsWithSlash ? [] : ['/'], to]))
}
