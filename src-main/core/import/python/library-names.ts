/**
 * Names of libraries: the many paths under which one thing can be imported, and the names that a snippet uses without
 * importing them.
 */
import { NONE, bool, str, type Value } from './values.ts'

const BUILTINS = new Set(
  'print len str int float bool list dict tuple set range enumerate zip sorted reversed open input isinstance getattr hasattr setattr min max sum abs round map filter any all repr bytes bytearray type super object Exception ValueError KeyError TypeError RuntimeError IOError OSError FileNotFoundError KeyboardInterrupt SystemExit StopIteration ImportError AssertionError NotImplementedError property staticmethod classmethod iter next format exit quit vars dir id hash chr ord hex frozenset unicode raw_input xrange long basestring reduce'.split(
    ' ',
  ),
)

/** Modules that a snippet uses without importing them. */
const MODULES = new Set(
  'requests json os time base64 uuid datetime random urllib sys re logging hashlib string io copy itertools getpass urllib3 httpx pathlib requests_toolbelt http threading mimetypes functools asyncio hmac concurrent'.split(
    ' ',
  ),
)

const LOOSE: Readonly<Record<string, string>> = {
  Session: 'requests.Session',
  HTTPBasicAuth: 'requests.auth.HTTPBasicAuth',
  HTTPDigestAuth: 'requests.auth.HTTPDigestAuth',
  HTTPProxyAuth: 'requests.auth.HTTPProxyAuth',
  AuthBase: 'requests.auth.AuthBase',
  HTTPAdapter: 'requests.adapters.HTTPAdapter',
  Retry: 'urllib3.Retry',
  MultipartEncoder: 'requests_toolbelt.MultipartEncoder',
  Path: 'pathlib.Path',
  urlencode: 'urllib.parse.urlencode',
  quote: 'urllib.parse.quote',
  getenv: 'os.getenv',
  environ: 'os.environ',
  load_dotenv: 'dotenv.load_dotenv',
  logger: 'logging.logger',
}

const FOREIGN: Readonly<Record<string, Value>> = { true: bool(true), false: bool(false), null: NONE }

interface KnownName {
  readonly value: Value
  /** What was wrong with it, and what it is read as. */
  readonly mend?: string
}

/** What a name stands for that the script defines nowhere. */
export function knownName(name: string): KnownName | null {
  if (name === '__name__') return { value: str('__main__') }
  if (name === '__file__') return { value: str('script.py') }
  if (Object.hasOwn(FOREIGN, name)) {
    const value = FOREIGN[name] ?? NONE
    const right = name === 'null' ? 'None' : name === 'true' ? 'True' : 'False'
    return { value, mend: `\`${name}\` is read as \`${right}\`, as Python has it.` }
  }
  if (MODULES.has(name)) return { value: { kind: 'name', path: name } }
  if (Object.hasOwn(LOOSE, name)) return { value: { kind: 'name', path: LOOSE[name] ?? name } }
  if (BUILTINS.has(name)) return { value: { kind: 'name', path: `builtins.${name}` } }
  if (isMisspelt(name)) return { value: { kind: 'name', path: 'requests' }, mend: `\`${name}\` is read as \`requests\`.` }
  return null
}

/** `request`, `reqeusts`, `Requests`: the library's name, mistyped. */
export function isMisspelt(name: string): boolean {
  if (name === 'requests' || Math.abs(name.length - 8) > 1) return false
  const plain = name.toLowerCase()
  const letters = (text: string): string => [...text].sort().join('')
  return letters(plain) === letters('requests') || lacksOneOf(plain, 'requests') || lacksOneOf('requests', plain)
}

/** Whether a text is another with one letter left out. */
function lacksOneOf(text: string, other: string): boolean {
  return text.length === other.length - 1 && [...other].some((_, at) => other.slice(0, at) + other.slice(at + 1) === text)
}

const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^requests\.(?:api|sessions|models|compat|utils)\./, 'requests.'],
  [/^requests\.packages\./, ''],
  [/^requests\.adapters\.Retry$/, 'urllib3.Retry'],
  [/^requests\.(AuthBase|HTTP(?:Basic|Digest|Proxy)Auth)$/, 'requests.auth.$1'],
  [/^requests\.HTTPAdapter$/, 'requests.adapters.HTTPAdapter'],
  [/^requests\.(quote|quote_plus|unquote|urlencode|urljoin|urlparse)$/, 'urllib.parse.$1'],
  [/^requests\.session$/, 'requests.Session'],
  [/^requests\.RequestsCookieJar$/, 'requests.cookies.RequestsCookieJar'],
  [/^urllib3\.util\.(?:retry\.)?/, 'urllib3.'],
  [/^requests_toolbelt\.(?:[a-z_0-9]+\.)*([A-Z]\w*)$/, 'requests_toolbelt.$1'],
  [/^six\.moves\.urllib\./, 'urllib.'],
  [/^urllib\.(urlencode|quote|quote_plus|unquote|urlopen|Request)$/, 'urllib.parse.$1'],
  [/^(?:simplejson|ujson|orjson|rapidjson)\./, 'json.'],
  [/^datetime\.datetime\./, 'datetime.'],
  [/^os\.environ\.copy$/, 'os.environ'],
]

/** One path for what has several. */
export function canonical(path: string): string {
  return ALIASES.reduce((known, [pattern, to]) => known.replace(pattern, to), path)
}
