/**
 * Requests as one script of a shell, in their order: the command of each as it is alone, under its name. Those of a session
 * share a file of cookies, where the command has one; a value that is captured from JSON is a variable of the script.
 */
import type { CodeLanguageId } from '#contract/model/code-languages.ts'
import type { Step } from '../../checks/expression.ts'
import type { CodeGenerator } from '../code-source.ts'
import type { Placeholders } from '../placeholders.ts'
import { commentText, type ScriptCapture, type ScriptCode, type ScriptNote, type ScriptRequest } from '../script-request.ts'

/** Files of cookies, by the variables that hold their names. */
interface Jar {
  readonly begin: (variables: readonly string[]) => string[]
  /** Takes them away, where that is not said at the beginning. */
  readonly end: (variables: readonly string[]) => string[]
}

interface Dialect {
  readonly head: readonly string[]
  readonly comment: string
  /** Lines that stop the script where what it reads is not there. */
  readonly required: (names: readonly string[]) => string[]
  readonly jar: Jar | null
  /** The command, its answer shown and what is taken from it; null: values are not taken from answers. */
  readonly taking: ((command: string, taken: readonly Taken[]) => string[]) | null
  /** What parts the answers. */
  readonly after: readonly string[]
}

interface Taken {
  /** Name of the variable. */
  readonly name: string
  /** Into JSON; null: the text itself. */
  readonly steps: readonly Step[] | null
}

const BOURNE_JAR: Jar = {
  begin: (variables) => [
    ...variables.map((variable) => `${variable}="$(mktemp)"`),
    `trap 'rm -f ${variables.map((variable) => `"$${variable}"`).join(' ')}' EXIT`,
  ],
  end: () => [],
}

const BOURNE: Dialect = {
  head: ['#!/bin/sh'],
  comment: '# ',
  required: (names) => names.map((name) => `: "\${${name}?}"`),
  jar: null,
  taking: (command, taken) => [
    `answer="$(${command})"`,
    `printf '%s\\n' "$answer"`,
    ...taken.map(({ name, steps }) =>
      steps === null ? `${name}="$answer"` : `${name}="$(printf '%s' "$answer" | jq -r '${jqPath(steps).replaceAll("'", `'\\''`)}')"`,
    ),
  ],
  after: ['echo'],
}

const CMD: Dialect = {
  head: ['@echo off', 'chcp 65001 >nul', 'setlocal'],
  comment: 'rem ',
  required: (names) => names.map((name) => `if not defined ${name} (echo ${name} is not set & exit /b 1)`),
  jar: {
    begin: (variables) =>
      variables.flatMap((variable) => [`set "${variable}=%TEMP%\\${variable}-%RANDOM%.txt"`, `type nul >"%${variable}%"`]),
    end: (variables) => variables.map((variable) => `del "%${variable}%"`),
  },
  taking: null,
  after: ['echo.'],
}

function powerShell(answer: string, show: string | null, jar: Jar | null): Dialect {
  return {
    head: [],
    comment: '# ',
    required: (names) => names.map((name) => `if (-not $env:${name}) { throw '${name} is not set' }`),
    jar,
    taking: (command, taken) => [
      ...(show === null ? [command] : [`$answer = ${command}`, show]),
      ...taken.map(
        ({ name, steps }) => `$env:${name} = ${steps === null ? answer : `(${answer} | ConvertFrom-Json)${propertyPath(steps)}`}`,
      ),
    ],
    after: [],
  }
}

const DIALECTS: Readonly<Partial<Record<CodeLanguageId, Dialect>>> = {
  curl: { ...BOURNE, jar: BOURNE_JAR },
  wget: { ...BOURNE, jar: BOURNE_JAR },
  httpie: BOURNE,
  'curl-cmd': CMD,
  'curl-powershell': powerShell('($answer -join "`n")', '$answer', {
    begin: (variables) => variables.map((variable) => `$${variable} = (New-TemporaryFile).FullName`),
    end: (variables) => variables.map((variable) => `Remove-Item $${variable}`),
  }),
  powershell: powerShell('$response.Content', null, null),
}

/** Whether several requests are one script in a language, where it is one of a shell. */
export function isShellLanguage(language: CodeLanguageId): boolean {
  return DIALECTS[language] !== undefined
}

/** Whether a script of the language takes a value out of an answer. */
export function takesFromAnswers(language: CodeLanguageId, { value }: Pick<ScriptCapture, 'value'>): boolean {
  return (DIALECTS[language]?.taking ?? null) !== null && (value.kind === 'body' || value.kind === 'text')
}

export function generateShellScript(
  language: CodeLanguageId,
  generate: CodeGenerator,
  requests: readonly ScriptRequest[],
  placeholders: Placeholders,
): ScriptCode {
  const dialect = DIALECTS[language]
  if (!dialect) throw new Error(`${language} is no language of a shell.`)
  const notes: ScriptNote[] = []
  const jars = jarsOf(requests, dialect)
  const sections = requests.map(({ title, source, why, captures, session }) => {
    const name = `${dialect.comment}${plain(title, language)}`
    if (source === null) return [name, `${dialect.comment}${plain(`It is not in the code: ${why}`, language)}`]
    const { text, notes: own } = generate({ ...source, jar: jars.get(session) ?? null, isFile: true })
    notes.push(...own.map((note) => ({ ...note, where: title })))
    const command = text.trimEnd()
    if (source.request.isSocket) return [name, command]
    const taken = captures.flatMap((capture) => takenOf(capture, placeholders))
    if (taken.length > 0 && dialect.taking) return [name, ...dialect.taking(command, taken)]
    return [name, command, ...dialect.after]
  })
  const files = [...new Set(jars.values())]
  const body = sections.flat().join('\n')
  const read = placeholders.names().filter((name) => new RegExp(`\\b${name}\\b`).test(body))
  const around = files.length === 0 ? null : dialect.jar
  const blocks = [dialect.head, dialect.required(read), around?.begin(files) ?? [], ...sections, around?.end(files) ?? []]
  const lines = blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]))
  const text = `${lines.join('\n')}\n`
  return { text: language === 'curl-cmd' ? withCarriageReturns(text) : text, notes }
}

/** A command for the Windows command line, made for a file, as a file of commands. */
export function commandFile(command: string): string {
  return withCarriageReturns(`${CMD.head.join('\n')}\n\n${command}`)
}

function withCarriageReturns(text: string): string {
  return text.replaceAll('\n', '\r\n')
}

/** The variable of the jar of each session that more than one request goes with. */
function jarsOf(requests: readonly ScriptRequest[], { jar }: Dialect): ReadonlyMap<string, string> {
  if (jar === null) return new Map()
  const sent = requests.filter(({ source }) => source !== null && !source.request.isSocket)
  const shared = [...Map.groupBy(sent, ({ session }) => session)].filter(([, group]) => group.length > 1)
  return new Map(shared.map(([session], index) => [session, index === 0 ? 'cookies' : `cookies_${index + 1}`]))
}

/** The Windows command line looks into what it is not to run. */
function plain(text: string, language: CodeLanguageId): string {
  const line = commentText(text)
  return language === 'curl-cmd' ? line.replace(/[%^&|<>!"?]/g, ' ').trim() : line
}

function takenOf({ variable, value }: ScriptCapture, placeholders: Placeholders): Taken[] {
  const [part] = placeholders.parts(variable)
  if (part === undefined || typeof part === 'string' || !('env' in part)) return []
  return [{ name: part.env, steps: value.kind === 'body' && value.steps.length > 0 ? value.steps : null }]
}

function jqPath(steps: readonly Step[]): string {
  const path = steps.map((step) =>
    typeof step === 'number' ? `[${step}]` : /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
  )
  return `${path[0]?.startsWith('.') === true ? '' : '.'}${path.join('')}`
}

function propertyPath(steps: readonly Step[]): string {
  return steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.'${step.replaceAll("'", "''")}'`)).join('')
}
