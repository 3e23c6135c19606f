/** What a script of another program asks for that scripts do not find here, told before anything is written. */
import type { Script } from '#contract/model/script.ts'
import type { NotesHere } from './notes-here.ts'

/** Calls that break a script here, by what they look like. */
const ABSENT: readonly (readonly [pattern: RegExp, call: string])[] = [
  [/\bpm\.vault\b/, 'pm.vault'],
  [/\bpm\.visualizer\.set\b/, 'pm.visualizer.set'],
  [/\bpm\.require\b/, 'pm.require'],
  [/\bpm\.cookies\.jar\b/, 'pm.cookies.jar'],
  [/\bpm\.sendRequest\(\s*(?!['"`](?!https?:|\{\{))/, 'pm.sendRequest of what is no saved request'],
  [/\binsomnia\.sendRequest\(/, 'insomnia.sendRequest'],
  [/\bbru\.sendRequest\(/, 'bru.sendRequest'],
  [/\bbru\.(?:cwd|visualize|cookies\.jar|getOauth2CredentialVar)\(/, 'a call of bru that needs files, cookies or tokens'],
  [/\bCryptoJS\b/, 'CryptoJS'],
  [/\bcheerio\b/, 'cheerio'],
  [/\bmoment\s*[(.]/, 'moment'],
  [/\btv4\b/, 'tv4'],
  [/\bxml2Json\b/, 'xml2Json'],
  [/(?:^|[^\w$.])_\.\w+\(/, 'lodash (_)'],
  [/\bhopp\./, 'hopp'],
  [/\btc\.(?!getVar|setVar|unsetVar|test|request|response)\w+/, 'a call of tc that is not getVar, setVar, test'],
]
const REQUIRED = /\brequire\(\s*(['"])([^'"\n]{1,80})\1\s*\)/g
const MODULES = new Set(['chai', 'crypto', 'node:crypto', 'uuid', 'url', 'node:url', 'atob', 'btoa'])
const TYPES: Readonly<Record<string, string>> = {
  'before-request': 'before the request',
  'after-response': 'after the answer',
  tests: 'tests',
}

/** Scripts that find all they ask for need no word. */
export function noteScripts(scripts: readonly Script[], notes: NotesHere): void {
  for (const { type, code } of scripts) {
    if (!Object.hasOwn(TYPES, type)) {
      notes.kept(`Its script (${type || 'without an event'}) was kept as text: it is not run.`)
      continue
    }
    const missing = missingCalls(code)
    if (missing.length > 0) {
      notes.kept(`Its script (${TYPES[type] ?? type}) came over, and breaks where it uses what is not here: ${missing.join(', ')}.`)
    }
  }
}

function missingCalls(code: string): string[] {
  const plain = withoutComments(code)
  const calls = ABSENT.filter(([pattern]) => pattern.test(plain)).map(([, call]) => call)
  const modules = [...plain.matchAll(REQUIRED)].map(([, , name]) => name ?? '').filter((name) => !MODULES.has(name))
  return [...new Set([...calls, ...modules.map((name) => `require('${name}')`)])]
}

/** Comments that begin a line; those behind code may be in a text, such as a URL. */
function withoutComments(code: string): string {
  return code.replace(/^\s*\/\/.*$/gm, '').replace(/\/\*[^]*?\*\//g, '')
}
