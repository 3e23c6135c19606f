/** Insomnia's exports: version 4 (and 3) as JSON, version 5 as YAML. Several workspaces become a folder each. */
import { emptyImport, importedFolder, NO_DEFAULTS, type Imported, type ImportedItem } from '../imported.ts'
import type { Importer } from '../importer.ts'
import type { SourceFile } from '../import-source.ts'
import { at, firstText, inShort, isRecord, numberOf, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { withCaptures } from '../collection-parts/captures.ts'
import { mapTexts } from '../collection-parts/references.ts'
import { createNotesHere, type NoteBook, type NotesHere } from '../collection-parts/notes-here.ts'
import { unreadable } from '../collection-parts/unreadable.ts'
import { readInsomniaAuth } from './insomnia-auth.ts'
import { readInsomniaEnvironments, readVariables } from './insomnia-environment.ts'
import { readHeaders, readInsomniaRequest, readInsomniaScripts, type Around } from './insomnia-request.ts'
import { convertTemplate, type AnsweringRequest, type TemplateContext } from './insomnia-template.ts'
import { workspaceOfDocument, workspacesOfResources, type InsomniaNode, type InsomniaWorkspace } from './insomnia-tree.ts'

export const insomniaImporter: Importer = { format: 'insomnia', detect, read }

const DOCUMENT = /^(?:\w+\.insomnia\.rest|mcpClient\.insomnia)\/(\d+)/

function detect(file: SourceFile): 0 | 1 | 2 | 3 {
  const value = valueOf(file)
  if (!isRecord(value)) return 0
  if (DOCUMENT.test(textOf(at(value, 'type')))) return 3
  if (!isExport(value)) return 0
  return textOf(at(value, '_type')) === 'export' || '__export_format' in value ? 3 : 2
}

/** Only a text that says so is parsed as YAML: a large one of another kind would take long. */
function valueOf(file: SourceFile): unknown {
  const isYaml = !/^\s*[[{]/.test(file.text) && /insomnia/.test(file.text.slice(0, 4000))
  return isYaml ? file.data() : file.json()
}

function isExport(value: Loose): boolean {
  return Array.isArray(at(value, 'resources')) && recordsOf(at(value, 'resources')).every((one) => '_type' in one)
}

function read(files: readonly SourceFile[]): Imported {
  const notes = createNotesHere()
  const workspaces = files.flatMap((file) => workspacesOf(file, notes))
  const requests = new Map(workspaces.flatMap(({ items }) => requestsIn(items)))
  const around: Around = { requests, captures: new Map(), silentAuth: 'inherit' }
  const filled = workspaces.filter(({ items }) => items.length > 0)
  const isOne = filled.length <= 1
  const environments = workspaces.flatMap((workspace) => {
    const prefix = workspaces.length > 1 && workspace.name !== '' ? `${workspace.name} ` : ''
    return readInsomniaEnvironments(workspace.environments, prefix, requests, notes)
  })
  for (const { name, lost } of workspaces) for (const message of lost) (isOne ? notes : notes.in(name)).lost(message)
  const [first] = isOne && filled.length > 0 ? filled : workspaces
  const items = isOne
    ? (filled[0]?.items ?? []).flatMap((node) => readNode(node, around, notes))
    : filled.map(({ name, description, items: inner }) => {
        const here = notes.in(name || 'Untitled')
        return importedFolder(
          name || 'Untitled',
          inner.flatMap((node) => readNode(node, around, here)),
          { docs: description },
        )
      })
  return {
    ...emptyImport('insomnia'),
    name: isOne ? (first?.name ?? '') : '',
    docs: isOne ? (first?.description ?? '') : '',
    items: withCaptures(items, around.captures),
    environments,
    notes: notes.all(),
  }
}

function workspacesOf(file: SourceFile, notes: NoteBook): InsomniaWorkspace[] {
  const value = valueOf(file)
  if (!isRecord(value)) throw unreadable(file, 'an Insomnia export', 'In Insomnia, export it as "Insomnia v5" or as "Insomnia v4 (JSON)".')
  const type = DOCUMENT.exec(textOf(at(value, 'type')))
  if (type) {
    if (type[1] !== '5') notes.changed(`It is of version ${type[1] ?? ''}, which is not known here: it was read as 5.`)
    return [workspaceOfDocument(value)]
  }
  if (!isExport(value)) throw unreadable(file, 'an Insomnia export', 'In Insomnia, export it as "Insomnia v5" or as "Insomnia v4 (JSON)".')
  const version = numberOf(at(value, '__export_format'))
  if (version !== undefined && version !== 4) notes.changed(`It is of version ${version}, which is not known here: it was read as 4.`)
  return workspacesOfResources(recordsOf(at(value, 'resources')))
}

/** All requests by their ids. */
function requestsIn(nodes: readonly InsomniaNode[]): (readonly [string, AnsweringRequest])[] {
  return nodes.flatMap(({ fields, children }) => [
    [textOf(at(fields, '_id')), { name: nameOf(fields), captures: [] }] as const,
    ...requestsIn(children),
  ])
}

function nameOf(fields: Loose): string {
  return firstText(fields, 'name') || inShort(textOf(at(fields, 'url'))) || 'Untitled'
}

const OTHER_KINDS = { grpc: 'gRPC requests', socketio: 'Socket.IO requests', mcp: 'MCP clients' } as const

function readNode(node: InsomniaNode, around: Around, notes: NotesHere): ImportedItem[] {
  const { kind, fields, messages } = node
  const name = nameOf(fields)
  const here = notes.in(name)
  switch (kind) {
    case 'folder':
      return [readFolder(node, name, around, here)]
    case 'request':
      return [readInsomniaRequest(fields, name, null, around, here)]
    case 'websocket':
      return [readInsomniaRequest(fields, name, messages, around, here)]
    case 'grpc':
    case 'socketio':
    case 'mcp':
      here.lost(`There are no ${OTHER_KINDS[kind]} here.`)
      return []
  }
}

function readFolder({ fields, children }: InsomniaNode, name: string, around: Around, notes: NotesHere): ImportedItem {
  const context: TemplateContext = { notes, requests: around.requests, asked: new Map() }
  const converted = (key: string): unknown => mapTexts(at(fields, key), (text) => convertTemplate(text, context))
  const { auth, cookies } = readInsomniaAuth(converted('authentication'), notes)
  if (cookies.length > 0) notes.lost('An API key as a cookie can be given to each request only.')
  const headers = readHeaders(converted('headers'))
  const { variables, secrets } = readVariables({ ...recordOf(fields), data: at(fields, 'environment') }, around.requests, notes)
  const inner: Around = auth.kind === 'inherit' ? around : { ...around, silentAuth: auth.kind === 'none' ? 'none' : 'inherit' }
  return importedFolder(
    name,
    children.flatMap((node) => readNode(node, inner, notes)),
    {
      docs: textOf(at(fields, 'description')),
      defaults: { ...NO_DEFAULTS, headers, auth, variables: [...variables, ...context.asked.values()] },
      scripts: readInsomniaScripts(fields, notes),
      secrets,
    },
  )
}
