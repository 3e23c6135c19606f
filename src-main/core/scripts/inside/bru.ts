/** `bru`, as scripts of Bruno have it. What Posthaste has no place for throws an error that says so. */
import { setNextRequest, skipRequest, stopRun } from './flow.ts'
import { send } from './send.ts'
import { beginning } from './state.ts'
import { sleep } from './timers.ts'
import { allOf, EVERYWHERE, filled, forget, keep, KEPT, look, processEnv, scopeOf } from './variables.ts'

const kept = scopeOf(KEPT)
const ofEnvironment = scopeOf(['environment'])

export function refused(call: string, instead: string): () => never {
  return () => {
    throw new Error(`${call} is not there: ${instead}`)
  }
}

const value = (name: unknown, among: Parameters<typeof look>[1]): unknown => filled(look(name, among))

const NO_FILES = 'scripts have no files.'
const NO_JAR = 'the cookies of a session are not open to scripts; res.cookies has those of the answer.'

export const bru = {
  getVar: (name: unknown) => value(name, KEPT),
  setVar: keep,
  hasVar: kept.has,
  deleteVar: forget,
  deleteAllVars: kept.clear,
  getAllVars: () => allOf(KEPT),
  getEnvVar: (name: unknown) => value(name, ['environment']),
  setEnvVar: (name: unknown, given: unknown) => keep(name, given),
  hasEnvVar: ofEnvironment.has,
  deleteEnvVar: forget,
  getAllEnvVars: ofEnvironment.toObject,
  getEnvName: () => beginning().info.environmentName ?? undefined,
  getGlobalEnvVar: (name: unknown) => value(name, KEPT),
  setGlobalEnvVar: (name: unknown, given: unknown) => keep(name, given),
  getRequestVar: (name: unknown) => value(name, ['request']),
  getFolderVar: (name: unknown) => value(name, ['folder']),
  getCollectionVar: (name: unknown) => value(name, ['collection']),
  hasCollectionVar: (name: unknown) => look(name, ['collection']) !== undefined,
  setCollectionVar: (name: unknown, given: unknown) => keep(name, given),
  getCollectionName: () => beginning().info.collectionName,
  getProcessEnv: processEnv,
  getSecretVar: (name: unknown) => value(name, EVERYWHERE),
  interpolate: (text: unknown) => filled(text),
  sleep,
  setNextRequest,
  runRequest: send,
  isSafeMode: () => true,
  runner: {
    skipRequest,
    stopExecution: stopRun,
    setNextRequest,
    get iterationIndex() {
      return beginning().info.iteration
    },
    get totalIterations() {
      return beginning().info.iterationCount
    },
  },
  utils: {
    minifyJson: (text: unknown) => JSON.stringify(typeof text === 'string' ? JSON.parse(text) : text),
    minifyXml: (text: unknown) => String(text).replace(/>\s+</g, '><').trim(),
  },
  sendRequest: refused('bru.sendRequest', 'scripts send saved requests alone, by bru.runRequest(name).'),
  cwd: refused('bru.cwd', NO_FILES),
  getTestResults: refused('bru.getTestResults', 'the Tests tab has them.'),
  getAssertionResults: refused('bru.getAssertionResults', 'the Tests tab has them.'),
  getOauth2CredentialVar: refused('bru.getOauth2CredentialVar', 'access tokens are kept from scripts.'),
  resetOauth2Credential: refused('bru.resetOauth2Credential', 'access tokens are kept from scripts.'),
  visualize: refused('bru.visualize', 'see Preview and Tree of the answer.'),
  cookies: { jar: refused('bru.cookies.jar', NO_JAR) },
}
