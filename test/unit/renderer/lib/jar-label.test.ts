import { describe, expect, test } from 'vitest'
import type { KeptCookie } from '#contract/model/cookie.ts'
import { clearWords, cookiesWords, domainText, jarGroup } from '../../../../src-renderer/lib/jar-label.ts'
import { collectionId } from '../../../support/renderer-kit.ts'

const OWN: KeptCookie = {
  name: 'sid',
  value: '1',
  domain: 'api.example.com',
  path: '/',
  expires: null,
  secure: false,
  httpOnly: false,
  sameSite: null,
  hostOnly: true,
  created: null,
  lastUsed: null,
}
const ABOVE: KeptCookie = { ...OWN, domain: 'example.com', hostOnly: false }

describe('clearWords', () => {
  test.each([
    [[], 'The jar has no cookie that could go to API.example.com.'],
    [[OWN], '1 cookie could be sent to API.example.com.'],
    [
      [OWN, ABOVE],
      '2 cookies could be sent to API.example.com. One is its own; one is of .example.com and would be gone for the other hosts there too.',
    ],
    [
      [ABOVE, ABOVE],
      '2 cookies could be sent to API.example.com. None of them is its own; 2 are of .example.com and would be gone for the other hosts there too.',
    ],
  ])('%#: %s', (cookies, words) => {
    expect(clearWords('API.example.com', cookies)).toBe(words)
  })
})

test('names cookies, domains and whose jar it is', () => {
  expect([cookiesWords([OWN]), cookiesWords([OWN, ABOVE])]).toEqual(['the cookie “sid”', '2 cookies'])
  expect([domainText(OWN), domainText(ABOVE)]).toEqual(['api.example.com', '.example.com'])
  expect(jarGroup({ collectionId: null, session: 'x' }, [])).toBe('No collection')
  expect(jarGroup({ collectionId: collectionId('gone'), session: 'x' }, [])).toBe('A closed collection')
})
