/** Which generator makes code of which language; each is loaded when it is first asked for. */
import { SAVING_LANGUAGES, type CodeLanguageId } from '#contract/model/code-languages.ts'
import { codeRequestOf, type CodeRequest } from './code-request.ts'
import type { Code, CodeGenerator, CodeSource } from './code-source.ts'

/** One that writes the plain request. */
async function plain(load: Promise<(request: CodeRequest) => Code>): Promise<CodeGenerator> {
  const generate = await load
  return (source) => generate(codeRequestOf(source))
}

const javascript = () => import('./languages/javascript.ts')
const curl = () => import('./languages/curl.ts')
const java = () => import('./languages/java.ts')
const php = () => import('./languages/php.ts')
const pythonClients = () => import('./languages/python-clients.ts')

const GENERATORS: Readonly<Record<CodeLanguageId, () => Promise<CodeGenerator>>> = {
  python: async () => (await import('./python/generate.ts')).generatePython,
  httpx: () => plain(pythonClients().then(({ generateHttpx }) => generateHttpx)),
  aiohttp: () => plain(pythonClients().then(({ generateAiohttp }) => generateAiohttp)),
  'http-client': () => plain(pythonClients().then(({ generateHttpClient }) => generateHttpClient)),
  curl: () => plain(curl().then(({ generateCurl }) => generateCurl)),
  'curl-cmd': () => plain(curl().then(({ generateCurlCmd }) => generateCurlCmd)),
  'curl-powershell': () => plain(curl().then(({ generateCurlPowerShell }) => generateCurlPowerShell)),
  wget: () => plain(import('./languages/wget.ts').then(({ generateWget }) => generateWget)),
  httpie: () => plain(import('./languages/httpie.ts').then(({ generateHttpie }) => generateHttpie)),
  fetch: () => plain(javascript().then(({ generateFetch }) => generateFetch)),
  axios: () => plain(javascript().then(({ generateAxios }) => generateAxios)),
  undici: () => plain(javascript().then(({ generateUndici }) => generateUndici)),
  'node-http': () => plain(javascript().then(({ generateNodeHttp }) => generateNodeHttp)),
  typescript: () => plain(javascript().then(({ generateTypeScript }) => generateTypeScript)),
  go: () => plain(import('./languages/go.ts').then(({ generateGo }) => generateGo)),
  java: () => plain(java().then(({ generateJavaHttpClient }) => generateJavaHttpClient)),
  okhttp: () => plain(java().then(({ generateJavaOkHttp }) => generateJavaOkHttp)),
  kotlin: () => plain(java().then(({ generateKotlinOkHttp }) => generateKotlinOkHttp)),
  csharp: () => plain(import('./languages/csharp.ts').then(({ generateCSharp }) => generateCSharp)),
  php: () => plain(php().then(({ generatePhpCurl }) => generatePhpCurl)),
  guzzle: () => plain(php().then(({ generatePhpGuzzle }) => generatePhpGuzzle)),
  ruby: () => plain(import('./languages/ruby.ts').then(({ generateRuby }) => generateRuby)),
  rust: () => plain(import('./languages/rust.ts').then(({ generateRust }) => generateRust)),
  swift: () => plain(import('./languages/swift.ts').then(({ generateSwift }) => generateSwift)),
  r: () => plain(import('./languages/r.ts').then(({ generateR }) => generateR)),
  powershell: () => plain(import('./languages/powershell.ts').then(({ generatePowerShell }) => generatePowerShell)),
}

export async function generatorOf(language: CodeLanguageId): Promise<CodeGenerator> {
  const generate = await GENERATORS[language]()
  return SAVING_LANGUAGES.has(language) ? generate : (source) => showing(generate, source)
}

/** What has no way to write the answer to a file shows it, and says so. */
function showing(generate: CodeGenerator, source: CodeSource): Code {
  const code = generate({ ...source, saveTo: null })
  if (source.saveTo === null) return code
  return { ...code, notes: [...code.notes, { severity: 'lost', message: `The code does not write the answer to ${source.saveTo}.` }] }
}
