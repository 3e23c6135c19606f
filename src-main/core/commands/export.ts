/** Requests and folders in other programs' formats, as commands and for the command line. Files are read here; the texts are made elsewhere. */
import { stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import type { ParsedInput } from '#contract/commands.ts'
import type { SaveAnswer } from '#contract/model/code.ts'
import { CODE_LANGUAGES } from '#contract/model/code-languages.ts'
import { EXPORT_FORMATS, type ExportFormat, type ExportTarget } from '#contract/model/export-formats.ts'
import type { LoadOptions } from '#contract/model/export.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import type { Handlers } from '../dispatch.ts'
import type { Exported, ExportItem, ExportTree } from '../export/export-tree.ts'
import { createExportNotes, fileNameOf } from '../export/export-notes.ts'
import { harOf } from '../history/har.ts'
import { CoreError } from '../lib/core-error.ts'
import { folderSource } from '../runner/folder-source.ts'
import type { PlannedRequest } from '../runner/run-plan.ts'
import type { SecretVault } from '../storage/secret-vault.ts'
import { readRequestFile } from '../storage/request-file.ts'
import { examplesOfFile } from '../storage/read-collection.ts'
import { bundleText, type BundledItem } from '../storage/opencollection/bundle-format.ts'
import { collectionAbove } from '../storage/workspace-collections.ts'
import type { Workspace } from '../storage/workspace.ts'
import { exampleEntry } from './example-entry.ts'
import { folderTree, requestTree, type Credentials, type FolderToExport, type TreeWishes } from './export-source.ts'
import { folderAsCode, isLanguage, requestAsCode } from './export-code.ts'
import { knownSecrets } from './known-secrets.ts'
import { subjectFrom, type Place, type Surroundings } from './prepare-for.ts'

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

interface Asked<F extends ExportTarget = ExportTarget> {
  readonly format: F
  readonly load: LoadOptions
}

export function exportHandlers(deps: ExportDeps): Pick<Handlers, 'export.request' | 'export.folder'> {
  return {
    'export.request': async (input) => handedOn(await exportRequest(input, deps)),
    'export.folder': async ({ parent, only, format, credentials, load, environment, session }) => {
      const { workspace } = deps
      const found =
        parent.folderId === null ? { root: workspace.folderOf(parent.collectionId), path: '' } : workspace.placeOf(parent.folderId)
      const paths = only?.map((id) => workspace.placeOf(id).path)
      const wishes = { environment: environment ?? null, session: session ?? null, credentials }
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
  if (!isTarget(format)) throw unknownFormat(format)
  if (isFolder) {
    const root = (await collectionAbove(path)) ?? path
    const found = { root, path: relative(root, path).split(sep).join('/') }
    if (input.save && isLanguage(format)) throw savesOneAnswer()
    return exportFolder(found, { format, load }, { ...input, session: null }, deps)
  }
  const { document, root, file } = await readRequestFile({ path })
  if (!isLanguage(format)) return exportDocument(document, { file: path }, file, { format, load }, input, deps)
  const choice = { environment: input.environment, session: null, given: {} }
  const subject = { document, place: file === null ? null : { file }, choice, root }
  return requestAsCode(subject, deps.around, { language: format, secrets: secretsIn(input.credentials), save: input.save })
}

function isTarget(format: string): format is ExportTarget {
  return Object.hasOwn(EXPORT_FORMATS, format) || isLanguage(format)
}

function savesOneAnswer(): CoreError {
  return new CoreError('InvalidCall', 'resolve', 'Only the code of one request writes its answer to a file.', {
    hint: 'Name the request, or leave --save-answer out.',
  })
}

function unknownFormat(format: string): CoreError {
  const known = [...Object.keys(EXPORT_FORMATS), ...CODE_LANGUAGES.map(({ id }) => id)]
  return new CoreError('NotFound', 'resolve', `There is no format "${format.slice(0, 50)}".`, { hint: `There are: ${known.join(', ')}.` })
}

async function exportRequest(input: ParsedInput<'export.request'>, deps: ExportDeps): Promise<Exported> {
  const { document, nodeId, format, load, credentials, exchange } = input
  if (format === 'har' && exchange) return exchangeHar(input, exchange, deps)
  const subject = subjectFrom(input, deps.workspace.rootOf)
  if (isLanguage(format)) return requestAsCode(subject, deps.around, { language: format, secrets: secretsIn(credentials) })
  const { place, choice } = subject
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
  asked: Asked<ExportFormat>,
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
  { format, load }: Asked,
  { environment, credentials, session }: Wishes & { readonly session: string | null },
  deps: ExportDeps,
): Promise<Exported> {
  const { around, workspace, vault } = deps
  if (isLanguage(format)) return folderCode(found, { language: format, secrets: secretsIn(credentials), environment, session }, deps)
  // Something in the folder, so that what the folder itself gives counts.
  const inside = join(found.root, ...found.path.split('/').filter(Boolean), '-')
  const layers = await around.settings.layersAt({ file: inside })
  const secrets = await knownSecrets(layers, vault)
  const { tree, problems } = await folderTree(found, workspace.reader, layers, { environment, credentials, secrets })
  const { files, notes } = await documentOf(tree, { format, load })
  const leftOut = createExportNotes()
  for (const problem of problems) leftOut.lost('', problem)
  return { files, notes: [...leftOut.all(), ...notes] }
}

/** The requests as a run takes them, so that code sends what a run sends. */
async function folderCode(
  { root, path, only }: FolderToExport,
  wishes: Parameters<typeof folderAsCode>[2],
  { around, workspace }: ExportDeps,
): Promise<Exported> {
  const source = await folderSource({ root, paths: path === '' ? null : [path] }, workspace.reader, { broken: 'note' })
  const isChosen = ({ key }: PlannedRequest): boolean => {
    const below = relative(root, key).split(sep).join('/')
    return only === undefined || only.some((one) => below === one || below.startsWith(`${one}/`))
  }
  const depth = path === '' ? 0 : path.split('/').length
  const name = depth === 0 ? source.name : (source.requests[0]?.folders[depth - 1] ?? basename(path))
  const requests = source.requests.filter(isChosen).map((request) => ({ ...request, folders: request.folders.slice(depth) }))
  const { files, notes } = await folderAsCode({ name, requests }, around, wishes)
  const leftOut = createExportNotes()
  for (const note of source.notes) leftOut.lost('', note)
  return { files, notes: [...leftOut.all(), ...notes] }
}

/** Values of secret variables come out of no export. */
function secretsIn(credentials: Credentials): 'typed' | 'environment' {
  return credentials === 'clear' ? 'typed' : 'environment'
}

async function documentOf(tree: ExportTree, { format, load }: Asked<ExportFormat>): Promise<Exported> {
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
