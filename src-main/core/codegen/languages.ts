/** Which generator makes code of which language; each is loaded when it is first asked for. */
import { CODE_LANGUAGES, SAVING_LANGUAGES, type CodeLanguageId } from '#contract/model/code-languages.ts'
import { codeRequestOf, type CodeRequest } from './code-request.ts'
import type { Code, CodeGenerator, CodeSource } from './code-source.ts'

/** What begins a comment, by the names of editors for languages. */
const COMMENTS: Readonly<Partial<Record<(typeof CODE_LANGUAGES)[number]['editor'], string>>> = {
  shell: '#',
  powershell: '#',
  python: '#',
  ruby: '#',
  r: '#',
  plaintext: 'rem',
  php: '<?php //',
}
const NO_SOCKET = 'This request opens a WebSocket, which the client cannot.'

/** One that writes the plain request. */
async function plain(load: Promise<(request: CodeRequest) => Code>): Promise<(source: CodeSource) => Code> {
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
  const generate = withoutSockets(language, await GENERATORS[language]())
  return SAVING_LANGUAGES.has(language) ? generate : (source) => showing(generate, source)
}

/** A request over HTTP is all that the clients have; Python says by itself which packages have more. */
function withoutSockets(language: CodeLanguageId, generate: CodeGenerator): CodeGenerator {
  if (language === 'python') return generate
  const editor = CODE_LANGUAGES.find(({ id }) => id === language)?.editor ?? 'plaintext'
  const comment = `${COMMENTS[editor] ?? '//'} ${NO_SOCKET}\n`
  return (source) => (source.request.isSocket ? { text: comment, notes: [{ severity: 'lost', message: NO_SOCKET }] } : generate(source))
}

/** What has no way to write the answer to a file shows it, and says so. */
function showing(generate: CodeGenerator, source: CodeSource): Code {
  const code = generate({ ...source, saveTo: null })
  if (source.saveTo === null) return code
  return { ...code, notes: [...code.notes, { severity: 'lost', message: `The code does not write the answer to ${source.saveTo}.` }] }
}
