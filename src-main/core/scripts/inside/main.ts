/**
 * Our part of the sandbox, evaluated once: it lays out what scripts find, and is what the thread around it calls. Everything
 * here lies within a script's reach and is trusted by nobody outside.
 */
import type { ScriptBeginning } from '../script-job.ts'
import { bru } from './bru.ts'
import { scriptConsole, shown } from './console.ts'
import { ask, isObject, placeIn } from './host.ts'
import { addAssertions } from './pm-assertions.ts'
import { insomniaOf, pwOf, tcOf } from './other-programs.ts'
import { legacyGlobals, pmOf } from './pm.ts'
import { req, setRequest } from './request.ts'
import { answerOf, resOf } from './response.ts'
import { send, settleCall } from './send.ts'
import { setBeginning } from './state.ts'
import { chaiOf, endTests, expect, openTests, setChai, startTests, test } from './tests.ts'
import { runDue, sleep, timerFunctions } from './timers.ts'
import { EVERYWHERE, processEnv, scopeOf, setVariables } from './variables.ts'
import { nodeCrypto, seedRandom, webGlobals } from './web.ts'

const global = globalThis as unknown as Record<string, unknown> // Ours to fill.

/** Packages that other programs give to scripts, and what to use here. */
const ABSENT: Readonly<Record<string, string>> = {
  _: 'JavaScript has most of it by now: map, filter, Object.groupBy, structuredClone.',
  CryptoJS: "use require('crypto'): createHash and createHmac.",
  cheerio: 'use an assertion, res.css(…).',
  moment: 'use Date.',
  tv4: 'use an assertion, res.schema({ … }).',
  xml2Json: 'use an assertion, res.xpath(…).',
}

const MODULES: Readonly<Record<string, () => unknown>> = {
  chai: chaiOf,
  crypto: () => nodeCrypto,
  'node:crypto': () => nodeCrypto,
  uuid: () => ({ v4: webGlobals.crypto.randomUUID }),
  url: () => ({ URL: webGlobals.URL, URLSearchParams: webGlobals.URLSearchParams }),
  'node:url': () => ({ URL: webGlobals.URL, URLSearchParams: webGlobals.URLSearchParams }),
  atob: () => webGlobals.atob,
  btoa: () => webGlobals.btoa,
}

const NO_NETWORK = 'scripts send saved requests alone, by send(name).'

/** The same of packages that scripts load by their names. */
const ABSENT_PACKAGES: Readonly<Record<string, string | undefined>> = {
  lodash: ABSENT['_'],
  'crypto-js': ABSENT['CryptoJS'],
  cheerio: ABSENT['cheerio'],
  moment: ABSENT['moment'],
  tv4: ABSENT['tv4'],
  ajv: ABSENT['tv4'],
  xml2js: ABSENT['xml2Json'],
  nanoid: "use require('uuid') or crypto.randomUUID().",
  axios: NO_NETWORK,
  'node-fetch': NO_NETWORK,
}

function requireModule(name: unknown): unknown {
  const module = typeof name === 'string' && Object.hasOwn(MODULES, name) ? MODULES[name] : undefined
  if (module) return module()
  const instead = typeof name === 'string' && Object.hasOwn(ABSENT_PACKAGES, name) ? ABSENT_PACKAGES[name] : undefined
  if (instead !== undefined) throw new Error(`require: “${String(name)}” is not part of the sandbox: ${instead}`)
  const there = Object.keys(MODULES).filter((one) => !one.startsWith('node:'))
  throw new Error(
    `require: “${String(name)}” is not part of the sandbox. There are ${there.join(', ')}; files and packages are not loaded.`,
  )
}

function define(name: string, get: () => unknown): void {
  Object.defineProperty(globalThis, name, {
    get,
    set: (value: unknown) => Object.defineProperty(globalThis, name, { value, writable: true, enumerable: true, configurable: true }),
    enumerable: false,
    configurable: true,
  })
}

for (const [name, value] of Object.entries({ ...webGlobals, ...timerFunctions, console: scriptConsole, sleep })) global[name] = value
Object.assign(global, { test, expect, send, req, bru, require: requireModule, global: globalThis })
for (const [name, instead] of Object.entries(ABSENT)) {
  define(name, () => {
    throw new ReferenceError(`${name} is not part of the sandbox: ${instead}`)
  })
}
define('assert', () => chaiOf().assert)
define('chai', chaiOf)

let legacyTests: Record<string, unknown> = {}
let isRunning = false

/** Lays out one script's surroundings. @param json a {@link ScriptBeginning} */
export function begin(json: string): void {
  const start = JSON.parse(json) as ScriptBeginning // Made by the thread around.
  setBeginning(start)
  seedRandom(start.random)
  setVariables(start.variables)
  setRequest(start.request)
  startTests()
  const answer = start.response && answerOf(start.response, 'body')
  const env = scopeOf(['environment'])
  const res = answer && resOf(answer)
  const pm = pmOf(answer)
  legacyTests = {}
  Object.assign(global, {
    pm,
    insomnia: insomniaOf(pm),
    pw: pwOf(answer),
    tc: tcOf(answer, req),
    vars: scopeOf(EVERYWHERE),
    env: { ...env, name: start.info.environmentName ?? undefined },
    tests: legacyTests,
  })
  global.posthaste = { req, res, vars: global.vars, env: global.env, test, expect, send, sleep, processEnv, info: start.info }
  define('res', () => {
    if (res) return res
    throw new ReferenceError('There is no answer yet: res is for after-response scripts and tests.')
  })
  for (const [name, get] of Object.entries(legacyGlobals(answer))) define(name, get)
}

/** Waits for what a script comes to. @param promise of its async function */
export function watch(promise: Promise<unknown>): void {
  isRunning = true
  promise.then(
    (value) => {
      isRunning = false
      ask('value', value === undefined ? '' : (JSON.stringify(value) ?? ''))
    },
    (error: unknown) => {
      isRunning = false
      fail(error)
    },
  )
}

function fail(error: unknown): void {
  ask('failed', describe(error))
}

export function tick(): number {
  return runDue(fail)
}

export function settle(message: string): void {
  settleCall(message)
}

/** What was thrown, as JSON: `{ message, line, column }`. */
export function describe(error: unknown): string {
  const place = isObject(error) ? placeIn(error.stack) : null
  return JSON.stringify({ message: wordsOf(error), line: place?.line ?? null, column: place?.column ?? null })
}

function wordsOf(error: unknown): string {
  if (!isObject(error) || typeof error.message !== 'string') return `Thrown: ${shown(error)}`
  if (error.message === 'out of memory') return 'The script needed more than 64 MiB of memory.'
  if (error.message === 'stack overflow') return 'Too much recursion: the functions of the script call each other too deeply.'
  const name = typeof error.name === 'string' ? error.name : 'Error'
  return name === 'AssertionError' || name === 'Error' ? error.message : `${name}: ${error.message}`
}

/** Tells what is told at the end. @returns `waits` where something never came */
export function finish(): string {
  for (const [name, holds] of Object.entries(legacyTests)) {
    ask('test', { name, passed: Boolean(holds), ...(!holds && { message: `tests[${JSON.stringify(name)}] is ${shown(holds)}` }) })
  }
  const waitedFor = openTests().length
  endTests()
  return isRunning && waitedFor === 0 ? 'waits' : ''
}

export function useChai(): void {
  const loaded = global.__chai
  delete global.__chai
  if (!isObject(loaded)) throw new Error('chai is not there.')
  const chai = loaded as unknown as Parameters<typeof setChai>[0] // Its own module namespace.
  setChai(chai)
  addAssertions(chai)
}
