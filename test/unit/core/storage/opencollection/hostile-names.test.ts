// Names that a user, or a window taken over, gives to proxies and addresses: they are keys of a mapping in the file.
import { expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { newRequestText, readRequest, writeRequest } from '#core/storage/opencollection/request-format.ts'

const withProxies = (proxies: Record<string, string | null>): RequestDocument => ({
  ...emptyRequest('A'),
  url: 'http://x/',
  options: { proxies },
})

test('a name that every object has is one like any other', () => {
  const names = ['constructor', 'toString', 'hasOwnProperty']
  const some = (value: string): Record<string, string> => Object.fromEntries(names.map((name) => [name, value]))
  const text = newRequestText(withProxies(some('http://a:1')), 1)

  const after = writeRequest(text, withProxies({ ...some('http://b:2'), http: null }), 'a.yml', 'A')

  expect(readRequest(after, 'a.yml', 'A').document.options.proxies).toEqual({ ...some('http://b:2'), http: null })
})

test('a name that YAML has no room for is refused, and said to be too long', () => {
  const write = (): string => newRequestText(withProxies({ [`http://${'x'.repeat(2000)}`]: null }), 1)

  expect(write).toThrow(expect.objectContaining({ kind: 'InvalidName', message: expect.stringContaining('2007 characters') }))
})
