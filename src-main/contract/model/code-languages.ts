/** The languages of code; apart from the commands' schemas, so that the window has them without those. */

/** What the window calls each language, those of a group beside each other; `editor` is its name among Monaco's languages. */
export const CODE_LANGUAGES = [
  { id: 'python', title: 'Python requests', group: 'Python', editor: 'python' },
  { id: 'httpx', title: 'Python httpx', group: 'Python', editor: 'python' },
  { id: 'aiohttp', title: 'Python aiohttp', group: 'Python', editor: 'python' },
  { id: 'http-client', title: 'Python http.client', group: 'Python', editor: 'python' },
  { id: 'curl', title: 'cURL', group: 'Command line', editor: 'shell' },
  { id: 'curl-cmd', title: 'cURL for cmd', group: 'Command line', editor: 'plaintext' },
  { id: 'curl-powershell', title: 'cURL for PowerShell', group: 'Command line', editor: 'powershell' },
  { id: 'wget', title: 'wget', group: 'Command line', editor: 'shell' },
  { id: 'httpie', title: 'HTTPie', group: 'Command line', editor: 'shell' },
  { id: 'powershell', title: 'PowerShell', group: 'Command line', editor: 'powershell' },
  { id: 'fetch', title: 'JavaScript fetch', group: 'JavaScript', editor: 'javascript' },
  { id: 'axios', title: 'JavaScript axios', group: 'JavaScript', editor: 'javascript' },
  { id: 'undici', title: 'JavaScript undici', group: 'JavaScript', editor: 'javascript' },
  { id: 'node-http', title: 'Node.js http', group: 'JavaScript', editor: 'javascript' },
  { id: 'typescript', title: 'TypeScript fetch', group: 'JavaScript', editor: 'typescript' },
  { id: 'go', title: 'Go', group: 'Others', editor: 'go' },
  { id: 'java', title: 'Java HttpClient', group: 'Others', editor: 'java' },
  { id: 'okhttp', title: 'Java OkHttp', group: 'Others', editor: 'java' },
  { id: 'kotlin', title: 'Kotlin OkHttp', group: 'Others', editor: 'kotlin' },
  { id: 'csharp', title: 'C#', group: 'Others', editor: 'csharp' },
  { id: 'php', title: 'PHP cURL', group: 'Others', editor: 'php' },
  { id: 'guzzle', title: 'PHP Guzzle', group: 'Others', editor: 'php' },
  { id: 'ruby', title: 'Ruby', group: 'Others', editor: 'ruby' },
  { id: 'rust', title: 'Rust reqwest', group: 'Others', editor: 'rust' },
  { id: 'swift', title: 'Swift', group: 'Others', editor: 'swift' },
  { id: 'r', title: 'R httr2', group: 'Others', editor: 'r' },
] as const satisfies readonly {
  readonly id: string
  readonly title: string
  readonly group: string
  readonly editor: string
}[]
export type CodeLanguageId = (typeof CODE_LANGUAGES)[number]['id']

/** What a request is shown in where nobody has chosen: the program's reference. */
export const DEFAULT_CODE_LANGUAGE: CodeLanguageId = 'python'

/** Languages whose code can write the answer to a file while it comes. */
export const SAVING_LANGUAGES: ReadonlySet<CodeLanguageId> = new Set<CodeLanguageId>([
  'python',
  'httpx',
  'aiohttp',
  'curl',
  'curl-cmd',
  'curl-powershell',
  'wget',
  'httpie',
])
