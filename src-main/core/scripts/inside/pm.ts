/** `pm`, as scripts of Postman have it. What Posthaste has no place for throws an error that says so. */
import type { ScriptResponse } from '../script-job.ts'
import { refused } from './bru.ts'
import { setNextRequest, skipRequest } from './flow.ts'
import { isFunction } from './host.ts'
import { pmRequest } from './pm-request.ts'
import { propertyList } from './property-list.ts'
import { bodyText, current, headerOf } from './request.ts'
import { answerOf, headersOf, type Answer } from './response.ts'
import { sendFacts } from './send.ts'
import { beginning } from './state.ts'
import { chaiOf, expect, test } from './tests.ts'
import { timerFunctions } from './timers.ts'
import { EVERYWHERE, keepHere, KEPT, scopeOf } from './variables.ts'

/** Marks answers for the assertions that only they have. */
export const ANSWER = Symbol('answer')

function cookiesOf(facts: ScriptResponse | null) {
  const sent = (headerOf('Cookie') ?? '').split(/;\s*/).filter((pair) => pair.includes('='))
  const own = sent.map((pair) => ({ key: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }))
  const came = (facts?.cookies ?? []).map(({ name, value }) => ({ key: name, value }))
  const list = propertyList({ all: () => [...own, ...came], isSame: (a, b) => a === b })
  return {
    ...list,
    jar: refused('pm.cookies.jar', 'the cookies of a session are not open to scripts; pm.cookies has those of the request and the answer.'),
  }
}

/** An answer in Postman's words. */
export function pmResponseOf(answer: Answer) {
  const { facts } = answer
  const response = {
    [ANSWER]: answer,
    code: facts.status,
    status: facts.statusText,
    responseTime: Math.round(facts.responseTime),
    responseSize: facts.bodyBytes,
    headers: propertyList({
      all: () => facts.headers.map(([key, value]) => ({ key, value })),
      isSame: (a, b) => a.toLowerCase() === b.toLowerCase(),
    }),
    cookies: cookiesOf(facts),
    text: answer.text,
    json: answer.json,
    reason: () => facts.statusText,
    size: () => ({ body: facts.bodyBytes, header: facts.headerBytes, total: facts.bodyBytes + facts.headerBytes }),
    details: () => ({ code: facts.status, name: facts.statusText }),
    dataURI: refused('pm.response.dataURI', 'see Preview of the answer.'),
  }
  return Object.defineProperties(response, {
    to: { get: () => (chaiOf().expect(response) as { readonly to: unknown }).to, enumerable: false },
    stream: { get: refused('pm.response.stream', 'text() and json() have the body.'), enumerable: false },
  })
}

const ofEnvironment = scopeOf(['environment'])

function vault(name: string): () => never {
  return refused(`pm.vault.${name}`, 'secrets are variables here: pm.variables.get(name).')
}

const NOT_SAVED = 'pm.sendRequest: scripts send saved requests of this collection alone. Save the request, and give its name or path.'

/** What cannot be sent breaks the script at once: a function that waits for an answer seldom looks at the error it is given. */
function sendRequest(target: unknown, done?: unknown): Promise<unknown> {
  if (typeof target !== 'string' || /^[a-z][a-z0-9+.-]*:\/\//i.test(target)) throw new Error(NOT_SAVED)
  const answer = sendFacts(target).then(({ facts, which }) => pmResponseOf(answerOf(facts, which)))
  if (!isFunction(done)) return answer
  // By a timer, whose faults are those of the script; nobody waits for this promise.
  const call = (...values: unknown[]): void => void timerFunctions.setTimeout(done, 0, ...values)
  return answer.then(
    (response) => {
      call(null, response)
      return response
    },
    (error: unknown) => call(error),
  )
}

export function pmOf(answer: Answer | null) {
  const { info } = beginning()
  const pm = {
    test,
    expect,
    request: pmRequest,
    environment: { ...ofEnvironment, name: info.environmentName ?? undefined },
    collectionVariables: scopeOf(['collection']),
    globals: scopeOf(KEPT),
    variables: scopeOf(EVERYWHERE, keepHere),
    iterationData: scopeOf(['given'], keepHere),
    cookies: cookiesOf(answer?.facts ?? null),
    info: {
      eventName: beginning().response === null ? 'prerequest' : 'test',
      iteration: info.iteration,
      iterationCount: info.iterationCount,
      requestName: info.requestName,
      requestId: info.requestName,
    },
    execution: {
      skipRequest,
      setNextRequest,
      runRequest: sendRequest,
      location: Object.assign([info.collectionName, info.requestName], { current: info.requestName }),
    },
    setNextRequest,
    sendRequest,
    vault: { get: vault('get'), set: vault('set'), unset: vault('unset') },
    visualizer: { set: refused('pm.visualizer.set', 'see Preview and Tree of the answer.'), clear: () => undefined },
    require: refused('pm.require', 'scripts load no packages.'),
  }
  const response = answer && pmResponseOf(answer)
  return Object.assign(pm, { response: response ?? undefined })
}

/** Globals of Postman's scripts from before there was `pm`. */
export function legacyGlobals(answer: Answer | null): Readonly<Record<string, () => unknown>> {
  const facts = answer?.facts ?? null
  const environment = scopeOf(['environment'])
  const globals = scopeOf(KEPT)
  const postman = {
    setEnvironmentVariable: environment.set,
    getEnvironmentVariable: environment.get,
    clearEnvironmentVariable: environment.unset,
    clearEnvironmentVariables: environment.clear,
    setGlobalVariable: globals.set,
    getGlobalVariable: globals.get,
    clearGlobalVariable: globals.unset,
    clearGlobalVariables: globals.clear,
    getResponseHeader: (name: unknown) => (facts ? headersOf(facts)[String(name).toLowerCase()] : undefined),
    getResponseCookie: (name: unknown) => facts?.cookies.find((cookie) => cookie.name === String(name)),
    setNextRequest,
  }
  return {
    postman: () => postman,
    responseBody: () => answer?.text(),
    responseCode: () => facts && { code: facts.status, name: facts.statusText, detail: facts.statusText },
    responseTime: () => facts && Math.round(facts.responseTime),
    responseHeaders: () => facts && headersOf(facts),
    responseCookies: () => facts?.cookies ?? [],
    environment: () => environment.toObject(),
    globals: () => globals.toObject(),
    data: () => scopeOf(['given']).toObject(),
    iteration: () => beginning().info.iteration,
    request: () => ({
      url: current().url,
      method: current().method,
      headers: pmRequest.getHeaders(),
      data: bodyText() ?? '',
      name: current().name,
    }),
  }
}
