/** Makes code of requests as the app does, over layers that a test gives instead of files. */
import { createDigestMemory } from '#core/auth/digest-memory.ts'
import type { CodeGenerator, Code } from '#core/codegen/code-source.ts'
import { codeSourceOf } from '#core/commands/code-source.ts'
import type { PrepareSubject, Surroundings } from '#core/commands/prepare-for.ts'
import { emptySession, NO_COLLECTION, type CollectionLayers } from '#core/resolve/collection-layers.ts'
import { createCookieJar } from '#core/send/cookie-jar.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Defaults, Session } from '#contract/model/session.ts'

/** What every secret variable is here: nothing that may stand in a URL or a form as it is. */
export const SECRET = 'a/b?c&d+e %=#'

export interface Around {
  readonly session?: Partial<Session>
  readonly collection?: Partial<Defaults>
  /** The OAuth 2.0 token. */
  readonly token?: string
  readonly root?: string
  /** Set-Cookie lines that the session's jar has taken before, from the request's address. */
  readonly jar?: readonly string[]
}

function layersOf({ session = {}, collection = {} }: Around = {}): CollectionLayers {
  return {
    ...NO_COLLECTION,
    name: 'A collection',
    collection: { ...NO_COLLECTION.collection, ...collection },
    sessions: [{ ...emptySession('default'), ...session }],
  }
}

/** What is around requests; each call has a cookie jar of its own. */
export function surroundingsOf(around: Around = {}): Surroundings {
  const jar = createCookieJar()
  jar.store('https://x.test/', around.jar ?? [])
  const layers = layersOf(around)
  return {
    jarFor: async () => jar,
    env: {},
    now: Date.now,
    digest: createDigestMemory(),
    tokenFor: async () => (around.token === undefined ? null : { value: around.token, note: '', isExpired: false }),
    echoUrl: async () => 'http://127.0.0.1:1',
    settings: {
      layersAt: async () => layers,
      secretOf: async () => SECRET,
      knownSecrets: async () => [],
      capturedIn: async () => ({}),
      keep: async () => undefined,
      dotEnvOf: async () => null,
      optionsOfSettings: async () => ({}),
    },
  }
}

export function subjectOf(document: Partial<RequestDocument>, { root }: Around = {}): PrepareSubject {
  return {
    document: { ...emptyRequest(), url: 'https://example.com/', ...document },
    place: null,
    choice: { environment: null, session: null, given: {} },
    root: root ?? null,
    seed: 'a test',
  }
}

/** The code of a request. */
export async function codeOf(
  generate: CodeGenerator,
  document: Partial<RequestDocument>,
  around: Around = {},
  secrets: 'environment' | 'clear' = 'environment',
): Promise<Code> {
  const { source } = await codeSourceOf(subjectOf(document, around), surroundingsOf(around), secrets)
  return generate(source)
}
