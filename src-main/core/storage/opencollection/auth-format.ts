/** Credentials of a request file. Kinds this version does not know are kept in the file as they are. */
import { isMap, isScalar, type Document } from 'yaml'
import { BasicCharsetSchema } from '#contract/model/auth.ts'
import type { Auth } from '#contract/model/request.ts'
import { awsInFile, oauth1InFile, oauth2InFile, readAws, readOAuth1, readOAuth2 } from './auth-kinds.ts'
import { plainChange, type PlainMap } from './plain-edit.ts'
import { changed, editMap, fresh, type Change } from './yaml-edit.ts'
import { followed, isAbsent, textOf, valueOf, type Value } from './yaml-nodes.ts'
import type { Fresh } from './yaml-render.ts'

/**
 * Read the `auth` key. A header with a prefix, which OpenCollection has no word for, is an API key with a `posthaste`
 * mark beside it, so that other programs send the same header.
 */
export function readAuth(node: Value, document: Document): Auth {
  const auth = followed(node, document)
  if (isAbsent(auth, document)) return { kind: 'none' }
  const type = isScalar(auth) ? textOf(auth, document) : textOf(valueOf(auth, 'type', document), document)
  const get = (key: string): string => textOf(valueOf(holderOf(auth, type, document), key, document), document)
  switch (type) {
    case '':
    case 'none':
      return { kind: 'none' }
    case 'inherit':
      return { kind: 'inherit' }
    case 'basic': {
      const charset = BasicCharsetSchema.safeParse(textOf(valueOf(valueOf(auth, 'posthaste', document), 'charset', document), document))
      return { kind: type, username: get('username'), password: get('password'), ...(charset.success && { charset: charset.data }) }
    }
    case 'digest':
      return { kind: type, username: get('username'), password: get('password') }
    case 'oauth2':
      return readOAuth2(holderOf(auth, type, document), document) ?? { kind: 'unsupported', type }
    case 'oauth1':
      return readOAuth1(holderOf(auth, type, document), document)
    case 'awsv4':
      return readAws(holderOf(auth, type, document), document)
    case 'bearer':
      return { kind: 'bearer', token: get('token') }
    case 'apikey': {
      const placement = get('placement') === 'query' || get('placement') === 'queryparams' ? 'query' : 'header'
      if (!isCustomHeader(auth, document)) return { kind: 'apikey', key: get('key'), value: get('value'), placement }
      const prefix = prefixOf(auth, document)
      return get('value').startsWith(prefix)
        ? { kind: 'header', name: get('key'), prefix, value: get('value').slice(prefix.length) }
        : { kind: 'header', name: get('key'), prefix: '', value: get('value') }
    }
    default:
      return { kind: 'unsupported', type }
  }
}

/** What to change in the `auth` key. */
export function editAuth(node: Value, document: Document, before: Auth, after: Auth): Change {
  if (JSON.stringify(freshAuth(before)) === JSON.stringify(freshAuth(after))) return undefined
  if (after.kind === 'none') return null
  if (before.kind !== after.kind || after.kind === 'unsupported' || !isMap(followed(node, document))) return fresh(freshAuth(after))
  const type = textOf(valueOf(node, 'type', document), document)
  const holder = holderOf(followed(node, document), type, document)
  const { posthaste, ...fields } = fieldChanges(node, holder, document, before, after)
  if (holder === followed(node, document)) return editMap(node, document, { ...fields, posthaste })
  return editMap(node, document, { [type]: editMap(holder, document, fields), posthaste })
}

/** @param holder where the fields of the kind stand; what is ours stands in `node` itself */
function fieldChanges(node: Value, holder: Value, document: Document, before: Auth, after: Auth): Record<string, Change> {
  if (before.kind === 'digest' && after.kind === 'digest') {
    return { username: changed(before.username, after.username), password: changed(before.password, after.password) }
  }
  if (before.kind === 'basic' && after.kind === 'basic') {
    return {
      username: changed(before.username, after.username),
      password: changed(before.password, after.password),
      posthaste:
        before.charset === after.charset
          ? undefined
          : editMap(valueOf(node, 'posthaste', document), document, { charset: after.charset === undefined ? null : fresh(after.charset) }),
    }
  }
  const [from, to] = [inFile(before), inFile(after)]
  if (from && to) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])]
    return Object.fromEntries(keys.map((key) => [key, plainChange(valueOf(holder, key, document), document, from[key], to[key])]))
  }
  if (before.kind === 'bearer' && after.kind === 'bearer') return { token: changed(before.token, after.token) }
  if (before.kind === 'apikey' && after.kind === 'apikey') {
    return {
      key: changed(before.key, after.key),
      value: changed(before.value, after.value),
      placement: changed<string>(before.placement, after.placement),
    }
  }
  if (before.kind === 'header' && after.kind === 'header') {
    const prefix = prefixOf(node, document)
    return {
      key: changed(before.name, after.name),
      value: changed(before.prefix + before.value, after.prefix + after.value),
      posthaste:
        prefix === after.prefix
          ? undefined
          : editMap(valueOf(node, 'posthaste', document), document, { prefix: after.prefix === '' ? null : fresh(after.prefix) }),
    }
  }
  return {}
}

function freshAuth(auth: Auth): Fresh {
  switch (auth.kind) {
    case 'none':
      return null
    case 'inherit':
      return 'inherit'
    case 'basic':
      return {
        type: auth.kind,
        username: auth.username,
        password: auth.password,
        ...(auth.charset !== undefined && { posthaste: { charset: auth.charset } }),
      }
    case 'digest':
      return { type: auth.kind, username: auth.username, password: auth.password }
    case 'oauth2':
    case 'oauth1':
    case 'awsv4':
      // A mapping made of what is given holds nothing undefined.
      return inFile(auth) as Fresh
    case 'bearer':
      return { type: 'bearer', token: auth.token }
    case 'apikey':
      return { type: 'apikey', key: auth.key, value: auth.value, placement: auth.placement }
    case 'header':
      return {
        type: 'apikey',
        key: auth.name,
        value: auth.prefix + auth.value,
        placement: 'header',
        posthaste: { kind: 'header', ...(auth.prefix !== '' && { prefix: auth.prefix }) },
      }
    case 'unsupported':
      return { type: auth.type }
  }
}

/** Kinds of many fields, as the plain data that the file has of them. */
function inFile(auth: Auth): PlainMap | null {
  switch (auth.kind) {
    case 'oauth2':
      return oauth2InFile(auth)
    case 'oauth1':
      return oauth1InFile(auth)
    case 'awsv4':
      return awsInFile(auth)
    default:
      return null
  }
}

/** Where the fields stand: beside the type or, as Bruno's documentation has it, under a key of its name. */
function holderOf(auth: Value, type: string, document: Document): Value {
  const nested = followed(valueOf(auth, type, document), document)
  return isMap(nested) ? nested : auth
}

function isCustomHeader(auth: Value, document: Document): boolean {
  return textOf(valueOf(valueOf(auth, 'posthaste', document), 'kind', document), document) === 'header'
}

function prefixOf(auth: Value, document: Document): string {
  return textOf(valueOf(valueOf(auth, 'posthaste', document), 'prefix', document), document)
}
