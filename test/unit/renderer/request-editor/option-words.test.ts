import { describe, expect, test } from 'vitest'
import type { Options } from '#contract/model/request.ts'
import { optionWords } from '../../../../src-renderer/features/request-editor/option-words.ts'

describe('an inherited option in a line', () => {
  test.each<[keyof Options, unknown, string]>([
    ['verify', false, 'off'],
    ['timeout', { read: 27, total: null }, 'read 27 s, total without limit'],
    ['tls', { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' }, 'from TLS 1.2, up to TLS 1.3'],
    ['tls', { maxVersion: 'TLSv1.2' }, 'up to TLS 1.2'],
    ['retry', { total: 3, statusForcelist: [502, 503] }, 'total 3, statusForcelist 502, 503'],
    ['cert', { pfx: 'a.pfx', passphrase: 'hush' }, 'pfx a.pfx, passphrase ••••'],
    ['proxies', { all: 'http://me:pw@p:1' }, 'all http://me:••••@p:1'],
  ])('%s', (key, value, text) => {
    expect(optionWords(key, value).text).toBe(text)
  })
})
