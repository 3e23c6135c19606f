/** One OpenAPI or Swagger description as an import: tags into folders, operations into requests, servers into environments. */
import type { Defaults } from '#contract/model/session.ts'
import { importedFolder, NO_DEFAULTS, type ImportedEnvironment, type ImportedItem } from '../imported.ts'
import type { NoteBook } from './notebook.ts'
import { operationName, requestOf, type Operation } from './operation.ts'
import { createSecurity } from './security.ts'
import { BASE_URL, environmentOf, serversOf } from './servers.ts'
import type { SpecNode } from './spec-node.ts'

export interface Description {
  readonly name: string
  readonly docs: string
  readonly defaults: Defaults
  readonly items: readonly ImportedItem[]
  readonly environments: readonly ImportedEnvironment[]
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

/** @param progress told of how many operations of all are done */
export function readDescription(root: SpecNode, notes: NoteBook, progress: (done: number) => void): Description {
  const operations = operationsOf(root, notes)
  const security = createSecurity(
    root,
    operations.map(({ node }) => node),
    notes,
  )
  const folders = new Map<string, ImportedItem[]>(knownTags(root).map((tag) => [tag, []]))
  const top: ImportedItem[] = []
  const folderFor = folderRule(operations)
  operations.forEach((operation, index) => {
    const folder = folderFor(operation)
    const where = [folder, operationName(operation)].filter((part) => part !== '').join(' / ')
    const request = requestOf(operation, { root, security, notes }, where)
    placeFor(folder, folders, top).push(request)
    if (index % 100 === 0) progress(index / operations.length)
  })
  noteRest(root, notes)
  const servers = serversOf(root, notes)
  const [first] = servers
  const base = first ? environmentOf(first).variables.map((variable) => ({ ...variable, ...describedBase(variable.name) })) : []
  return {
    name: root.get('info').text('title').trim(),
    docs: docsOf(root),
    defaults: {
      ...NO_DEFAULTS,
      headers: [...security.common.headers],
      auth: security.common.auth,
      variables: [...base, ...security.variables()],
    },
    items: [...[...folders].flatMap(([name, items]) => (items.length === 0 ? [] : [folderOf(root, name, items)])), ...top],
    environments: servers.map((server) => ({ environment: environmentOf(server), secrets: {} })),
  }
}

function describedBase(name: string): { description?: string } {
  return name === BASE_URL ? { description: 'Where no environment is chosen.' } : {}
}

function placeFor(folder: string, folders: Map<string, ImportedItem[]>, top: ImportedItem[]): ImportedItem[] {
  if (folder === '') return top
  const items = folders.get(folder) ?? []
  folders.set(folder, items)
  return items
}

function operationsOf(root: SpecNode, notes: NoteBook): Operation[] {
  return root
    .get('paths')
    .entries()
    .filter(([path]) => !path.startsWith('x-'))
    .flatMap(([path, pathItem]) => {
      if (!pathItem.exists) notes.add('lost', path, 'Nothing of this path is there.')
      return pathItem
        .entries()
        .filter(([method]) => METHODS.includes(method.toLowerCase()))
        .map(([method, node]) => ({ path, method: method.toUpperCase(), pathItem, node }))
    })
}

function knownTags(root: SpecNode): string[] {
  return root
    .get('tags')
    .items()
    .map((tag) => tag.text('name').trim())
    .filter((name) => name !== '')
}

/** The first tag; where no operation has any, the first word of the path, where that tells operations apart. */
function folderRule(operations: readonly Operation[]): (operation: Operation) => string {
  const tagOf = ({ node }: Operation): string =>
    (
      node
        .get('tags')
        .items()
        .find(({ value }) => typeof value === 'string' && value.trim() !== '')?.value as string | undefined
    )?.trim() ?? ''
  if (operations.some((operation) => tagOf(operation) !== '')) return tagOf
  const segmentOf = ({ path }: Operation): string => path.split('/').find((segment) => segment !== '' && !segment.includes('{')) ?? ''
  return new Set(operations.map(segmentOf)).size > 1 ? segmentOf : () => ''
}

function folderOf(root: SpecNode, name: string, items: readonly ImportedItem[]): ImportedItem {
  const tag = root
    .get('tags')
    .items()
    .find((one) => one.text('name').trim() === name)
  const link = tag?.get('externalDocs').text('url') ?? ''
  const docs = [tag?.text('description').trim() ?? '', link].filter((part) => part !== '').join('\n\n')
  return importedFolder(name, items, { docs, defaults: { ...NO_DEFAULTS, auth: { kind: 'inherit' } } })
}

function docsOf(root: SpecNode): string {
  const info = root.get('info')
  const version = info.text('version')
  const link = root.get('externalDocs').text('url')
  const parts = [info.text('description').trim(), version === '' ? '' : `Version ${version}`, link, info.text('termsOfService')]
  return parts.filter((part) => part !== '').join('\n\n')
}

function noteRest(root: SpecNode, notes: NoteBook): void {
  const hooks = [...root.get('webhooks').entries(), ...root.get('x-webhooks').entries()].map(([name]) => name)
  if (hooks.length > 0) {
    notes.add('lost', '', `Webhooks are requests that the server sends; they have no place here: ${hooks.slice(0, 10).join(', ')}.`)
  }
}
