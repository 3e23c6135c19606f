import { describe, expect, test } from 'vitest'
import type { Route } from '../../../../src-main/contract/model/prepared.ts'
import { isNotable, routeInWords } from '../../../../src-renderer/lib/route-words.ts'

const route = (change: Partial<Route>): Route => ({
  proxy: null,
  reason: { kind: 'unset', isEnvironmentAsked: true },
  instead: null,
  ...change,
})
const request = { layer: 'request' } as const
const alice = { layer: 'session', name: 'alice' } as const

describe('a route in words', () => {
  const cases: [Partial<Route>, string, boolean][] = [
    [{}, 'direct, because no proxy is set', false],
    [{ reason: { kind: 'unset', isEnvironmentAsked: false } }, 'direct, because no proxy is set, and the environment is not asked', false],
    [
      { proxy: 'http://p:1', reason: { kind: 'variable', name: 'HTTP_PROXY', entry: null } },
      'through http://p:1, because of HTTP_PROXY of the environment',
      true,
    ],
    [{ reason: { kind: 'variable', name: 'NO_PROXY', entry: '.corp' } }, 'direct, because NO_PROXY matches .corp', true],
    [{ reason: { kind: 'rule', name: 'http', origin: request } }, 'direct, because of proxy rule http of this request', true],
    [
      { reason: { kind: 'exception', entry: 'a.test', origin: alice } },
      'direct, because a.test is in “No proxy for” of session alice',
      true,
    ],
    [
      { reason: { kind: 'socket', origin: request }, instead: '/run/app.sock' },
      'direct to /run/app.sock, because of the Unix socket of this request',
      true,
    ],
    [
      { proxy: 'http://p:1', reason: { kind: 'rule', name: 'all', origin: alice }, instead: '10.0.0.1:1' },
      'through http://p:1 (at 10.0.0.1:1), because of proxy rule all of session alice',
      true,
    ],
  ]
  for (const [change, words, notable] of cases) {
    test(words, () => expect([routeInWords(route(change)), isNotable(route(change))]).toEqual([words, notable]))
  }
})
