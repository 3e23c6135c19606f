/** `pm.request`: the request in Postman's words, over the same one that `req` has. */
import { asText, isObject } from './host.ts'
import { propertyList, type Pair } from './property-list.ts'
import { addHeader, bodyOf, bodyText, change, current, headersShown, putHeader, removeHeader, req } from './request.ts'

const isSameHeader = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
const isSameName = (a: string, b: string): boolean => a === b

interface UrlText {
  readonly base: string
  readonly query: string | null
  readonly hash: string
}

function splitUrl(url: string): UrlText {
  const hashAt = url.indexOf('#')
  const [rest, hash] = hashAt < 0 ? [url, ''] : [url.slice(0, hashAt), url.slice(hashAt)]
  const queryAt = rest.indexOf('?')
  return queryAt < 0 ? { base: rest, query: null, hash } : { base: rest.slice(0, queryAt), query: rest.slice(queryAt + 1), hash }
}

function queryPairs(): Pair[] {
  const parts = (splitUrl(current().url).query ?? '').split('&').filter((part) => part !== '')
  return parts.map((part) => {
    const at = part.indexOf('=')
    return at < 0 ? { key: plain(part), value: '' } : { key: plain(part.slice(0, at)), value: plain(part.slice(at + 1)) }
  })
}

function plain(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** Encoded but for references, which are filled in later. */
function written(text: string): string {
  return text
    .split(/(\{\{[^{}]*\}\})/)
    .map((part) => (part.startsWith('{{') ? part : encodeURIComponent(part.toWellFormed())))
    .join('')
}

function setQuery(pairs: readonly Pair[]): void {
  const { base, hash } = splitUrl(current().url)
  const query = pairs.map(({ key, value }) => `${written(key)}=${written(value)}`).join('&')
  change({ url: `${base}${query === '' ? '' : `?${query}`}${hash}` })
}

function partsOf(): { readonly protocol: string; readonly host: string; readonly port: string; readonly path: string } {
  const { base } = splitUrl(current().url)
  const found = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:]*(?:\{\{[^{}]*\}\})?[^/:]*)(?::(\d+))?(\/.*)?$/i.exec(base)
  return { protocol: found?.[1] ?? '', host: found?.[2] ?? '', port: found?.[3] ?? '', path: found?.[4] ?? '' }
}

const query = propertyList({
  all: queryPairs,
  isSame: isSameName,
  add: (pair) => setQuery([...queryPairs(), pair]),
  put: (pair) => {
    const pairs = queryPairs()
    setQuery(pairs.some(({ key }) => key === pair.key) ? pairs.map((one) => (one.key === pair.key ? pair : one)) : [...pairs, pair])
  },
  remove: (key) => setQuery(queryPairs().filter((pair) => pair.key !== key)),
})

const url = Object.defineProperties(
  {
    query,
    variables: propertyList({
      all: () => current().pathParams.map(({ name, value }) => ({ key: name, value })),
      isSame: isSameName,
    }),
    toString: () => current().url,
    toJSON: () => current().url,
    getRaw: () => current().url,
    getHost: () => partsOf().host,
    getPath: () => partsOf().path,
    getQueryString: () => splitUrl(current().url).query ?? '',
    getPathWithQuery: () => partsOf().path + (splitUrl(current().url).query === null ? '' : `?${splitUrl(current().url).query ?? ''}`),
    getRemote: () => partsOf().host + (partsOf().port === '' ? '' : `:${partsOf().port}`),
    update: (next: unknown) => change({ url: String(next) }),
    addQueryParams: (params: unknown) => addParams(params),
    removeQueryParams: (names: unknown) => (Array.isArray(names) ? names : [names]).forEach((name) => query.remove(name)),
  },
  {
    protocol: { get: () => partsOf().protocol, enumerable: true },
    host: { get: () => partsOf().host.split('.'), enumerable: true },
    port: { get: () => partsOf().port || undefined, enumerable: true },
    path: { get: () => partsOf().path.split('/').slice(1), enumerable: true },
    hash: { get: () => splitUrl(current().url).hash.slice(1) || undefined, enumerable: true },
  },
)

function addParams(params: unknown): void {
  if (typeof params === 'string')
    setQuery([
      ...queryPairs(),
      ...params.split('&').map((part) => ({ key: plain(part.split('=')[0] ?? ''), value: plain(part.split('=').slice(1).join('=')) })),
    ])
  else for (const param of Array.isArray(params) ? params : [params]) query.add(param)
}

const headers = propertyList({
  all: () => headersShown().map(({ name, value }) => ({ key: name, value })),
  isSame: isSameHeader,
  add: ({ key, value }) => addHeader(key, value),
  put: ({ key, value }) => putHeader(key, value),
  remove: removeHeader,
})

const MODES: Readonly<Record<string, string>> = { form: 'urlencoded', multipart: 'formdata', graphql: 'graphql', file: 'file' }

function rows(kind: 'form' | 'multipart') {
  const list = (): Pair[] => {
    const { body } = current()
    return body.kind === kind ? body.rows.filter(({ enabled }) => enabled).map(({ name, value }) => ({ key: name, value })) : []
  }
  const write = (pairs: readonly Pair[]): void => {
    change({ body: { kind, rows: pairs.map(({ key, value }) => ({ name: key, value, enabled: true })) } })
  }
  return propertyList({
    all: list,
    isSame: isSameName,
    add: (pair) => write([...list(), pair]),
    put: (pair) => write([...list().filter(({ key }) => key !== pair.key), pair]),
    remove: (key) => write(list().filter((pair) => pair.key !== key)),
  })
}

function update(next: unknown): void {
  if (!isObject(next)) return change({ body: bodyOf(next, { kind: 'text', text: '' }) })
  if (next.mode === 'urlencoded') return change({ body: bodyOf(next.urlencoded, { kind: 'form', rows: [] }) })
  if (next.mode === 'formdata') return change({ body: bodyOf(next.formdata, { kind: 'multipart', rows: [] }) })
  if (next.mode === 'graphql') return change({ body: bodyOf(next.graphql, { kind: 'graphql', query: '', variables: '' }) })
  const isJson = isObject(next.options) && isObject(next.options.raw) && next.options.raw.language === 'json'
  change({ body: isJson ? { kind: 'json', text: asText(next.raw ?? '') } : bodyOf(next.raw ?? '', current().body) })
}

const body = Object.defineProperties(
  {
    update,
    toString: () => bodyText() ?? '',
    isEmpty: () => current().body.kind === 'none' || bodyText() === '',
  },
  {
    mode: { get: () => (current().body.kind === 'none' ? undefined : (MODES[current().body.kind] ?? 'raw')), enumerable: true },
    raw: { get: bodyText, set: (text: unknown) => req.setBody(asText(text)), enumerable: true },
    urlencoded: { get: () => (current().body.kind === 'form' ? rows('form') : undefined), enumerable: true },
    formdata: { get: () => (current().body.kind === 'multipart' ? rows('multipart') : undefined), enumerable: true },
    graphql: { get: () => (current().body.kind === 'graphql' ? req.getBody() : undefined), enumerable: true },
  },
)

export const pmRequest = Object.defineProperties(
  {
    headers,
    addHeader: headers.add,
    upsertHeader: headers.upsert,
    removeHeader: headers.remove,
    getHeaders: headers.toObject,
    addQueryParams: addParams,
    removeQueryParams: url.removeQueryParams,
    toJSON: () => ({ url: current().url, method: current().method, header: headers.all(), body: bodyText() }),
  },
  {
    url: { get: () => url, set: (next: unknown) => change({ url: String(next) }), enumerable: true },
    method: { get: () => current().method, set: req.setMethod, enumerable: true },
    body: { get: () => body, set: update, enumerable: true },
    name: { get: () => current().name, enumerable: true },
    auth: { get: () => ({ type: current().authKind }), enumerable: true },
  },
)
