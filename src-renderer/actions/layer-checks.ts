/**
 * What is wrong with headers, credentials and options of a layer, asked of the same `prepare` that a request with them would
 * go through; and which adapter a URL picks. Nothing is sent.
 */
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import type { Adapter } from '#contract/model/session.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Auth, Options, Row } from '#contract/model/request.ts'
import { NO_CHOICE, useChoicesStore } from '../stores/choices-store.ts'
import { randomText } from '../lib/new-draft-id.ts'
import { platform } from './platform-ref.ts'

export interface CheckedParts {
  readonly headers?: readonly Row[]
  readonly cookies?: readonly Row[]
  readonly auth?: Auth
  readonly options?: Options
}

/** Where the request would go to that is never sent. */
const SOME_URL = 'https://example.com/'
/** Whether a name has a value is not known before a request is there. */
const OF_VARIABLES = /Variable$/

/** Problems of some parts as a request of the collection (null: of none) would have them, each beside its field; those of variables are left out. */
export async function checkParts(collectionId: CollectionId | null, parts: CheckedParts): Promise<readonly WireError[]> {
  const { headers = [], cookies = [], auth = { kind: 'none' }, options = {} } = parts
  const document = { ...emptyRequest(), url: SOME_URL, headers: [...headers], cookies: [...cookies], auth, options }
  const context = collectionId === null ? undefined : { collectionId, environment: null, session: null }
  const answer = await platform().call('request.prepare', { document, nodeId: null, seed: randomText(), context })
  if (!answer.ok) return []
  return answer.value.problems.filter(({ kind, where }) => where !== undefined && !OF_VARIABLES.test(kind))
}

export interface FilledUrl {
  /** Without its query, which picks no adapter and may hold credentials. */
  readonly url: string
  /** Texts in it that are shown hidden. */
  readonly secrets: readonly string[]
  /** Why it cannot be told, such as a name without a value; null: it can. */
  readonly fault: string | null
}

/** A URL as it is typed, with its references filled in as a request of the collection would have them. */
export async function filledUrl(collectionId: CollectionId, url: string): Promise<FilledUrl> {
  if (!url.includes('{{')) return { url, secrets: [], fault: null }
  const { environment } = useChoicesStore.getState().byCollection[collectionId] ?? NO_CHOICE
  const context = { collectionId, environment, session: null }
  const document = { ...emptyRequest(), url: url.trim() }
  const answer = await platform().call('request.prepare', { document, nodeId: null, seed: randomText(), context })
  if (!answer.ok) return { url, secrets: [], fault: answer.error.message }
  const { problems, layers, url: filled } = answer.value
  const unfilled = problems.find(({ kind, where }) => OF_VARIABLES.test(kind) && where?.section === 'url')
  return { url: withoutQuery(filled), secrets: layers.secrets, fault: unfilled?.message ?? null }
}

export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}

/** Which of some adapters a URL picks; null where that cannot be asked. */
export async function pickAdapter(adapters: readonly Adapter[], url: string): Promise<Output<'session.pick'> | null> {
  const answer = await platform().call('session.pick', { adapters: [...adapters], url })
  return answer.ok ? answer.value : null
}

/** Whether an adapter would be picked if it were the only one. */
export async function matchesAlone(adapter: Adapter, url: string): Promise<boolean> {
  return (await pickAdapter([adapter], url))?.picked === 0
}
