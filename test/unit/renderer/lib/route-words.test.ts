import { describe, expect, test } from 'vitest'
import type { Route } from '../../../../src-main/contract/model/prepared.ts'
import { isNotable, routeInWords } from '../../../../src-renderer/lib/route-words.ts'

const route = (change: Partial<Route>): Route => ({ proxy: null, why: 'no proxy is set', instead: null, ...change })

describe('a route in words', () => {
  const cases: [Partial<Route>, string, boolean][] = [
    [{}, 'direct, because no proxy is set', false],
    [{ proxy: 'http://p:1', why: 'HTTP_PROXY of the environment' }, 'through http://p:1, because of HTTP_PROXY of the environment', true],
    [{ why: 'NO_PROXY matches .corp' }, 'direct, because NO_PROXY matches .corp', true],
    [{ why: 'request option http' }, 'direct, because of request option http', true],
    [{ why: 'request option no proxy matches a.test' }, 'direct, because “No proxy for” matches a.test', true],
    [{ why: 'a Unix socket is set', instead: '/run/app.sock' }, 'direct to /run/app.sock, because a Unix socket is set', true],
    [
      { proxy: 'http://p:1', why: 'request option all', instead: '10.0.0.1:1' },
      'through http://p:1 (at 10.0.0.1:1), because of request option all',
      true,
    ],
  ]
  for (const [change, words, notable] of cases) {
    test(words, () => expect([routeInWords(route(change)), isNotable(route(change))]).toEqual([words, notable]))
  }
})
