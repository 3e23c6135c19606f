/**
 * Requests as files of code. A folder comes out as one script where a language has its statements one after another in one
 * (Python with requests, command lines), in which requests share cookies and hand on what is captured; else as a file for
 * each request, in the folders of the tree. Both are made by what makes the code of one request.
 */
import type { ImportNote } from '#contract/model/import.ts'
import { CODE_LANGUAGES, type CodeLanguageId } from '#contract/model/code-languages.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { answerValue } from '../checks/answer-value.ts'
import type { CodeGenerator } from '../codegen/code-source.ts'
import { commandFile, generateShellScript, isShellLanguage, takesFromAnswers } from '../codegen/languages/shell-script.ts'
import { generatorOf } from '../codegen/languages.ts'
import { createPlaceholders, type Placeholders } from '../codegen/placeholders.ts'
import { generatePythonScript } from '../codegen/python/generate-script.ts'
import type { ScriptCapture, ScriptCode, ScriptNote, ScriptRequest } from '../codegen/script-request.ts'
import { createExportNotes, fileNameOf } from '../export/export-notes.ts'
import type { Exported, ExportedFile } from '../export/export-tree.ts'
import { CoreError } from '../lib/core-error.ts'
import type { PlannedRequest } from '../runner/run-plan.ts'
import { codeSourceOf } from './code-source.ts'
import type { PrepareSubject, Surroundings } from './prepare-for.ts'
import { codeOfRequest, typedNotes, type CodeWishes } from './request-code.ts'
import { withoutTypedCredentials } from './typed-credentials.ts'

/** Endings of files by the names of editors for what is in them. */
const ENDINGS: Readonly<Record<(typeof CODE_LANGUAGES)[number]['editor'], string>> = {
  python: '.py',
  shell: '.sh',
  plaintext: '.cmd',
  powershell: '.ps1',
  javascript: '.mjs',
  typescript: '.ts',
  go: '.go',
  java: '.java',
  kotlin: '.kt',
  csharp: '.cs',
  php: '.php',
  ruby: '.rb',
  rust: '.rs',
  swift: '.swift',
  r: '.R',
}
const SEED = 'export as code'

export function isLanguage(format: string): format is CodeLanguageId {
  return CODE_LANGUAGES.some(({ id }) => id === format)
}

function endingOf(language: CodeLanguageId): string {
  const found = CODE_LANGUAGES.find(({ id }) => id === language)
  return found ? ENDINGS[found.editor] : '.txt'
}

/** One request, as the window shows it. @throws {CoreError} the first problem of a request of which nothing can be made */
export async function requestAsCode(subject: Omit<PrepareSubject, 'seed'>, around: Surroundings, wishes: CodeWishes): Promise<Exported> {
  const { language } = wishes
  const code = await codeOfRequest({ ...subject, seed: SEED }, around, { ...wishes, isFile: true })
  const text = language === 'curl-cmd' ? commandFile(code.text) : code.text
  const notes = createExportNotes()
  for (const { severity, message } of code.notes) notes[severity]('', message)
  return {
    files: [{ name: fileNameOf(subject.document.name, endingOf(language)), text }],
    notes: [...environmentNote(code.environment), ...notes.all()],
  }
}

function environmentNote(names: readonly string[]): ImportNote[] {
  if (names.length === 0) return []
  return [{ severity: 'changed', where: '', line: null, message: `The code reads ${names.join(', ')} from its environment.` }]
}

export interface FolderOfRequests {
  /** Of the folder. */
  readonly name: string
  /** In order; names of folders are those below it. */
  readonly requests: readonly PlannedRequest[]
}

type FolderWishes = Pick<CodeWishes, 'language' | 'secrets'> & { readonly environment: string | null; readonly session: string | null }

/** @throws {CoreError} `NotFound` where no code can be made of any of its requests */
export async function folderAsCode(folder: FolderOfRequests, around: Surroundings, wishes: FolderWishes): Promise<Exported> {
  const { language, secrets } = wishes
  const typed = { requests: folder.requests, hidden: [] }
  const asked = secrets === 'environment' ? await withoutTypedCredentials(folder.requests, around.settings.knownSecrets) : typed
  const placeholders = createPlaceholders(SEED)
  const series = await seriesOf(asked.requests, around, placeholders, wishes)
  const scripts = series.made.map(({ script }) => script)
  if (scripts.every(({ source }) => source === null)) throw nothingToMake(folder, scripts)
  const written = await filesOf(folder, series.made, language, placeholders)
  const notes = createExportNotes()
  const say = ({ severity, where, message }: ScriptNote): void => notes[severity](where, message)
  for (const { title, source, why } of scripts) if (source === null) notes.lost(title, `It is not in the code: ${why}`)
  for (const note of [...written.notes, ...series.notes(), ...checkNotes(series.made)]) say(note)
  if (written.sharesNoCookies) notes.changed('', 'Cookies that an answer sets do not go with the requests after it.')
  for (const { severity, message } of typedNotes(asked.hidden, placeholders)) notes[severity]('', message)
  const read = placeholders.names().filter((name) => written.files.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text)))
  return { files: written.files, notes: [...environmentNote(read), ...notes.all()] }
}

function nothingToMake({ name }: FolderOfRequests, scripts: readonly ScriptRequest[]): CoreError {
  const [first] = scripts
  if (!first) return new CoreError('NotFound', 'resolve', `There is no request in ${name}.`)
  return new CoreError('NotFound', 'resolve', `No request of ${name} can be put as code. ${first.title}: ${first.why}`)
}

interface Made {
  readonly planned: PlannedRequest
  readonly script: ScriptRequest
  readonly notes: readonly ScriptNote[]
}

interface Series {
  readonly made: readonly Made[]
  /** What the code is given that an answer would have. */
  readonly notes: () => ScriptNote[]
}

/** Every request put together, one after the other: what one captures stands for itself in those behind it. */
async function seriesOf(
  requests: readonly PlannedRequest[],
  around: Surroundings,
  placeholders: Placeholders,
  { language, secrets, environment, session }: FolderWishes,
): Promise<Series> {
  const held = new Map<string, { readonly text: () => string; readonly note: ScriptNote | null; readonly use: { isUsed: boolean } }>()
  const capturedOf = (name: string): string | null => {
    const found = held.get(name)
    if (!found) return null
    found.use.isUsed = true
    return found.text()
  }
  const made: (Made & { readonly taken: readonly { readonly capture: ScriptCapture; readonly use: { isUsed: boolean } }[] })[] = []
  const notes: { readonly note: ScriptNote; readonly use: { isUsed: boolean } }[] = []
  for (const planned of requests) {
    const title = [...planned.folders, planned.name].join(' / ')
    const { document, layers, root, key } = planned
    const choice = { environment, session, given: {} }
    const subject: PrepareSubject = { document, layers, root, place: { file: key }, choice, seed: SEED }
    const put = await putTogether(() =>
      codeSourceOf(subject, around, secrets === 'clear' ? 'clear' : 'environment', null, { placeholders, capturedOf }),
    )
    const taken: { capture: ScriptCapture; use: { isUsed: boolean } }[] = []
    for (const { name, expression } of capturesOf(document)) {
      const use = { isUsed: false }
      const value = takenValue(language, expression)
      if (value !== null && put.found !== null) {
        const variable = placeholders.ofOwn(name)
        taken.push({ capture: { variable, value }, use })
        held.set(name, { text: () => variable, note: null, use })
      } else {
        const message = `{{${name}}} is taken from its answer (${expression}): give it to the code of the requests behind it.`
        const note: ScriptNote = { severity: 'changed', where: title, message }
        notes.push({ note, use })
        held.set(name, { text: () => placeholders.of(name), note, use })
      }
    }
    made.push({
      planned,
      script: { title, source: put.found?.source ?? null, why: put.why, session: put.found?.session ?? '', captures: [] },
      notes: (put.found?.notes ?? []).map((note) => ({ ...note, where: title })),
      taken,
    })
  }
  return {
    made: made.map(({ taken, script, ...rest }) => ({
      ...rest,
      script: { ...script, captures: taken.flatMap(({ capture, use }) => (use.isUsed ? [capture] : [])) },
    })),
    notes: () => [...made.flatMap((one) => one.notes), ...notes.flatMap(({ note, use }) => (use.isUsed ? [note] : []))],
  }
}

async function putTogether<T>(make: () => Promise<T>): Promise<{ readonly found: T | null; readonly why: string }> {
  try {
    return { found: await make(), why: '' }
  } catch (error) {
    if (error instanceof CoreError) return { found: null, why: error.message }
    throw error
  }
}

function capturesOf({ captures = [] }: RequestDocument): { readonly name: string; readonly expression: string }[] {
  return captures.filter(({ enabled, name }) => enabled && name.trim() !== '')
}

/** Null: the language has no word for it. */
function takenValue(language: CodeLanguageId, expression: string): ScriptCapture['value'] | null {
  const value = answerValue(expression)
  // How many there are is no member of a list elsewhere.
  if (value === null || (value.kind === 'body' && value.steps.includes('length'))) return null
  return language === 'python' || takesFromAnswers(language, { value }) ? value : null
}

interface Written {
  readonly files: readonly ExportedFile[]
  readonly notes: readonly ScriptNote[]
  readonly sharesNoCookies: boolean
}

async function filesOf(
  { name }: FolderOfRequests,
  made: readonly Made[],
  language: CodeLanguageId,
  placeholders: Placeholders,
): Promise<Written> {
  const scripts = made.map(({ script }) => script)
  const generate = await generatorOf(language)
  const one = ({ text, notes }: ScriptCode, sharesNoCookies: boolean): Written => {
    return { files: [{ name: fileNameOf(name, endingOf(language)), text }], notes, sharesNoCookies }
  }
  const isSeveral = scripts.filter(({ source }) => source !== null && !source.request.isSocket).length > 1
  if (language === 'python') return one(generatePythonScript(scripts, placeholders), false)
  if (!isShellLanguage(language)) return { ...filesOfTree(made, generate, endingOf(language)), sharesNoCookies: isSeveral }
  const sharesNone = isSeveral && (language === 'httpie' || language === 'powershell')
  return one(generateShellScript(language, generate, scripts, placeholders), sharesNone)
}

/** A file for each request, in the folders that it is in; names that only differ in case are the same on some disks. */
function filesOfTree(made: readonly Made[], generate: CodeGenerator, ending: string): Pick<Written, 'files' | 'notes'> {
  const taken = new Set<string>()
  const files: ExportedFile[] = []
  const notes: ScriptNote[] = []
  for (const { planned, script } of made) {
    if (script.source === null) continue
    const code = generate(script.source)
    notes.push(...code.notes.map((note) => ({ ...note, where: script.title })))
    if (script.source.request.isSocket) continue
    const folder = planned.folders.map((name) => `${fileNameOf(name, '')}/`).join('')
    let name = ''
    for (let number = 1; name === '' || taken.has(name.toLowerCase()); number += 1) {
      name = `${folder}${fileNameOf(planned.name, number === 1 ? ending : ` ${number}${ending}`)}`
    }
    taken.add(name.toLowerCase())
    files.push({ name, text: code.text })
  }
  return { files, notes }
}

/** What stands around requests and is no part of sending one. */
function checkNotes(made: readonly Made[]): ScriptNote[] {
  return made.flatMap(({ planned: { document, layers }, script: { title } }) => {
    const scripts = [...(document.scripts ?? []), ...(layers.scripts ?? []), ...layers.folders.flatMap((folder) => folder.scripts ?? [])]
    return [
      ...((document.assertions ?? []).length > 0 ? ['Assertions are not in the code.'] : []),
      ...(scripts.length > 0 ? ['Scripts are not in the code.'] : []),
    ].map((message): ScriptNote => ({ severity: 'lost', where: title, message }))
  })
}
