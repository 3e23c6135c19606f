import { describe, expect, test } from 'vitest'
import { matchingEntry, matchingEntryOfRequests } from '../../../../src-main/core/prepare/no-proxy.ts'
import { parseTargetUrl } from '../../../../src-main/core/prepare/target-url.ts'

/** List, URL, whether ours matches, whether requests' does. */
const cases: [list: string, url: string, ours: boolean, requests: boolean][] = [
  ['*', 'http://h.test/', true, true],
  ['a.test, *', 'http://h.test/', true, false],
  ['h.test', 'http://h.test/', true, true],
  ['h.test', 'http://a.h.test/', true, true],
  ['h.test', 'http://ah.test/', false, false],
  ['.h.test', 'http://h.test/', true, true],
  ['*.h.test', 'http://a.h.test/', true, false],
  ['H.TEST', 'http://h.test/', true, true],
  ['h.test.', 'http://h.test/', true, false],
  ['h.test:8080', 'http://h.test:8080/', true, true],
  ['h.test:8080', 'http://h.test/', false, false],
  ['h.test:80', 'http://h.test/', true, false],
  ['a.test b.test', 'http://b.test/', true, false],
  ['a.test , b.test', 'http://b.test/', true, true],
  ['127.0.0.1', 'http://127.0.0.1:99/', true, true],
  ['127.', 'http://127.0.0.1/', false, false],
  ['127.0.0.1:99', 'http://127.0.0.1:99/', true, false],
  ['10.0.0.0/8', 'http://10.1.2.3/', true, true],
  ['10.0.0.0/8', 'http://11.1.2.3/', false, false],
  ['10.0.0.0/8', 'http://10.test/', false, false],
  ['10.0.0.0/33', 'http://10.0.0.0/', false, false],
  ['::1', 'http://[::1]/', true, true],
  ['[::1]', 'http://[::1]/', true, false],
  ['[::1]:80', 'http://[::1]/', true, false],
  ['0:0:0:0:0:0:0:1', 'http://[::1]/', true, false],
  ['fd00::/8', 'http://[fd12::1]/', true, false],
  ['', 'http://h.test/', false, false],
  [' , ,', 'http://h.test/', false, false],
]

describe('NO_PROXY', () => {
  for (const [list, url, ours, requests] of cases) {
    test(`"${list}" and ${url}: ${ours}, in requests ${requests}`, () => {
      const target = parseTargetUrl(url)
      expect([matchingEntry(list, target) !== null, matchingEntryOfRequests(list, target) !== null]).toEqual([ours, requests])
    })
  }

  test('says which entry it was, as it was written', () => {
    expect(matchingEntry('x.test, *.Corp', parseTargetUrl('http://a.corp/'))).toBe('*.Corp')
  })
})
