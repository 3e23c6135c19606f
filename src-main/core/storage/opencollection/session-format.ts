/** Sessions of a collection: the list `extensions.posthaste.sessions` of `opencollection.yml`. Names as in requests. */
import { Document } from 'yaml'
import { AdapterSchema, type Adapter, type Session } from '#contract/model/session.ts'
import type { UnreadOption } from '#contract/model/unread-option.ts'
import { editAuth, readAuth } from './auth-format.ts'
import { posthasteChanges, readOptions, type OptionNodes } from './options-format.ts'
import { plainChange, plainOf } from './plain-edit.ts'
import { editRows, readRows, ROWS, type RowFormat } from './rows.ts'
import { unreadOptions } from './unread-options.ts'
import { camelCase, renamed, snakeCase } from './wire-options-format.ts'
import { changed, editMap, freshOf, type Change } from './yaml-edit.ts'
import { itemsOf, textOf, valueOf, type Value } from './yaml-nodes.ts'
import type { Fresh } from './yaml-render.ts'

const NEW: Session = { name: '', headers: [], params: [], cookies: [], auth: { kind: 'none' }, options: {}, adapters: [] }

const ADAPTERS: RowFormat<Adapter> = {
  read: readAdapter,
  changes: (node, document, before, after) => {
    const { prefix: _was, pool: poolBefore, ...from } = before
    const { prefix: _is, pool: poolAfter, ...to } = after
    return {
      prefix: changed(before.prefix, after.prefix),
      pool: plainChange(valueOf(node, 'pool', document), document, inSnakeCase(poolBefore), inSnakeCase(poolAfter)),
      ...posthasteChanges(alone(node), document, from, to),
    }
  },
  fresh: (adapter) => freshFrom((document) => ADAPTERS.changes(null, document, { prefix: '' }, adapter)),
  nameOf: (adapter) => adapter.prefix,
  keyOf: (adapter) => JSON.stringify(adapter),
  readMap: () => [],
}

const SESSIONS: RowFormat<Session> = {
  read: readSession,
  changes: (node, document, before, after) => {
    const get = (key: string): Value => valueOf(node, key, document)
    return {
      name: changed(before.name, after.name),
      headers: editRows(get('headers'), document, ROWS, before.headers, after.headers),
      params: editRows(get('params'), document, ROWS, before.params, after.params),
      cookies: editRows(get('cookies'), document, ROWS, before.cookies, after.cookies),
      auth: editAuth(get('auth'), document, before.auth, after.auth),
      ...posthasteChanges(alone(node), document, before.options, after.options),
      adapters: editRows(get('adapters'), document, ADAPTERS, before.adapters, after.adapters),
    }
  },
  fresh: (session) => freshFrom((document) => SESSIONS.changes(null, document, NEW, session)),
  nameOf: (session) => session.name,
  keyOf: (session) => JSON.stringify(session),
  readMap: () => [],
}

/** @param root the mapping of `opencollection.yml` */
export function readSessions(root: Value, document: Document): Session[] {
  return readRows(listOf(root, document), document, SESSIONS).filter(({ name }) => name !== '')
}

/** Options of sessions that count for nothing, each with the session's name and the adapter's prefix; null: no adapter's. */
export function unreadOfSessions(
  root: Value,
  document: Document,
): { readonly session: string; readonly adapter: string | null; readonly option: UnreadOption }[] {
  return itemsOf(listOf(root, document), document).flatMap((node) => {
    const session = textOf(valueOf(node, 'name', document), document).trim()
    const own = unreadOptions(alone(node), document, { prefix: '', others: SESSION_KEYS })
    const adapters = itemsOf(valueOf(node, 'adapters', document), document).flatMap((one) => {
      const adapter = textOf(valueOf(one, 'prefix', document), document).trim()
      return unreadOptions(alone(one), document, ADAPTER_BLOCK).map((option) => ({ session, adapter, option }))
    })
    return [...own.map((option) => ({ session, adapter: null, option })), ...adapters]
  })
}

const SESSION_KEYS = ['name', 'headers', 'params', 'cookies', 'auth', 'adapters']
const ADAPTER_BLOCK = {
  prefix: '',
  others: ['prefix', 'pool'],
  options: ['retry', 'timeout', 'tls', 'http2', 'verify', 'cert', 'proxies'],
}

/** What to change in `extensions`. */
export function sessionsChange(root: Value, document: Document, before: readonly Session[], after: readonly Session[]): Change {
  const extensions = valueOf(root, 'extensions', document)
  const posthaste = valueOf(extensions, 'posthaste', document)
  const sessions = editRows(listOf(root, document), document, SESSIONS, before, after)
  return editMap(extensions, document, { posthaste: editMap(posthaste, document, { sessions }) })
}

function listOf(root: Value, document: Document): Value {
  return valueOf(valueOf(valueOf(root, 'extensions', document), 'posthaste', document), 'sessions', document)
}

function readSession(node: Value, document: Document): Session {
  const get = (key: string): Value => valueOf(node, key, document)
  return {
    name: textOf(get('name'), document).trim(),
    headers: readRows(get('headers'), document, ROWS),
    params: readRows(get('params'), document, ROWS),
    cookies: readRows(get('cookies'), document, ROWS),
    auth: readAuth(get('auth'), document),
    options: readOptions(alone(node), document),
    adapters: readRows(get('adapters'), document, ADAPTERS).filter(({ prefix }) => prefix !== ''),
  }
}

function readAdapter(node: Value, document: Document): Adapter {
  const plainPool = plainOf(valueOf(node, 'pool', document), document)
  const pool = plainPool === undefined ? null : AdapterSchema.shape.pool.safeParse(renamed(plainPool, camelCase))
  const { retry, timeout, tls, http2, verify, cert, proxies } = readOptions(alone(node), document)
  return {
    prefix: textOf(valueOf(node, 'prefix', document), document).trim(),
    ...(pool?.success && pool.data && { pool: pool.data }),
    ...(retry && { retry }),
    ...(timeout && { timeout }),
    ...(tls && { tls }),
    ...(http2 !== undefined && { http2 }),
    ...(verify !== undefined && { verify }),
    ...(cert && { cert }),
    ...(proxies && { proxies }),
  }
}

function alone(node: Value): OptionNodes {
  return { settings: null, posthaste: node, isAlone: true }
}

function inSnakeCase(pool: Adapter['pool']): ReturnType<typeof renamed> | undefined {
  return pool && renamed(pool, snakeCase)
}

/** A new entry is one that went from nothing to what it is. */
function freshFrom(changes: (document: Document) => Readonly<Record<string, Change>>): Fresh {
  const document = new Document({})
  const edit = editMap(null, document, changes(document))
  return edit ? freshOf(edit, document) : {}
}
