/** Runs scripts in the sandbox's threads, around nothing. */
import { onTestFinished } from 'vitest'
import type { ScriptJob, ScriptOutcome, ScriptResponse } from '#core/scripts/script-job.ts'
import { createScriptThreads, type RunOptions, type ScriptThreads, type ThreadLimits } from '#core/scripts/script-threads.ts'

export const ANSWER: ScriptResponse = {
  status: 201,
  statusText: 'Created',
  url: 'http://shop.test/items?page=2',
  headers: [
    ['Content-Type', 'application/json'],
    ['X-Two', 'a'],
    ['X-Two', 'b'],
    ['Set-Cookie', 'sid=1'],
  ],
  cookies: [{ name: 'sid', value: '1', domain: null, path: '/', expires: null, secure: false, httpOnly: true }],
  responseTime: 12.6,
  bodyBytes: 40,
  headerBytes: 60,
  redirects: 1,
}

export function job(code: string | readonly string[], change: Partial<ScriptJob> = {}): ScriptJob {
  const codes = typeof code === 'string' ? [code] : code
  return {
    owner: 'shop',
    scripts: codes.map((one) => ({ code: one, from: { type: 'tests' } })),
    request: {
      name: 'Items',
      method: 'GET',
      url: 'http://shop.test/items?page=2',
      headers: [{ name: 'Accept', value: 'text/plain', enabled: true }],
      body: { kind: 'none' },
      authKind: 'none',
      pathParams: [],
    },
    response: null,
    body: { kind: 'none' },
    variables: { given: [], captured: [], request: [], folder: [], environment: [], collection: [] },
    info: { requestName: 'Items', collectionName: 'Shop', environmentName: null, iteration: 0, iterationCount: 1 },
    env: {},
    seed: 'seed',
    timeMs: 5000,
    stopsAtFault: false,
    ...change,
  }
}

/** With an answer of that JSON. */
export function answered(json: unknown): Partial<ScriptJob> {
  return { response: ANSWER, body: { kind: 'bytes', bytes: new TextEncoder().encode(JSON.stringify(json)), encoding: 'utf-8' } }
}

export const NO_SENDS: RunOptions = { depth: 0, send: () => Promise.reject(new Error('Nothing is sent here.')) }

/** Threads of a test's own. Call it from within a test. */
export function ownThreads(limits?: ThreadLimits): ScriptThreads {
  const threads = createScriptThreads(limits)
  onTestFinished(threads.close)
  return threads
}

/** The lines that a script printed; what broke it stands among them. */
export function printed({ console, faults, tests }: ScriptOutcome): string[] {
  const failures = tests.filter(({ passed }) => !passed).map(({ name, message }) => `FAILED ${name}: ${message ?? ''}`)
  return [...console.map(({ text }) => text), ...failures, ...faults.map(({ message }) => `FAULT ${message}`)]
}
