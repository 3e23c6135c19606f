/**
 * A request file: its YAML text to the document that the form shows, and a changed document back into the same text.
 * Follows OpenCollection as Bruno 3 writes it; where Bruno's own files or documentation differ from the format's types,
 * both are read. What a request has beyond the format stands under `posthaste` keys.
 */
import { isMap, type Document, type YAMLMap } from 'yaml'
import type { Param, RequestDocument } from '#contract/model/request.ts'
import type { UnreadOption } from '#contract/model/unread-option.ts'
import { reconcile } from '#contract/model/url-query.ts'
import { captureEdit, readCaptures } from './actions-format.ts'
import { ASSERTIONS } from './assertions-format.ts'
import { editAuth, readAuth } from './auth-format.ts'
import { editBody, readBody, readGraphqlBody, UnknownBody } from './body-format.ts'
import { editMessages, readMessages } from './messages-format.ts'
import { posthasteChanges, readOptions, settingsChanges } from './options-format.ts'
import { editRows, PARAMS, readRows, ROWS } from './rows.ts'
import { SCRIPTS } from './scripts-format.ts'
import { STATUS_MESSAGES } from './status-messages-format.ts'
import { unreadOptions } from './unread-options.ts'
import { VARIABLES } from './variables-format.ts'
import { changed, editMap, fresh, type Change, type MapEdit } from './yaml-edit.ts'
import { booleanOf, followed, numberOf, pairOf, textOf, valueOf, type Value } from './yaml-nodes.ts'
import { patchYaml } from './yaml-patch.ts'
import { parseYaml, unreadable, type YamlSource } from './yaml-source.ts'

const SECTIONS = ['http', 'graphql', 'websocket'] as const
type Section = (typeof SECTIONS)[number]

/** The kind of body makes the kind of request. */
function sectionFor({ kind }: RequestDocument['body']): Section {
  return kind === 'graphql' || kind === 'websocket' ? kind : 'http'
}

export interface ReadRequest {
  readonly document: RequestDocument
  /** Where it stands among its siblings. */
  readonly seq: number | undefined
  readonly unread: readonly UnreadOption[]
}

const KNOWN_TYPES: Readonly<Record<string, string>> = {
  grpc: 'a gRPC request',
  script: 'a script',
  app: 'an app',
  folder: "a folder's file",
}

/**
 * Read a request file's text.
 *
 * @param name what to call the file in a message
 * @param fallbackName the request's name where the file gives none
 * @throws {CoreError} `Unreadable`: not YAML, or no request that this version knows
 */
export function readRequest(text: string, name: string, fallbackName: string): ReadRequest {
  const source = parseYaml(text, name)
  const root = rootOf(source, name)
  const { document } = source
  return {
    document: documentOf(source, root, name, fallbackName),
    seq: numberOf(infoValue(root, 'seq', document), document),
    unread: unreadOptions({ settings: valueOf(root, 'settings', document), posthaste: valueOf(root, 'posthaste', document) }, document, {
      prefix: 'posthaste',
      others: ['cookies', 'raise_for_status', 'status_messages'],
    }),
  }
}

/**
 * The text of a request file with a document's content. Only what differs from the text's own content changes; a
 * document equal to it gives back the same text.
 *
 * @throws {CoreError} `Unreadable` where the text is no request
 */
export function writeRequest(text: string, document: RequestDocument, name: string, fallbackName: string): string {
  const source = parseYaml(text, name, true)
  const before = documentOf(source, rootOf(source, name), name, fallbackName)
  if (editOf(source, before, document) === null) return text
  return patchYaml(source, (current) => {
    const edit = editOf(current, before, document)
    if (edit === null) throw new Error('An edit of a request came to nothing.')
    return edit
  })
}

/** The text of a new request file. */
export function newRequestText(document: RequestDocument, seq: number): string {
  const type = sectionFor(document.body)
  const method = type === 'websocket' ? '' : '  method: GET\n'
  const skeleton = `info:\n  name: x\n  type: ${type}\n  seq: ${seq}\n\n${type}:\n${method}  url: ""\n`
  return writeRequest(skeleton, document, 'The new request', 'x')
}

function rootOf(source: YamlSource, name: string): YAMLMap {
  const root = source.document.contents
  if (isMap(root)) return root
  throw unreadable(name, root === null ? 'it is empty' : 'it is not a mapping of keys to values')
}

function documentOf(source: YamlSource, root: YAMLMap, name: string, fallbackName: string): RequestDocument {
  const { document } = source
  const section = sectionOf(root, document, name)
  const request = valueOf(root, section, document)
  const get = (key: string): Value => valueOf(request, key, document)
  const method = textOf(get('method'), document)
  const posthaste = valueOf(root, 'posthaste', document)
  const runtime = valueOf(root, 'runtime', document)
  const assertions = readRows(valueOf(runtime, 'assertions', document), document, ASSERTIONS)
  const scripts = readRows(valueOf(runtime, 'scripts', document), document, SCRIPTS)
  const captures = readCaptures(valueOf(runtime, 'actions', document), document)
  const statusMessages = readRows(valueOf(posthaste, 'status_messages', document), document, STATUS_MESSAGES)
  return {
    name: textOf(infoValue(root, 'name', document), document) || fallbackName,
    method: get('method') === null ? (section === 'graphql' ? 'POST' : 'GET') : method,
    ...reconcile(textOf(get('url'), document), readRows(get('params'), document, PARAMS)),
    headers: readRows(get('headers'), document, ROWS),
    body: bodyOf(get, section, document, name),
    auth: readAuth(authPlace(root, section, document).node, document),
    cookies: readRows(valueOf(posthaste, 'cookies', document), document, ROWS),
    options: readOptions({ settings: valueOf(root, 'settings', document), posthaste }, document),
    variables: readRows(valueOf(runtime, 'variables', document), document, VARIABLES),
    ...(assertions.length > 0 && { assertions }),
    ...(booleanOf(valueOf(posthaste, 'raise_for_status', document), document) === true && { raiseForStatus: true as const }),
    ...(captures.length > 0 && { captures }),
    ...(statusMessages.length > 0 && { statusMessages }),
    ...(scripts.length > 0 && { scripts }),
    docs: textOf(valueOf(root, 'docs', document), document),
  }
}

function bodyOf(get: (key: string) => Value, section: Section, document: Document, name: string): RequestDocument['body'] {
  if (section === 'graphql') return readGraphqlBody(get('body'), document)
  if (section === 'websocket') return { kind: section, messages: readMessages(get('message'), document) }
  try {
    return readBody(get('body'), document)
  } catch (error) {
    if (error instanceof UnknownBody) throw unreadable(name, `its body type "${error.type.slice(0, 50)}" is not known to this version`)
    throw error
  }
}

function sectionOf(root: YAMLMap, document: Document, name: string): Section {
  const type = textOf(infoValue(root, 'type', document), document)
  const section = SECTIONS.find((one) => one === type || (type === '' && pairOf(root, one)))
  if (section !== undefined) return section
  const known = KNOWN_TYPES[type]
  if (known !== undefined) throw unreadable(name, `it is ${known}, which this version cannot open`)
  // Without `info` it is whatever else has a type, such as a schema.
  throw unreadable(
    name,
    type === '' || !pairOf(root, 'info')
      ? 'it is no request: it has neither info.type nor http'
      : `its type "${type.slice(0, 50)}" is not known to this version`,
  )
}

/** `info.name` and its like; files from before `info` have them at the top. */
function infoValue(root: YAMLMap, key: string, document: Document): Value {
  return valueOf(pairOf(root, 'info') ? valueOf(root, 'info', document) : root, key, document)
}

/** Credentials stand in the request's section; older files of Bruno have them under `runtime`. */
function authPlace(root: YAMLMap, section: Section, document: Document): { readonly node: Value; readonly inRuntime: boolean } {
  const own = valueOf(valueOf(root, section, document), 'auth', document)
  const runtime = valueOf(valueOf(root, 'runtime', document), 'auth', document)
  return own === null && runtime !== null ? { node: runtime, inRuntime: true } : { node: own, inRuntime: false }
}

/** What to change in the file; null where nothing is. */
function editOf(source: YamlSource, before: RequestDocument, after: RequestDocument): MapEdit | null {
  const { document } = source
  const root = document.contents
  if (!isMap(root)) return null
  const section = sectionFor(before.body)
  const wanted = sectionFor(after.body)
  const auth = authPlace(root, section, document)
  const runtime = valueOf(root, 'runtime', document)
  const authChange = editAuth(auth.node, document, before.auth, after.auth)
  const changes: Record<string, Change> = {
    ...infoChanges(root, document, {
      name: changed(before.name, after.name),
      type: section === wanted ? undefined : fresh(wanted),
    }),
    [section]: editMap(
      valueOf(root, section, document),
      document,
      sectionChanges(source, root, section, before, after, auth.inRuntime ? undefined : authChange),
    ),
    runtime: editMap(runtime, document, {
      variables: editRows(valueOf(runtime, 'variables', document), document, VARIABLES, before.variables, after.variables),
      scripts: editRows(valueOf(runtime, 'scripts', document), document, SCRIPTS, before.scripts ?? [], after.scripts ?? []),
      assertions: editRows(valueOf(runtime, 'assertions', document), document, ASSERTIONS, before.assertions ?? [], after.assertions ?? []),
      actions: captureEdit(valueOf(runtime, 'actions', document), document, after.captures ?? []),
      auth: auth.inRuntime ? authChange : undefined,
    }),
    ...trailingChanges(root, document, before, after),
  }
  const rename = new Map<string, string>(section === wanted || !pairOf(root, section) ? [] : [[section, wanted]])
  const edit = editMap(root, document, changes, rename)
  return edit?.kind === 'map' ? edit : null
}

function infoChanges(root: YAMLMap, document: Document, changes: Record<string, Change>): Record<string, Change> {
  const isFlat = !pairOf(root, 'info') && (pairOf(root, 'type') !== undefined || pairOf(root, 'name') !== undefined)
  return isFlat ? changes : { info: editMap(valueOf(root, 'info', document), document, changes) }
}

function sectionChanges(
  source: YamlSource,
  root: YAMLMap,
  section: Section,
  before: RequestDocument,
  after: RequestDocument,
  auth: Change,
): Record<string, Change> {
  const { document } = source
  const request = valueOf(root, section, document)
  const get = (key: string): Value => valueOf(request, key, document)
  return {
    method: methodChange(get('method'), before, after),
    url: changed(textOf(get('url'), document), isSameUrl(before, after) ? textOf(get('url'), document) : after.url),
    params: isSameUrl(before, after) ? undefined : paramsChange(get('params'), document, after.params),
    headers: editRows(get('headers'), document, ROWS, before.headers, after.headers),
    ...bodyChanges(get, document, before.body, after.body),
    auth,
  }
}

/** A WebSocket is always asked for by a GET, so the file does not say it. */
function methodChange(node: Value, before: RequestDocument, after: RequestDocument): Change {
  if (after.body.kind === 'websocket') return node === null ? undefined : null
  return before.body.kind === 'websocket' ? fresh(after.method) : changed(before.method, after.method)
}

function bodyChanges(
  get: (key: string) => Value,
  document: Document,
  before: RequestDocument['body'],
  after: RequestDocument['body'],
): Record<string, Change> {
  const isSocket = after.kind === 'websocket'
  const had = before.kind === 'websocket' ? before.messages : []
  return {
    body: editBody(get('body'), document, before.kind === 'websocket' ? { kind: 'none' } : before, isSocket ? { kind: 'none' } : after),
    message: editMessages(get('message'), document, had, isSocket ? after.messages : []),
  }
}

/** URL and params are one thing: where either changed both are written, so that each mirrors the other. */
function paramsChange(node: Value, document: Document, after: readonly Param[]): Change {
  return editRows(node, document, PARAMS, readRows(node, document, PARAMS), after)
}

function isSameUrl(before: RequestDocument, after: RequestDocument): boolean {
  const keys = (params: readonly Param[]): string => params.map((row) => PARAMS.keyOf(row)).join('\n')
  return before.url === after.url && keys(before.params) === keys(after.params)
}

function trailingChanges(root: YAMLMap, document: Document, before: RequestDocument, after: RequestDocument): Record<string, Change> {
  const settings = valueOf(root, 'settings', document)
  const posthaste = valueOf(root, 'posthaste', document)
  const docs = valueOf(root, 'docs', document)
  const nodes = { settings, posthaste }
  const docsText = isMap(followed(docs, document)) ? editMap(docs, document, { content: fresh(after.docs) }) : fresh(after.docs)
  return {
    settings: editMap(settings, document, settingsChanges(nodes, document, before.options, after.options)),
    posthaste: editMap(posthaste, document, {
      cookies: editRows(valueOf(posthaste, 'cookies', document), document, ROWS, before.cookies, after.cookies),
      ...posthasteChanges(nodes, document, before.options, after.options),
      raise_for_status: before.raiseForStatus === after.raiseForStatus ? undefined : after.raiseForStatus === true ? fresh(true) : null,
      status_messages: editRows(
        valueOf(posthaste, 'status_messages', document),
        document,
        STATUS_MESSAGES,
        before.statusMessages ?? [],
        after.statusMessages ?? [],
      ),
    }),
    docs: before.docs === after.docs ? undefined : after.docs === '' ? null : docsText,
  }
}
