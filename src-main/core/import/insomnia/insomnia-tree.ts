/**
 * Insomnia's exports brought into one shape: workspaces with what is in them, each thing with the fields of version 4.
 * Version 4 is a flat list whose things name their parents; version 5 is a tree of fewer words.
 */
import { at, flagOf, isRecord, numberOf, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { checkNesting } from '../collection-parts/unreadable.ts'

type NodeKind = 'folder' | 'request' | 'websocket' | 'grpc' | 'socketio' | 'mcp'

export interface InsomniaNode {
  readonly kind: NodeKind
  readonly fields: Loose
  readonly children: readonly InsomniaNode[]
  /** Of a WebSocket request. */
  readonly messages: readonly Loose[]
}

export interface InsomniaEnvironment {
  readonly fields: Loose
  /** What it inherits from; null for a base environment. */
  readonly base: InsomniaEnvironment | null
}

export interface InsomniaWorkspace {
  readonly name: string
  readonly description: string
  readonly items: readonly InsomniaNode[]
  readonly environments: readonly InsomniaEnvironment[]
  /** What of it has no place here, in words. */
  readonly lost: readonly string[]
}

const KINDS: Readonly<Record<string, NodeKind>> = {
  request_group: 'folder',
  request: 'request',
  websocket_request: 'websocket',
  grpc_request: 'grpc',
  socketio_request: 'socketio',
  socket_io_request: 'socketio',
  mcp_request: 'mcp',
}

/** @param resources of an export of version 4 */
export function workspacesOfResources(resources: readonly Loose[]): InsomniaWorkspace[] {
  const children = new Map<string, Loose[]>()
  const ids = new Set(resources.map((one) => textOf(at(one, '_id'))))
  const workspaces = resources.filter((one) => textOf(at(one, '_type')) === 'workspace')
  // What names no parent that is there is in the first workspace.
  const home = textOf(at(workspaces[0], '_id'))
  for (const one of resources) {
    if (textOf(at(one, '_type')) === 'workspace') continue
    const parent = textOf(at(one, 'parentId'))
    const place = ids.has(parent) && parent !== textOf(at(one, '_id')) ? parent : home
    const list = children.get(place) ?? []
    children.set(place, list)
    list.push(one)
  }
  const taken = new Set<string>()
  return (workspaces.length === 0 ? [{}] : workspaces).map((workspace) => {
    const id = textOf(at(workspace, '_id'))
    const own = children.get(id) ?? []
    return {
      name: textOf(at(workspace, 'name')),
      description: textOf(at(workspace, 'description')),
      items: nodesIn(id, children, taken, 0),
      environments: environmentsIn(own, children),
      lost: lostIn(own, children),
    }
  })
}

function nodesIn(parent: string, children: ReadonlyMap<string, readonly Loose[]>, taken: Set<string>, depth: number): InsomniaNode[] {
  checkNesting(depth)
  // Parents that name each other in a circle are no one's children, and are never come to.
  if (taken.has(parent)) return []
  taken.add(parent)
  return sorted(children.get(parent) ?? []).flatMap((fields): InsomniaNode[] => {
    const type = textOf(at(fields, '_type'))
    const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined
    if (kind === undefined) return []
    const id = textOf(at(fields, '_id'))
    const below = children.get(id) ?? []
    return [
      {
        kind,
        fields,
        children: kind === 'folder' ? nodesIn(id, children, taken, depth + 1) : [],
        messages: kind === 'websocket' ? below.filter((one) => textOf(at(one, '_type')) === 'websocket_payload') : [],
      },
    ]
  })
}

/** As the side bar of Insomnia has them: by their sort key, else as they stand. */
function sorted(list: readonly Loose[]): Loose[] {
  const key = (one: Loose): number => numberOf(at(one, 'metaSortKey')) ?? 0
  return list.toSorted((one, other) => key(one) - key(other))
}

function environmentsIn(own: readonly Loose[], children: ReadonlyMap<string, readonly Loose[]>): InsomniaEnvironment[] {
  const isEnvironment = (one: Loose): boolean => textOf(at(one, '_type')) === 'environment'
  return own.filter(isEnvironment).flatMap((fields) => {
    const base: InsomniaEnvironment = { fields, base: null }
    const subs = sorted(children.get(textOf(at(fields, '_id'))) ?? []).filter(isEnvironment)
    return [base, ...subs.map((sub) => ({ fields: sub, base }))]
  })
}

/** Kinds of things that have no place here. */
const OTHERS: Readonly<Record<string, string>> = {
  api_spec: 'Its API description was left out: import that on its own.',
  unit_test_suite: 'Its test suites were left out.',
  mock_server: 'Its mock server was left out: answers are served from examples here.',
  ca_certificate: 'Its certificate authority was left out: name its file under Options.',
  client_certificate: 'Its client certificates were left out: name their files under Options.',
}

function lostIn(own: readonly Loose[], children: ReadonlyMap<string, readonly Loose[]>): string[] {
  return own.flatMap((one) => {
    const type = textOf(at(one, '_type'))
    if (type === 'cookie_jar') return cookiesLost(recordsOf(at(one, 'cookies')))
    if (type === 'api_spec' && textOf(at(one, 'contents')) === '') return []
    if (type === 'unit_test_suite' && (children.get(textOf(at(one, '_id'))) ?? []).length === 0) return []
    const words = Object.hasOwn(OTHERS, type) ? OTHERS[type] : undefined
    return words === undefined ? [] : [words]
  })
}

function cookiesLost(cookies: readonly Loose[]): string[] {
  return cookies.length === 0 ? [] : [`Cookies of its jar were left out: ${cookies.length}. A jar is private here; log in anew.`]
}

/** @param file a document of version 5 */
export function workspaceOfDocument(file: Loose): InsomniaWorkspace {
  const type = textOf(at(file, 'type'))
  const spec = recordOf(at(file, 'spec'))
  const hasSpec = textOf(at(spec, 'contents')) !== '' && textOf(at(spec, 'contents')) !== '{}'
  return {
    name: textOf(at(file, 'name')),
    description: textOf(at(at(file, 'meta'), 'description')),
    items: recordsOf(at(file, 'collection'))
      .toSorted((one, other) => sortKey(one) - sortKey(other))
      .map(nodeOf),
    environments: environmentsOf(at(file, 'environments')),
    lost: [
      ...cookiesLost(recordsOf(at(at(file, 'cookieJar'), 'cookies'))),
      ...(hasSpec || 'file' in spec ? [OTHERS['api_spec'] ?? ''] : []),
      ...(recordsOf(at(file, 'testSuites')).length > 0 ? [OTHERS['unit_test_suite'] ?? ''] : []),
      ...(recordsOf(at(file, 'certificates')).length > 0 ? [OTHERS['ca_certificate'] ?? ''] : []),
      ...(type.startsWith('mock.') ? [OTHERS['mock_server'] ?? ''] : []),
      ...(type.startsWith('mcpClient') ? ['MCP clients are left out: there are none here.'] : []),
    ],
  }
}

function sortKey(item: Loose): number {
  return numberOf(at(at(item, 'meta'), 'sortKey')) ?? 0
}

function nodeOf(item: Loose): InsomniaNode {
  const kind = kindOf(item)
  const scripts = recordOf(at(item, 'scripts'))
  const settings = recordOf(at(item, 'settings'))
  const render = flagOf(at(settings, 'renderRequestBody'))
  const fields: Loose = {
    ...item,
    _id: at(at(item, 'meta'), 'id'),
    description: at(at(item, 'meta'), 'description'),
    preRequestScript: at(scripts, 'preRequest'),
    afterResponseScript: at(scripts, 'afterResponse'),
    settingFollowRedirects: at(settings, 'followRedirects'),
    settingEncodeUrl: at(settings, 'encodeUrl'),
    settingSendCookies: at(at(settings, 'cookies'), 'send'),
    settingStoreCookies: at(at(settings, 'cookies'), 'store'),
    ...(render !== undefined && { settingDisableRenderRequestBody: !render }),
  }
  const children = recordsOf(at(item, 'children')).toSorted((one, other) => sortKey(one) - sortKey(other))
  return { kind, fields, children: kind === 'folder' ? children.map(nodeOf) : [], messages: recordsOf(at(item, 'payloads')) }
}

/** Version 5 tells its kinds apart by their ids and by what they have. */
function kindOf(item: Loose): NodeKind {
  const id = textOf(at(at(item, 'meta'), 'id'))
  if (Array.isArray(at(item, 'children')) || id.startsWith('fld')) return 'folder'
  if (id.startsWith('socketio') || 'eventListeners' in item) return 'socketio'
  if (id.startsWith('greq') || 'reflectionApi' in item || 'protoMethodName' in item) return 'grpc'
  if (id.startsWith('ws-req') || (!('method' in item) && /^wss?:/i.test(textOf(at(item, 'url'))))) return 'websocket'
  return 'request'
}

function environmentsOf(value: unknown): InsomniaEnvironment[] {
  if (!isRecord(value)) return recordsOf(value).map((fields) => ({ fields, base: null }))
  const base: InsomniaEnvironment = { fields: value, base: null }
  const subs = recordsOf(at(value, 'subEnvironments')).toSorted((one, other) => sortKey(one) - sortKey(other))
  return [base, ...subs.map((fields) => ({ fields, base }))]
}
