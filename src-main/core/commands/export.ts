/** Requests and folders in other programs' formats, as commands and for the command line. Files are read here; the texts are made elsewhere. */
import { stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { ParsedInput } from '#contract/commands.ts'
import type { SaveAnswer } from '#contract/model/code.ts'
import { CODE_LANGUAGES, type CodeLanguageId } from '#contract/model/code-languages.ts'
import { EXPORT_FORMATS, type ExportFormat } from '#contract/model/export-formats.ts'
import type { LoadOptions } from '#contract/model/export.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import type { Handlers } from '../dispatch.ts'
import type { Exported, ExportItem, ExportTree } from '../export/export-tree.ts'
import { createExportNotes, fileNameOf } from '../export/export-notes.ts'
import { harOf } from '../history/har.ts'
import { CoreError } from '../lib/core-error.ts'
import type { SecretVault } from '../storage/secret-vault.ts'
import { readRequestFile } from '../storage/request-file.ts'
import { examplesOfFile } from '../storage/read-collection.ts'
import { bundleText, type BundledItem } from '../storage/opencollection/bundle-format.ts'
import { collectionAbove } from '../storage/workspace-collections.ts'
import type { Workspace } from '../storage/workspace.ts'
import { exampleEntry } from './example-entry.ts'
import { folderTree, requestTree, type Credentials, type FolderToExport, type TreeWishes } from './export-source.ts'
import { knownSecrets } from './known-secrets.ts'
import { subjectFrom, type Place, type PrepareSubject, type Surroundings } from './prepare-for.ts'
import { codeOfRequest } from './request-code.ts'

interface ExportDeps {
  readonly around: Surroundings
  readonly workspace: Pick<Workspace, 'reader' | 'placeOf' | 'folderOf' | 'rootOf'>
  readonly vault: Pick<SecretVault, 'get'>
  readonly bodies: Pick<BodyStore, 'read' | 'stat'>
}

/** What a caller without windows asks for. */
export interface ExportOnceInput {
  /** Of a request's file or a folder. */
  readonly path: string
  /** A format of documents, or a language. */
  readonly format: string
  readonly environment: string | null
  readonly credentials: Credentials
  readonly load: LoadOptions
  /** Of code: the answer goes to a file. */
  readonly save?: SaveAnswer
}

interface Asked {
  readonly format: ExportFormat
  readonly load: LoadOptions
}

export function exportHandlers(deps: ExportDeps): Pick<Handlers, 'export.request' | 'export.folder'> {
  return {
    'export.request': async (input) => handedOn(await exportRequest(input, deps)),
    'export.folder': async ({ parent, only, format, credentials, load, environment }) => {
      const { workspace } = deps
      const found =
        parent.folderId === null ? { root: workspace.folderOf(parent.collectionId), path: '' } : workspace.placeOf(parent.folderId)
      const paths = only?.map((id) => workspace.placeOf(id).path)
      const wishes = { environment: environment ?? null, credentials }
      return handedOn(await exportFolder({ ...found, ...(paths && { only: paths }) }, { format, load: load ?? {} }, wishes, deps))
    },
  }
}

/** @throws {CoreError} `FileNotFound`, `Unreadable`, `NotFound`; `InvalidInput` for a format that there is not */
export async function exportOnce(input: ExportOnceInput, deps: ExportDeps): Promise<Exported> {
  const path = resolve(input.path)
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const { format, load } = input
  if (isLanguage(format)) return codeOnce(path, format, input, isFolder, deps)
  if (!isFormat(format)) throw unknownFormat(format)
  if (isFolder) {
    const root = (await collectionAbove(path)) ?? path
    return exportFolder({ root, path: relative(root, path).split(sep).join('/') }, { format, load }, input, deps)
  }
  const { document, file } = await readRequestFile({ path })
  return exportDocument(document, { file: path }, file, { format, load }, input, deps)
}

function isLanguage(format: string): format is CodeLanguageId {
  return CODE_LANGUAGES.some(({ id }) => id === format)
}

function isFormat(format: string): format is ExportFormat {
  return Object.hasOwn(EXPORT_FORMATS, format)
}

function unknownFormat(format: string): CoreError {
  const known = [...Object.keys(EXPORT_FORMATS), ...CODE_LANGUAGES.map(({ id }) => id)]
  return new CoreError('NotFound', 'resolve', `There is no format "${format.slice(0, 50)}".`, { hint: `There are: ${known.join(', ')}.` })
}

async function codeOnce(
  path: string,
  language: CodeLanguageId,
  { environment, credentials, save }: ExportOnceInput,
  isFolder: boolean,
  { around }: ExportDeps,
): Promise<Exported> {
  if (isFolder) {
    throw new CoreError('NotFound', 'resolve', 'Code is made of one request: name its file.', {
      hint: `Of folders there are ${Object.keys(EXPORT_FORMATS).join(', ')}.`,
    })
  }
  const { document, root, file } = await readRequestFile({ path })
  const subject: PrepareSubject = {
    document,
    place: file === null ? null : { file },
    choice: { environment, session: null, given: {} },
    root,
    seed: 'export as code',
  }
  const secrets = credentials === 'clear' ? 'clear' : 'environment'
  const code = await codeOfRequest(subject, around, { language, secrets, save })
  return {
    files: [{ name: fileNameOf(document.name, endingOf(language)), text: code.text }],
    notes: code.notes.map(({ severity, message }) => ({ severity, message, where: '', line: null })),
  }
}

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

function endingOf(language: CodeLanguageId): string {
  const found = CODE_LANGUAGES.find(({ id }) => id === language)
  return found ? ENDINGS[found.editor] : '.txt'
}

async function exportRequest(input: ParsedInput<'export.request'>, deps: ExportDeps): Promise<Exported> {
  const { document, nodeId, format, load, credentials, exchange } = input
  if (format === 'har' && exchange) return exchangeHar(input, exchange, deps)
  const { place, choice } = subjectFrom(input, deps.workspace.rootOf)
  const file = nodeId === null ? null : fileOf(deps.workspace.placeOf(nodeId))
  return exportDocument(document, place, file, { format, load: load ?? {} }, { environment: choice.environment, credentials }, deps)
}

/** What took place, every try and hop of it. */
async function exchangeHar(
  input: ParsedInput<'export.request'>,
  exchange: Exchange,
  { around, workspace, vault, bodies }: ExportDeps,
): Promise<Exported> {
  const layers = await around.settings.layersAt(subjectFrom(input, workspace.rootOf).place)
  const secrets = (await knownSecrets(layers, vault)).map(({ value }) => value)
  const har = await harOf(exchange, bodies, { secrets })
  return { files: [{ name: fileNameOf(input.document.name, '.har'), text: `${JSON.stringify(har, null, 2)}\n` }], notes: [] }
}

function fileOf({ root, path }: { readonly root: string; readonly path: string }): string {
  return join(root, ...path.split('/'))
}

type Wishes = Pick<TreeWishes, 'environment' | 'credentials'>

/** @param file its own, which has its examples; null: it has none */
async function exportDocument(
  document: RequestDocument,
  place: Place,
  file: string | null,
  asked: Asked,
  wishes: Wishes,
  { around, vault }: ExportDeps,
): Promise<Exported> {
  const layers = await around.settings.layersAt(place)
  const secrets = await knownSecrets(layers, vault)
  const examples = file === null ? [] : await examplesOfFile(file)
  const { environment, credentials } = wishes
  return documentOf(requestTree(document, examples, layers, { environment, credentials, secrets }), asked)
}

async function exportFolder(
  found: FolderToExport,
  asked: Asked,
  { environment, credentials }: Wishes,
  { around, workspace, vault }: ExportDeps,
): Promise<Exported> {
  // Something in the folder, so that what the folder itself gives counts.
  const inside = join(found.root, ...found.path.split('/').filter(Boolean), '-')
  const layers = await around.settings.layersAt({ file: inside })
  const secrets = await knownSecrets(layers, vault)
  const { tree, problems } = await folderTree(found, workspace.reader, layers, { environment, credentials, secrets })
  const { files, notes } = await documentOf(tree, asked)
  const leftOut = createExportNotes()
  for (const problem of problems) leftOut.lost('', problem)
  return { files, notes: [...leftOut.all(), ...notes] }
}

async function documentOf(tree: ExportTree, { format, load }: Asked): Promise<Exported> {
  switch (format) {
    case 'opencollection':
      return {
        files: [{ name: fileNameOf(tree.name, '.opencollection.yml'), text: bundleText({ ...tree, items: tree.items.map(bundledItem) }) }],
        notes: [],
      }
    case 'postman':
      return (await import('../export/postman/to-postman.ts')).toPostman(tree)
    case 'har':
      return (await import('../export/har/to-har.ts')).toHar(tree)
    case 'openapi':
      return (await import('../export/openapi/to-openapi.ts')).toOpenapi(tree)
    case 'http':
      return (await import('../export/http-file/to-http-file.ts')).toHttpFile(tree)
    case 'k6':
      return (await import('../export/k6/to-k6.ts')).toK6(tree, load)
  }
}

function bundledItem(item: ExportItem): BundledItem {
  if (item.kind === 'folder') return { ...item, items: item.items.map(bundledItem) }
  return { ...item, examples: item.examples.map(exampleEntry) }
}

function handedOn({ files, notes }: Exported): { files: { name: string; text: string }[]; notes: Exported['notes'][number][] } {
  return { files: [...files], notes: [...notes] }
}
