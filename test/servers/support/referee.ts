/** Has both sides send the same cases to one recorder, and gives back what each of them put on the wire. */
import { givenVariables } from '#core/prepare/references.ts'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { ExchangeIdSchema } from '#contract/model/ids.ts'
import { authContext } from '#core/auth/auth-flow.ts'
import { createDigestMemory } from '#core/auth/digest-memory.ts'
import { createBodyStore } from '#core/bodies/body-store.ts'
import { prepareRequest } from '#core/prepare/prepare-request.ts'
import { createConnectionPool } from '#core/send/connection-pool.ts'
import { createCookieJar } from '#core/send/cookie-jar.ts'
import { sendRequest } from '#core/send/send-request.ts'
import { documentOf, type RefereeCase } from './referee-case.ts'
import { startRecorder, type Recorder } from './recorder.ts'

/** What a side did: the requests it sent, and why it stopped if it did. */
export interface Sent {
  readonly requests: readonly string[]
  readonly error: string | null
}

export interface Verdict {
  readonly given: RefereeCase
  readonly ours: Sent
  readonly theirs: Sent
}

/**
 * @param python an interpreter that has requests
 * @param dir    an empty folder
 */
export async function judge(cases: readonly RefereeCase[], python: string, dir: string): Promise<Verdict[]> {
  const recorder = await startRecorder(join(dir, 'wire'), (id) => cases[id]?.replies ?? [])
  try {
    const theirErrors = await sendByPython(cases, python, recorder)
    const theirs = cases.map((_given, id): Sent => ({ requests: recorder.recorded(id).map(plain), error: theirErrors[id] ?? null }))
    recorder.clear()
    const ourErrors = await sendByPosthaste(cases, recorder, dir)
    return cases.map((given, id) => ({
      given,
      ours: { requests: recorder.recorded(id).map(plain), error: ourErrors[id] ?? null },
      theirs: theirs[id] ?? { requests: [], error: null },
    }))
  } finally {
    await recorder.close()
  }
}

/** Whether the two sides put other bytes on the wire. */
export function differs({ ours, theirs }: Verdict): boolean {
  return JSON.stringify(ours.requests) !== JSON.stringify(theirs.requests)
}

/** A request without what differs by nature: the versions in User-Agent and the codings of this Python, the boundary, and what is
 * random in an answer to a Digest challenge. */
export function plain(request: string): string {
  return request
    .replace(/^User-Agent: python-requests\/.*$/m, 'User-Agent: python-requests')
    .replace(/^Accept-Encoding: gzip, deflate.*$/m, 'Accept-Encoding: gzip, deflate')
    .replace(/boundary=[0-9a-f]{32}/g, 'boundary=BOUNDARY')
    .replace(/^--[0-9a-f]{32}/gm, '--BOUNDARY')
    .replace(/ cnonce="[0-9a-f]{16}"/, ' cnonce="RANDOM"')
    .replace(/ response="[0-9a-f]+"(?=.*(?: cnonce=|-sess"))/, ' response="PROOF"')
}

async function sendByPython(cases: readonly RefereeCase[], python: string, recorder: Recorder): Promise<(string | null)[]> {
  const child = spawn(python, [join(import.meta.dirname, 'referee.py'), String(recorder.port)], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(cases.map((given, id) => ({ ...given, id }))))
  return JSON.parse(await text(child.stdout)) as (string | null)[]
}

async function sendByPosthaste(cases: readonly RefereeCase[], recorder: Recorder, dir: string): Promise<(string | null)[]> {
  const pool = createConnectionPool()
  const bodies = createBodyStore({ dir: join(dir, 'bodies'), now: Date.now })
  const errors: (string | null)[] = []
  for (const [id, given] of cases.entries()) {
    const cookies = createCookieJar()
    for (const [url, line] of given.jar ?? []) cookies.store(url, [line], 'netscape')
    const { request, problems } = await prepareRequest(documentOf(given, recorder.path), {
      baseDir: null,
      seed: `case ${id}`,
      variables: givenVariables(new Map()),
      env: {},
      userAgent: 'posthaste',
      cookiesFor: cookies.cookiesFor,
      ...authContext({ digest: createDigestMemory(), seed: `case ${id}`, now: Date.now, baseDir: null, tokenFor: async () => null }),
    })
    if (request === null) {
      errors.push(problems.map(({ kind, message }) => `${kind}: ${message}`).join(' '))
      continue
    }
    recorder.begin(id)
    const exchange = await sendRequest(request, {
      id: ExchangeIdSchema.parse(`case-${id}`),
      pool,
      bodies,
      cookies,
      signal: new AbortController().signal,
      onStep: () => undefined,
      now: Date.now,
    })
    errors.push(exchange.error && `${exchange.error.kind}: ${exchange.error.message}`)
  }
  await pool.close()
  await bodies.flush()
  return errors
}
