/** Functions of Python and its libraries that requests are put together with. Nothing is called that reaches outside the script. */
import { lookup } from 'mime-types'
import { argument, type Args } from './args.ts'
import { TEXT_FUNCTIONS, textOr, type LibraryFunction, type Place } from './library-texts.ts'
import { deepCopy } from './collection-methods.ts'
import { environmentValue, note, puzzled, unknown, type Machine } from './machine.ts'
import { binary, iterated, pairsOf, updated } from './operators.ts'
import { formatted, reprOf, strOf } from './python-text.ts'
import { requestsLibrary } from './requests-library.ts'
import type { Span } from './syntax.ts'
import { bytesOf, concat, mapText, plain, type Text } from './text.ts'
import { bool, dict, int, list, NONE, plainText, str, truth, type UnknownValue, type Value } from './values.ts'
import { memberOf } from './attributes.ts'
import { writes } from './saved-answers.ts'
import { inParallel, sideBySide } from './parallel-calls.ts'

/** Only show, wait or set things up: requests are the same without them. */
const PASSED_OVER =
  /^(?:builtins\.(?:print|exit|quit|setattr)|pprint(?:\.|$)|logging\.|loguru\.|structlog\.|time\.sleep|sys\.(?:exit|stdout|stderr)|warnings\.|urllib3\.(?:disable_warnings|add_stderr_logger)|dotenv\.|rich\.|asyncio\.(?:run|sleep)|os\.(?:makedirs|mkdir|remove)|requests\.(?:disable_warnings|urllib3)|http\.client\.)/

export function library(path: string, args: Args, place: Place): Value {
  const { machine, at } = place
  if (path === 'logging.getLogger') return { kind: 'name', path: 'logging.logger' }
  if (PASSED_OVER.test(path)) {
    machine.passedOver.add(machine.lineOf(at.from))
    return unknown(machine, 'result', at, 'computed')
  }
  const own = Object.hasOwn(FUNCTIONS, path) ? FUNCTIONS[path] : Object.hasOwn(TEXT_FUNCTIONS, path) ? TEXT_FUNCTIONS[path] : undefined
  const known = own ? own(args, place) : requestsLibrary(path, args, place)
  const name = path.slice(path.lastIndexOf('.') + 1)
  if (known) return known
  return own ? unknown(machine, name, at, 'computed') : puzzled(machine, name, at)
}

/** A bar goes over what it is given, else it only shows. */
function progressBar(args: Args, { machine, at }: Place): Value {
  return argument(args, 0, 'iterable') ?? unknown(machine, 'progress', at, 'computed')
}

function dynamic(name: string, machine: Machine, at: Span, words: string, more: Partial<UnknownValue> = {}): Value {
  const line = machine.lineOf(at.from)
  note(machine, 'changed', line, `${words} is {{${name}}}, made anew for each request.`)
  return { kind: 'unknown', name, line, from: 'computed', ...more }
}

const FUNCTIONS: Readonly<Record<string, LibraryFunction>> = {
  'builtins.str': (args) => (args.positional[0] ? textOr(strOf(args.positional[0])) : str('')),
  'builtins.repr': (args) => (args.positional[0] ? textOr(reprOf(args.positional[0])) : null),
  'builtins.format': (args) => (args.positional[0] ? textOr(formatted(args.positional[0], plainText(args.positional[1]) ?? '')) : null),
  'builtins.int': (args, place) => numberFrom(args.positional[0], place, true),
  'builtins.float': (args, place) => numberFrom(args.positional[0], place, false),
  'builtins.bool': ({ positional: [value] }) => {
    const holds = value ? truth(value) : false
    return holds === null ? null : bool(holds)
  },
  'builtins.bytes': ({ positional: [value] }) =>
    value?.kind === 'str' ? { kind: 'bytes', text: mapText(value.text, bytesOf) } : value?.kind === 'bytes' ? value : null,
  'builtins.list': (args) => collected(args, 'list'),
  'builtins.tuple': (args) => collected(args, 'tuple'),
  'builtins.set': (args) => collected(args, 'set'),
  'builtins.frozenset': (args) => collected(args, 'set'),
  'builtins.dict': (args) => dictFrom(args),
  'collections.OrderedDict': (args) => dictFrom(args),
  'requests.structures.CaseInsensitiveDict': (args) => dictFrom(args, true),
  'requests.cookies.RequestsCookieJar': () => dict(),
  'requests.cookies.cookiejar_from_dict': (args) => dictFrom(args),
  'requests.cookiejar_from_dict': (args) => dictFrom(args),
  'requests.dict_from_cookiejar': (args) => dictFrom(args),
  'requests.add_dict_to_cookiejar': ({ positional: [jar, more] }) => (jar?.kind === 'dict' && more && updated(jar, more) ? jar : null),
  'builtins.len': ({ positional: [value] }) => lengthOf(value),
  'builtins.range': (args) => range(args),
  'builtins.enumerate': (args) => {
    const items = args.positional[0] ? iterated(args.positional[0]) : null
    const start = argument(args, 1, 'start')
    const first = start?.kind === 'int' ? Number(start.value) : 0
    return items && list(items.map((item, index) => list([int(index + first), item], 'tuple')))
  },
  'builtins.zip': ({ positional }) => {
    const rows = positional.map(iterated).filter((items) => items !== null)
    if (rows.length !== positional.length) return null
    const count = rows.length === 0 ? 0 : Math.min(...rows.map((items) => items.length))
    return list(
      Array.from({ length: count }, (_, index) =>
        list(
          rows.flatMap((items) => items[index] ?? []),
          'tuple',
        ),
      ),
    )
  },
  'builtins.map': (args, place) => sideBySide(args, place),
  'functools.partial': ({ positional: [callee, ...positional], named, hasUnknown }) =>
    callee ? { kind: 'partial', callee, args: { positional, named, hasUnknown } } : null,
  'threading.Thread': ({ named }, { machine, at, scope }) => {
    const [target, given, more] = [named.get('target'), named.get('args'), named.get('kwargs')]
    return target
      ? inParallel(
          target,
          { positional: given ? (iterated(given) ?? []) : [], named: more ? namedFrom(more) : new Map<string, Value>(), hasUnknown: false },
          { machine, at, scope },
        )
      : null
  },
  'mimetypes.guess_type': ({ positional: [path] }) => {
    const type = plainText(path) === null ? false : lookup(plainText(path) ?? '')
    return list([type === false ? NONE : str(type), NONE], 'tuple')
  },
  'builtins.reversed': ({ positional: [value] }) => {
    const items = value ? iterated(value) : null
    return items && list(items.reverse())
  },
  'builtins.sorted': (args) => sorted(args),
  'builtins.min': ({ positional }) => extreme(positional, '<'),
  'builtins.max': ({ positional }) => extreme(positional, '>'),
  'builtins.sum': ({ positional: [value] }) => {
    const items = value ? iterated(value) : null
    return items && items.reduce<Value | null>((total, item) => (total ? binary('+', total, item) : null), int(0))
  },
  'builtins.abs': ({ positional: [value] }) =>
    value?.kind === 'int'
      ? int(value.value < 0n ? -value.value : value.value)
      : value?.kind === 'float'
        ? { kind: 'float', value: Math.abs(value.value) }
        : null,
  'builtins.round': ({ positional: [value, digits] }) => {
    if (value?.kind !== 'float') return value?.kind === 'int' ? value : null
    return digits?.kind === 'int'
      ? { kind: 'float', value: Number(value.value.toFixed(Math.min(20, Math.max(0, Number(digits.value))))) }
      : int(Math.round(value.value))
  },
  'builtins.chr': ({ positional: [value] }) =>
    value?.kind === 'int' && value.value >= 0n && value.value < 0x110000n ? str(String.fromCodePoint(Number(value.value))) : null,
  'builtins.getattr': ({ positional: [object, name, fallback] }, { machine, at }) => {
    const text = plainText(name)
    return object && text !== null ? memberOf(object, text, at, machine) : (fallback ?? null)
  },
  'builtins.isinstance': () => null,
  'builtins.type': () => null,
  'builtins.any': () => null,
  'builtins.all': () => null,
  'builtins.hasattr': () => null,
  'builtins.iter': ({ positional: [value] }) => value ?? null,
  'builtins.open': ({ positional: [path], named }) => {
    const at = path ?? named.get('file')
    return at?.kind === 'str'
      ? { kind: 'file', path: at.text }
      : at?.kind === 'unknown'
        ? { kind: 'file', path: [{ kind: 'variable', name: at.name }] }
        : null
  },
  'io.open': (args, place) => FUNCTIONS['builtins.open']?.(args, place) ?? null,
  'codecs.open': (args, place) => FUNCTIONS['builtins.open']?.(args, place) ?? null,
  'shutil.copyfileobj': ({ positional: [from, to] }, { machine, at }) => (to?.kind === 'file' ? writes(to.path, from, at, machine) : null),
  'tqdm.tqdm': (args, place) => progressBar(args, place),
  'tqdm.auto.tqdm': (args, place) => progressBar(args, place),
  'builtins.input': (_args, { machine, at }) => unknown(machine, 'input', at, 'asked'),
  'builtins.raw_input': (_args, { machine, at }) => unknown(machine, 'input', at, 'asked'),
  'getpass.getpass': (_args, { machine, at }) => unknown(machine, 'password', at, 'secret'),
  'getpass.getuser': (_args, { machine, at }) => unknown(machine, 'user', at, 'asked'),
  'os.getenv': (args, place) => environment(args, place),
  'os.environ.get': (args, place) => environment(args, place),
  'os.environ.setdefault': (args, place) => environment(args, place),
  'os.environb.get': (args, place) => environment(args, place),
  'decouple.config': (args, place) => environment(args, place),
  'os.environ.update': () => NONE,
  'os.path.join': ({ positional }) => {
    const texts = positional.map((one) => (one.kind === 'str' ? one.text : null))
    if (texts.includes(null)) return null
    return textOr(concat(texts.flatMap((text, index): Text[] => (text === null ? [] : index === 0 ? [text] : [['/'], text]))))
  },
  'os.path.basename': ({ positional: [path] }) => (path?.kind === 'str' ? str((plainText(path) ?? '').split('/').at(-1) ?? '') : null),
  'os.path.dirname': ({ positional: [path] }) =>
    plainText(path) === null ? null : str((plainText(path) ?? '').split('/').slice(0, -1).join('/') || '.'),
  'os.path.abspath': ({ positional: [path] }) => path ?? null,
  'os.path.expanduser': ({ positional: [path] }) => path ?? null,
  'os.path.exists': () => null,
  'os.path.isfile': () => null,
  'os.path.getsize': () => null,
  'os.getcwd': () => str('.'),
  'pathlib.Path': ({ positional }) => {
    const texts = positional.map((one) => (one.kind === 'str' ? one.text : null))
    if (texts.includes(null)) return null
    return texts.length === 0
      ? str('.')
      : textOr(concat(texts.flatMap((text, index): Text[] => (text === null ? [] : index === 0 ? [text] : [['/'], text]))))
  },
  'io.BytesIO': ({ positional: [value] }) => value ?? { kind: 'bytes', text: [] },
  'io.StringIO': ({ positional: [value] }) => value ?? str(''),
  'copy.copy': ({ positional: [value] }) => (value ? shallow(value) : null),
  'copy.deepcopy': ({ positional: [value] }) => (value ? deepCopy(value) : null),
  'uuid.uuid4': (_args, { machine, at }) => dynamic('$uuid', machine, at, 'A random UUID'),
  'uuid.uuid1': (_args, { machine, at }) => dynamic('$uuid', machine, at, 'A UUID of the time'),
  'time.time': (_args, { machine, at }) => dynamic('$timestamp', machine, at, 'The time', { isNumber: true }),
  'datetime.now': (_args, { machine, at }) => dynamic('$isoTimestamp', machine, at, 'The time'),
  'datetime.utcnow': (_args, { machine, at }) => dynamic('$isoTimestamp', machine, at, 'The time'),
  'datetime.date.today': (_args, { machine, at }) => dynamic('$isoDate', machine, at, 'The date'),
  'random.randint': (_args, { machine, at }) => dynamic('$randomInt', machine, at, 'A random number', { isNumber: true }),
  'random.randrange': (_args, { machine, at }) => dynamic('$randomInt', machine, at, 'A random number', { isNumber: true }),
  'random.choice': ({ positional: [value] }, { machine, at }) => {
    note(machine, 'changed', machine.lineOf(at.from), 'Of a random choice the first is taken.')
    return value ? (iterated(value)?.[0] ?? null) : null
  },
  'time.strftime': ({ positional: [format] }, { machine, at }) =>
    dynamic(plainText(format) === '%Y-%m-%d' ? '$isoDate' : '$isoTimestamp', machine, at, 'The time, whatever its format in the script,'),
  'time.gmtime': ({ positional: [seconds] }) => seconds ?? null,
  'time.localtime': ({ positional: [seconds] }) => seconds ?? null,
  'time.perf_counter': () => null,
  'time.monotonic': () => null,
}

function numberFrom(value: Value | undefined, { machine, at }: Place, isWhole: boolean): Value | null {
  if (!value) return int(0)
  if (value.kind === 'unknown') return { ...value, isNumber: true }
  const text =
    value.kind === 'str'
      ? (value.fallback ?? plainText(value))
      : value.kind === 'int' || value.kind === 'float'
        ? String(value.value)
        : value.kind === 'bool'
          ? String(Number(value.value))
          : null
  if (value.kind === 'str' && value.fallback !== undefined) {
    note(machine, 'changed', machine.lineOf(at.from), `A number from the environment is taken as it is by default, ${value.fallback}.`)
  }
  if (text === null) {
    const hole = value.kind === 'str' && value.text.length === 1 ? value.text[0] : undefined
    const line = machine.lineOf(at.from)
    return typeof hole === 'object' && hole.kind === 'variable'
      ? { kind: 'unknown', name: hole.name, line, from: 'open', isNumber: true }
      : null
  }
  const number = Number(text.trim().replaceAll('_', ''))
  if (!Number.isFinite(number) || text.trim() === '') return null
  if (!isWhole) return { kind: 'float', value: number }
  return /^\s*[-+]?\d+\s*$/.test(text) ? int(BigInt(text.trim().replace(/^\+/, ''))) : int(Math.trunc(number))
}

function collected({ positional: [value] }: Args, kind: 'list' | 'tuple' | 'set'): Value | null {
  const items = value ? iterated(value) : []
  return items && list(items, kind)
}

function dictFrom(args: Args, isCaseless = false): Value | null {
  const made = dict([], isCaseless)
  const [first] = args.positional
  if (first && !updated(made, first)) return null
  updated(made, dict([...args.named].map(([key, value]) => [str(key), value] as const)))
  return made
}

function lengthOf(value: Value | undefined): Value | null {
  if (value?.kind === 'dict') return int(value.entries.size)
  if (value?.kind === 'list' || value?.kind === 'tuple' || value?.kind === 'set') return int(value.items.length)
  const known = value?.kind === 'str' || value?.kind === 'bytes' ? plain(value.text) : null
  return known === null ? null : int([...known].length)
}

function range({ positional }: Args): Value | null {
  const numbers = positional.map((value) => (value.kind === 'int' ? Number(value.value) : null))
  if (numbers.includes(null)) return null
  const [first = 0, second, by = 1] = numbers.map((number) => number ?? 0)
  const [from, to] = second === undefined ? [0, first] : [first, second]
  if (by === 0) return null
  const count = Math.min(10_000, Math.max(0, Math.ceil((to - from) / by)))
  return list(Array.from({ length: count }, (_, index) => int(from + index * by)))
}

function sorted(args: Args): Value | null {
  const items = args.positional[0] ? iterated(args.positional[0]) : null
  if (!items || args.named.has('key') || items.some((item) => item.kind !== 'int' && plainText(item) === null)) return null
  const ordered = items.sort((one, other) =>
    truth(binary('<', one, other) ?? NONE) === true ? -1 : truth(binary('>', one, other) ?? NONE) === true ? 1 : 0,
  )
  const reverse = args.named.get('reverse')
  return list(reverse && truth(reverse) === true ? ordered.reverse() : ordered)
}

function extreme(positional: readonly Value[], operator: '<' | '>'): Value | null {
  const [first] = positional
  const items = positional.length === 1 && first ? iterated(first) : [...positional]
  let best: Value | null = null
  for (const item of items ?? []) {
    const isBetter: Value | null = best ? binary(operator, item, best) : bool(true)
    if (!isBetter) return null
    if (truth(isBetter) === true) best = item
  }
  return best
}

function environment(args: Args, { machine, at }: Place): Value | null {
  const name = plainText(argument(args, 0, 'key') ?? args.positional[0])
  if (name === null) return null
  const fallback = argument(args, 1, 'default')
  if (fallback && fallback.kind !== 'none' && plainText(fallback) === null)
    return fallback.kind === 'int' || fallback.kind === 'bool' || fallback.kind === 'float'
      ? fallback
      : environmentValue(machine, name, undefined, at)
  return environmentValue(machine, name, plainText(fallback) ?? undefined, at)
}

function namedFrom(value: Value): Map<string, Value> {
  return new Map((pairsOf(value) ?? []).map(([key, item]) => [plainText(key) ?? '', item] as const))
}

function shallow(value: Value): Value {
  if (value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set') return list([...value.items], value.kind)
  return value.kind === 'dict' ? dict(value.entries.values(), value.isCaseless) : value
}
