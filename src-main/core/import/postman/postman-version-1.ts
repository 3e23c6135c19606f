/**
 * Collections of version 1, which a dump of all of an account's data still has: flat lists of requests and folders, put in
 * order by lists of ids. They are rewritten as version 2, so that one reader reads them all.
 */
import { at, flagOf, isRecord, listOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { checkNesting } from '../collection-parts/unreadable.ts'

/** Whether a value is a collection of version 1. */
export function isVersion1(value: unknown): value is Loose {
  return (
    isRecord(value) &&
    Array.isArray(at(value, 'requests')) &&
    !('item' in value) &&
    (Array.isArray(at(value, 'order')) || 'folders' in value)
  )
}

/** The same collection as version 2 has it. Every request is in it, whether the lists of ids name it or not. */
export function asVersion2(collection: Loose): Loose {
  const requests = new Map(recordsOf(at(collection, 'requests')).map((request) => [textOf(at(request, 'id')), request]))
  const folders = new Map(recordsOf(at(collection, 'folders')).map((folder) => [textOf(at(folder, 'id')), folder]))
  const itemsOf = (place: Loose, depth = 0): Loose[] => {
    checkNesting(depth)
    return [
      ...taken(folders, at(place, 'folders_order')).map((folder) => ({ ...placeOf(folder), item: itemsOf(folder, depth + 1) })),
      ...taken(requests, at(place, 'order')).map(itemOf),
    ]
  }
  const ordered = itemsOf(collection)
  const leftFolders: Loose[] = []
  // A folder of a file without `folders_order` is named by nothing: it stands at the top.
  for (let [left] = folders.values(); left !== undefined; [left] = folders.values()) {
    folders.delete(textOf(at(left, 'id')))
    leftFolders.push({ ...placeOf(left), item: itemsOf(left) })
  }
  return {
    info: { name: at(collection, 'name') },
    ...placeOf(collection),
    item: [...ordered, ...leftFolders, ...[...requests.values()].map(itemOf)],
  }
}

/** Those that a list of ids names; each is taken once, so that circles end. */
function taken(from: Map<string, Loose>, ids: unknown): Loose[] {
  return listOf(ids).flatMap((value): Loose[] => {
    const id = textOf(value)
    const found = from.get(id)
    from.delete(id)
    return found ? [found] : []
  })
}

function placeOf(place: Loose): Loose {
  return {
    name: at(place, 'name'),
    description: at(place, 'description'),
    auth: at(place, 'auth'),
    event: at(place, 'events'),
    variable: at(place, 'variables'),
    protocolProfileBehavior: at(place, 'protocolProfileBehavior'),
  }
}

function itemOf(request: Loose): Loose {
  return {
    name: at(request, 'name'),
    event: at(request, 'events') ?? oldEvents(request),
    protocolProfileBehavior: at(request, 'protocolProfileBehavior'),
    request: requestOf(request),
    response: recordsOf(at(request, 'responses')).map(responseOf),
  }
}

function requestOf(request: Loose): Loose {
  const headerData = at(request, 'headerData')
  return {
    method: at(request, 'method'),
    description: at(request, 'description'),
    url: {
      raw: at(request, 'url'),
      query: rowsOf(at(request, 'queryParams')),
      variable: at(request, 'pathVariableData') ?? pathVariables(at(request, 'pathVariables')),
    },
    header: Array.isArray(headerData) && headerData.length > 0 ? rowsOf(headerData) : at(request, 'headers'),
    auth: at(request, 'auth') ?? oldAuth(request),
    body: bodyOf(request),
  }
}

/** Version 1 says which rows are on, version 2 which are off. */
function rowsOf(value: unknown): Loose[] {
  return recordsOf(value).map((entry) => ({ ...entry, disabled: flagOf(at(entry, 'enabled')) === false }))
}

function pathVariables(value: unknown): Loose[] {
  return isRecord(value) ? Object.entries(value).map(([key, text]) => ({ key, value: text })) : []
}

function bodyOf(request: Loose): Loose | null {
  const data = at(request, 'data')
  switch (textOf(at(request, 'dataMode'))) {
    case 'raw':
      return { mode: 'raw', raw: at(request, 'rawModeData') ?? (Array.isArray(data) ? data[0] : data), options: at(request, 'dataOptions') }
    case 'urlencoded':
      return { mode: 'urlencoded', urlencoded: rowsOf(data) }
    case 'params':
      return rowsOf(data).length === 0 ? null : { mode: 'formdata', formdata: rowsOf(data).map(fileRow) }
    case 'binary':
      return { mode: 'file', file: { src: at(request, 'rawModeData') ?? (typeof data === 'string' ? data : '') } }
    case 'graphql':
      return { mode: 'graphql', graphql: at(request, 'graphqlModeData') }
    default:
      return null
  }
}

function fileRow(entry: Loose): Loose {
  return textOf(at(entry, 'type')) === 'file' ? { ...entry, src: at(entry, 'src') ?? at(entry, 'value') } : entry
}

/** Scripts before there were lists of events. */
function oldEvents(request: Loose): Loose[] {
  const keys = { prerequest: 'preRequestScript', test: 'tests' }
  return Object.entries(keys).map(([listen, key]) => ({ listen, script: { exec: at(request, key) } }))
}

const HELPERS: Readonly<Record<string, string>> = {
  basicAuth: 'basic',
  digestAuth: 'digest',
  bearerAuth: 'bearer',
  oAuth1: 'oauth1',
  oAuth2: 'oauth2',
  awsSigV4: 'awsv4',
  hawkAuth: 'hawk',
  ntlmAuth: 'ntlm',
}

/** Credentials before there was `auth`. */
function oldAuth(request: Loose): Loose | null {
  const helper = textOf(at(request, 'currentHelper'))
  const type = Object.hasOwn(HELPERS, helper) ? HELPERS[helper] : undefined
  return type === undefined ? null : { type, [type]: at(request, 'helperAttributes') }
}

function responseOf(response: Loose): Loose {
  const code = at(response, 'responseCode')
  const asked = at(response, 'requestObject') ?? at(response, 'request')
  return {
    name: at(response, 'name'),
    code: isRecord(code) ? at(code, 'code') : code,
    status: isRecord(code) ? at(code, 'name') : at(response, 'status'),
    header: at(response, 'headers'),
    body: at(response, 'text'),
    ...(isRecord(asked) && { originalRequest: requestOf(asked) }),
  }
}
