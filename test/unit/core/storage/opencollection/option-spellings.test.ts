import { expect, test } from 'vitest'
import { readRequest, writeRequest } from '#core/storage/opencollection/request-format.ts'

const file = (options: string): string =>
  `info: { name: a, type: http }\nhttp: { method: GET, url: "https://x.test/" }\nposthaste: { ${options} }\n`

test.each([
  ['tls: { min_version: "1.2", max_version: 1.3 }', { tls: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' } }],
  ['tls: { min_version: tls1_1, max_version: tlsv1.2 }', { tls: { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.2' } }],
  ['tls: { min_version: 1.0 }', { tls: { minVersion: 'TLSv1' } }],
  ['cert: both.pem', { cert: { cert: 'both.pem' } }],
  ['cert: [ c.pem, c.key ]', { cert: { cert: 'c.pem', key: 'c.key' } }],
])('as other programs write it: %s', (written, options) => {
  const { document, unread } = readRequest(file(written), 'f', 'a')

  expect([document.options, unread]).toEqual([options, []])
  expect(writeRequest(file(written), document, 'f', 'a')).toBe(file(written))
})

test('what was written as another program has it is changed as ours is', () => {
  const { document } = readRequest(file('cert: both.pem'), 'f', 'a')
  const changed = { ...document, options: { cert: { cert: 'both.pem', passphrase: '{{p}}' } } }

  expect(readRequest(writeRequest(file('cert: both.pem'), changed, 'f', 'a'), 'f', 'a').document.options).toEqual(changed.options)
})

test.each([
  'tls: { min_version: 2 }',
  'tls: { min_version: "" }',
  'cert: 7',
  'cert: [ a, b, c ]',
  'proxies: http://p.test',
  'http2: sometimes',
])('what makes no sense is named: %s', (written) => {
  const { document, unread } = readRequest(file(written), 'f', 'a')

  expect([document.options, unread.map(({ path }) => path)]).toEqual([{}, [`posthaste.${written.split(':', 1)[0]}`]])
})
