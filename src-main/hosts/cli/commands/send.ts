/**
 * `posthaste send`: one saved request, or a GET of an address, sent as the window sends it. The body of the answer goes to standard output, and
 * nothing else does; with `--json`, the whole exchange instead.
 */
import { writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { resumePointOf } from '#contract/model/resume-point.ts'
import type { WireError } from '#contract/errors.ts'
import { countChecks } from '#contract/model/check-count.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import type { BodyId } from '#contract/model/ids.ts'
import type { Core } from '#core/create-core.ts'
import { checksText } from '../checks-text.ts'
import { exchangeJson, unsentJson } from '../exchange-json.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { interruption } from '../interruption.ts'
import { outputProblem, printProblem, streamToStdout, surviveClosedPipes, writeToStdout } from '../output.ts'
import { createProgress, size } from '../progress.ts'
import { withCore, type SendingOptions } from '../with-core.ts'

export interface SendOptions extends SendingOptions {
  /** Prints the values of secret variables in `--json`, which are masked otherwise. */
  readonly showSecrets: boolean
  /** Of an upload in parts: the part to begin with, from 1. */
  readonly fromPart?: number
  /** With `output`: asks for the rest only, where an earlier answer to it broke off. */
  readonly resume: boolean
}

/** Stdout may be named as a file, as other programs do. */
const STDOUT = '-'

/**
 * Send the request of a file.
 *
 * @param file path of a request file, `-` for standard input, or an address
 * @returns the exit status
 */
export async function sendCommand(file: string, options: SendOptions): Promise<ExitCode> {
  surviveClosedPipes()
  const target = options.output === undefined || options.output === STDOUT ? null : resolve(options.output)
  const misuse = target === null ? resumeProblem(options) : await outputProblem(target)
  if (misuse) {
    process.stderr.write(`error: ${misuse}\n`)
    return EXIT.usage
  }
  return withCore(options.dataDir, (core) => sendWith(core, file, options, target), target === null ? null : dirname(target))
}

async function sendWith(core: Core, file: string, options: SendOptions, target: string | null): Promise<ExitCode> {
  const read = await core.readRequestFile(await sourceOf(file))
  if (!read.ok) {
    await report(options.json ? unsentJson(read.error) : null, read.error)
    return EXIT.usage
  }
  const resume = options.resume && target !== null ? await core.unfinished.find(target) : null
  const progress = createProgress(process.stderr)
  const { warnings, ...request } = read.value
  const {
    exchange: sent,
    mask,
    unsent,
  } = await core.sendOnce({
    ...request,
    choice: {
      environment: options.env ?? null,
      session: options.session ?? null,
      sessionWins: true,
      isSessionRequired: true,
      given: Object.fromEntries(options.var),
    },
    overrides: { ...(options.timeout !== undefined && { timeoutSeconds: options.timeout }), ...(options.insecure && { insecure: true }) },
    signal: interruption(),
    onStep: (step) => {
      progress.step(step)
      if (step.kind === 'authorize') process.stderr.write(`Open this address in a browser to sign in:\n${step.url}\n`)
    },
    ...(options.fromPart !== undefined && { fromPart: options.fromPart }),
    ...(resume && { resume }),
  })
  progress.end()
  const exchange = { ...sent, warnings: [...warnings, ...sent.warnings] }
  const saved = (resume && notTheRest(exchange)) ?? (await deliverBody(core, exchange, target, options))
  // Where nothing came, what there was is still what there is.
  const isResumable =
    target !== null && saved === null && exchange.response !== null && (await core.unfinished.note(target, resumePointOf(exchange)))
  const broken =
    exchange.error && isResumable
      ? { ...exchange.error, hint: `${target} has what came; with --resume the same command gets the rest.` }
      : exchange.error
  const error = broken ?? saved ?? (options.fail ? statusFailure(exchange) : null)
  const savedTo = target !== null && hasBody(exchange) && !saved ? target : null
  await report(
    options.json
      ? await exchangeJson(core, exchange, { error, savedTo, mask: options.showSecrets ? null : mask, unsent: await unsent() })
      : null,
    error,
    exchange,
  )
  if (error === null) return countChecks(exchange.checks).failed > 0 ? EXIT.failed : EXIT.ok
  // An environment or a session that is not there is a wrong option.
  if (error.kind === 'NotFound' && error.stage === 'resolve') return EXIT.usage
  // The exchange's own HTTPError is an upload that was left in the middle.
  return error.kind === 'HTTPError' && exchange.error === null ? EXIT.failed : EXIT.incomplete
}

async function sourceOf(named: string): Promise<Parameters<Core['readRequestFile']>[0]> {
  const baseDir = process.cwd()
  if (named === '-') return { text: await text(process.stdin), baseDir }
  return /^https?:\/\//i.test(named) ? { url: named, baseDir } : { path: resolve(named) }
}

function resumeProblem({ resume }: SendOptions): string | null {
  return resume
    ? '--resume goes on with a download: name its file with --output. An upload in parts is gone on with by --from-part N.'
    : null
}

/** An error page is no rest of a file, which is left as it is. */
function notTheRest({ response }: Exchange): WireError | null {
  if (!response || response.status < 400 || response.resumedFrom !== undefined) return null
  const message = `The rest could not be had: the server answered ${`${response.status} ${response.reason}`.trim()}. The file is left as it is.`
  return { kind: 'HTTPError', stage: 'receive', message, hint: 'Leave --resume out to get it from the beginning.' }
}

/** Where nothing came before it broke off, or nothing could be kept, what is in the file stays. */
function hasBody({ response, error }: Exchange): boolean {
  return response !== null && (error === null || response.bodyId !== null)
}

/** Writes the body where it belongs. Of a broken answer, what came of it. Returns the failure to do so. */
async function deliverBody(core: Core, exchange: Exchange, target: string | null, options: SendOptions): Promise<WireError | null> {
  if (!exchange.response || !hasBody(exchange) || (target === null && options.json)) return null
  const { bodyId } = exchange.response
  try {
    if (target !== null) return await deliverToFile(core, bodyId, target, resumePointOf(exchange) === null)
    const body = bodyId === null ? null : await core.openBody(bodyId)
    if (body && body.bytes > 0) await streamToTerminal(body)
    return null
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { kind: 'StorageError', stage: 'store', message: `The body could not be written to ${target ?? 'standard output'}: ${why}` }
  }
}

/** @param isWhole of what broke off, the store keeps its own: with it the rest is joined, whatever became of the file */
async function deliverToFile(core: Core, bodyId: BodyId | null, target: string, isWhole: boolean): Promise<WireError | null> {
  if (bodyId === null) await writeFile(target, '')
  else {
    const saved = await core.saveBody(bodyId, target, new AbortController().signal, isWhole)
    if (!saved.ok) return saved.error
  }
  return null
}

/** Bytes that are no text would upset a terminal; anything else that reads standard output gets them all. */
async function streamToTerminal(body: NonNullable<Awaited<ReturnType<Core['openBody']>>>): Promise<void> {
  if (process.stdout.isTTY) {
    for await (const chunk of body.stream({ start: 0, end: Math.min(body.bytes, 1024) - 1 })) {
      if (Buffer.isBuffer(chunk) && chunk.includes(0)) {
        process.stderr.write(`The body is binary (${size(body.bytes)}): give --output FILE to keep it.\n`)
        return
      }
    }
  }
  await streamToStdout(body.stream())
}

function statusFailure({ response }: Exchange): WireError | null {
  if (!response || response.status < 400) return null
  const url = new URL(response.url)
  const status = `${response.status} ${response.reason}`.trim()
  // The query may hold a key.
  return { kind: 'HTTPError', stage: 'receive', message: `${status} from ${url.origin}${url.pathname}` }
}

async function report(json: object | null, error: WireError | null, exchange?: Exchange): Promise<void> {
  if (json) await writeToStdout(`${JSON.stringify(json, null, 2)}\n`)
  for (const warning of json ? [] : (exchange?.warnings ?? [])) process.stderr.write(`Warning: ${warning}\n`)
  for (const line of json ? [] : checksText(exchange?.checks)) process.stderr.write(`${line}\n`)
  if (error && !json) printProblem(error)
  else if (exchange?.response && process.stderr.isTTY) process.stderr.write(`${summary(exchange, exchange.response)}\n`)
}

function summary({ timings, checks }: Exchange, { status, reason, bodyBytes }: NonNullable<Exchange['response']>): string {
  const { passed, failed } = countChecks(checks)
  const made = passed > 0 && failed === 0 ? ` · ${passed === 1 ? '1 check' : `${passed} checks`} passed` : ''
  return `${`${status} ${reason}`.trim()} · ${Math.round(timings.total)} ms · ${size(bodyBytes)}${made}`
}
