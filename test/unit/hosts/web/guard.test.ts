import { expect, test } from 'vitest'
import { isOwnHost } from '../../../../src-main/hosts/web/guard.ts'

test.each([
  [4100, '127.0.0.1:4100', true],
  [4100, 'localhost:4100', true],
  [4100, '127.0.0.1', false],
  [4100, '127.0.0.1:80', false],
  [4100, 'evil.example:4100', false],
  [4100, 'localhost.evil.example:4100', false],
  [4100, '0.0.0.0:4100', false],
  [4100, undefined, false],
  // A browser leaves out the port that http has anyway.
  [80, '127.0.0.1', true],
  [80, 'localhost', true],
  [80, '127.0.0.1:80', true],
  [80, 'evil.example', false],
])('a host on port %i that is asked as %s: %s', (port, host, isOwn) => {
  expect(isOwnHost({ headers: host === undefined ? {} : { host } }, port)).toBe(isOwn)
})
