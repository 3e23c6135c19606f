/** Has Posthaste send requests, and Python the code that is made of them, to one recorder. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { ExchangeIdSchema } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { createBodyStore } from '#core/bodies/body-store.ts'
import type { CodeNote } from '#core/codegen/code-source.ts'
import { generatePython } from '#core/codegen/python/generate.ts'
import { codeSourceOf } from '#core/commands/code-source.ts'
import { prepareFor } from '#core/commands/prepare-for.ts'
import { CoreError } from '#core/lib/core-error.ts'
import { createConnectionPool } from '#core/send/connection-pool.ts'
import { createCookieJar } from '#core/send/cookie-jar.ts'
import { sendRequest } from '#core/send/send-request.ts'
import { SECRET, subjectOf, surroundingsOf, type Around } from '../../support/code-kit.ts'
import { startRecorder, type Recorder } from './recorder.ts'
import { plain, type Sent } from './referee.ts'

export interface CodeCase {
  readonly document: RequestDocument
  readonly around: Around
  /** Answers to the requests, as bytes in Latin-1; then plain ones. */
  readonly replies?: readonly string[]
  /** The script writes the answer to this file, in the folder that it runs in. */
  readonly saveTo?: string
}

export interface CodeVerdict {
  readonly given: CodeCase
  /** Null where the request is refused, and there is nothing to compare. */
  readonly code: string | null
  /** What is said to be another request than Posthaste's. */
  readonly notes: readonly string[]
  /** And what is said not to be in it at all. */
  readonly lost: readonly string[]
  readonly ours: Sent
  readonly theirs: Sent
}

/**
 * @param python an interpreter that has requests
 * @param dir    an empty folder
 */
export async function judgeCode(cases: readonly CodeCase[], python: string, dir: string): Promise<CodeVerdict[]> {
  const recorder = await startRecorder(join(dir, 'wire'), (id) => cases[id]?.replies ?? [])
  try {
    const scripts = await Promise.all(cases.map(scriptOf))
    const theirErrors = await runScripts(scripts, python, dir, recorder)
    const theirs = cases.map((_given, id) => recorder.recorded(id).map(plain))
    recorder.clear()
    const ourErrors = await sendAll(cases, recorder, dir)
    return cases.map((given, id) => ({
      given,
      code: scripts[id]?.code ?? null,
      notes: scripts[id]?.notes ?? [],
      lost: scripts[id]?.lost ?? [],
      ours: { requests: recorder.recorded(id).map(plain), error: ourErrors[id] ?? null },
      theirs: { requests: theirs[id] ?? [], error: theirErrors.get(id) ?? null },
    }))
  } finally {
    await recorder.close()
  }
}

interface ScriptToRun {
  readonly code: string
  readonly notes: readonly string[]
  readonly lost: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** Null where the request is refused. */
async function scriptOf({ document, around, saveTo }: CodeCase): Promise<ScriptToRun | null> {
  try {
    const { source } = await codeSourceOf(
      subjectOf(document, around),
      surroundingsOf(around),
      'environment',
      saveTo === undefined ? null : { to: saveTo },
    )
    const { text: code, notes } = generatePython(source)
    return {
      code,
      notes: messages(notes, 'changed'),
      lost: messages(notes, 'lost'),
      env: Object.fromEntries(source.placeholders.names().map((name) => [name, SECRET])),
    }
  } catch (error) {
    if (error instanceof CoreError) return null
    throw error
  }
}

function messages(notes: readonly CodeNote[], severity: CodeNote['severity']): string[] {
  return notes.filter((note) => note.severity === severity).map(({ message }) => message)
}

/** Errors by the index of the script. */
async function runScripts(
  scripts: readonly (ScriptToRun | null)[],
  python: string,
  dir: string,
  recorder: Recorder,
): Promise<Map<number, string | null>> {
  const runs = scripts.flatMap((script, id) => (script === null ? [] : [{ ...script, id }]))
  // Nothing of whoever runs the test: no proxies, no netrc.
  const env = { PATH: process.env.PATH ?? '', HOME: dir, PYTHONUTF8: '1' }
  const child = spawn(python, [join(import.meta.dirname, 'run-scripts.py'), String(recorder.port)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
    cwd: dir,
  })
  child.stdin.end(JSON.stringify(runs))
  const errors = JSON.parse(await text(child.stdout)) as (string | null)[]
  return new Map(runs.map(({ id }, at) => [id, errors[at] ?? null]))
}

async function sendAll(cases: readonly CodeCase[], recorder: Recorder, dir: string): Promise<(string | null)[]> {
  const pool = createConnectionPool()
  const bodies = createBodyStore({ dir: join(dir, 'bodies'), now: Date.now })
  const errors: (string | null)[] = []
  for (const [id, { document, around }] of cases.entries()) {
    const options = { ...document.options, unixSocket: recorder.path }
    const { request, problems } = await prepareFor(subjectOf({ ...document, options }, around), surroundingsOf(around))
    if (request === null) {
      errors.push(problems.map(({ kind, message }) => `${kind}: ${message}`).join(' '))
      continue
    }
    recorder.begin(id)
    const exchange = await sendRequest(request, {
      id: ExchangeIdSchema.parse(`case-${id}`),
      pool,
      bodies,
      cookies: createCookieJar(),
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
