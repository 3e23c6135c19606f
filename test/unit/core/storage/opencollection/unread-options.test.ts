import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isUnreadWarning, requestPlace, unreadWarning } from '#contract/model/unread-option.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { readSettings, withSettings } from '#core/storage/opencollection/info-format.ts'
import { newRequestText, readRequest, writeRequest } from '#core/storage/opencollection/request-format.ts'
import { options } from './arbitraries.ts'

const requestWith = (block: string): string => `info: { name: Ping, type: http }\nhttp: { url: "http://x/" }\n${block}\n`

function warningsOf(block: string): string[] {
  return readRequest(requestWith(block), 'f', 'f').unread.map((option) => unreadWarning(option, 'it'))
}

const UNREAD = 'of it is not understood, and does not count.'

describe('options of a file that count for nothing', () => {
  test.each([
    ['posthaste: { retrie: { total: 1 } }', `posthaste.retrie ${UNREAD} Did you mean posthaste.retry?`],
    ['posthaste: { retries: 3 }', `posthaste.retries ${UNREAD} Did you mean posthaste.retry?`],
    ['posthaste: { proxy: x }', `posthaste.proxy ${UNREAD} Did you mean posthaste.proxies?`],
    ['posthaste: { stepRedirects: true }', `posthaste.stepRedirects ${UNREAD} Did you mean posthaste.step_redirects?`],
    ['posthaste: { no-proxy: x }', `posthaste.no-proxy ${UNREAD} Did you mean posthaste.no_proxy?`],
    ['posthaste: { max_redirects: 3 }', `posthaste.max_redirects ${UNREAD} Did you mean settings.maxRedirects?`],
    ['posthaste: { retry: { totl: 1 } }', `posthaste.retry.totl ${UNREAD} Did you mean posthaste.retry.total?`],
    ['posthaste: { retry: { total: many } }', `posthaste.retry ${UNREAD} posthaste.retry.total takes a number.`],
    [
      'posthaste: { tls: { min_version: newest } }',
      `posthaste.tls ${UNREAD} posthaste.tls.min_version takes TLSv1, TLSv1.1, TLSv1.2, TLSv1.3.`,
    ],
    ['posthaste: { tls: { version: "1.3" } }', `posthaste.tls.version ${UNREAD} There are: min_version, max_version.`],
    ['posthaste: { proxies: 7 }', `posthaste.proxies ${UNREAD} posthaste.proxies takes a mapping.`],
    ['posthaste: { proxies: { HTTP_only: 7 } }', `posthaste.proxies ${UNREAD} posthaste.proxies.HTTP_only takes a text.`],
    ['posthaste: { http2: maybe }', `posthaste.http2 ${UNREAD} posthaste.http2 takes true or false.`],
    ['posthaste: { timeout: soon }', `posthaste.timeout ${UNREAD} posthaste.timeout takes a number.`],
    ['posthaste: { timeout: { read: soon } }', `posthaste.timeout.read ${UNREAD} posthaste.timeout.read takes a number.`],
    ['posthaste: { timeout: { reed: 3 } }', `posthaste.timeout.reed ${UNREAD} Did you mean posthaste.timeout.read?`],
    ['posthaste: [ http2 ]', `posthaste ${UNREAD} posthaste takes a mapping.`],
    ['settings: { followRedirects: "no" }', `settings.followRedirects ${UNREAD} settings.followRedirects takes true or false.`],
    ['settings: { maxRedirects: 1.5 }', `settings.maxRedirects ${UNREAD} settings.maxRedirects takes a whole number.`],
  ])('%s', (block, warning) => {
    expect(warningsOf(block)).toEqual([warning])
    expect(isUnreadWarning(warning)).toBe(true)
  })

  test('names those that there are where none is like it', () => {
    const [warning] = warningsOf('posthaste: { constructor: 1 }')

    expect(warning).toMatch(
      /^posthaste\.constructor of it .+ There are: timeout, verify, behaviour, .+, cookies, raise_for_status, status_messages\.$/,
    )
  })

  test.each([
    'posthaste: { timeout: { connect: 1, read: null }, verify: ./ca.pem, cookies: [], raise_for_status: true, status_messages: [] }',
    'posthaste: { timeout: 3, retry: {}, cert: [ a.pem, a.key ], tls: { max_version: 1.3 }, proxies: { all://x: null } }',
    'settings: { timeout: inherit, followRedirects: inherit, encodeUrl: true }',
    'posthaste:',
  ])('%s: nothing', (block) => {
    expect(warningsOf(block)).toEqual([])
  })

  test('whatever is written of options is understood, in a request and in what a collection gives', () => {
    fc.assert(
      fc.property(options, (some) => {
        const text = newRequestText({ ...emptyRequest(), options: some }, 1)
        expect(readRequest(text, 'f', 'f').unread).toEqual([])
        const defaults = { headers: [], auth: { kind: 'none' as const }, variables: [], options: some }
        expect(readSettings(withSettings('info: { name: x }\n', 'f', { defaults }), 'f').unread).toBeUndefined()
      }),
    )
  })

  test('stay in the file when something else in it is saved', () => {
    const text = requestWith('posthaste: { retrie: { total: 1 }, http2: maybe } # ours')
    const { document } = readRequest(text, 'f', 'f')

    const saved = writeRequest(text, { ...document, url: 'http://y/', options: { lenient: true } }, 'f', 'f')

    expect(saved).toContain('retrie: { total: 1 }, http2: maybe')
    expect(readRequest(saved, 'f', 'f')).toMatchObject({ document: { url: 'http://y/', options: { lenient: true } } })
  })

  test('are told of a collection, of its sessions and of their adapters', () => {
    const text = [
      'info: { name: Shop }',
      'request: { posthaste: { http3: true } }',
      'extensions:',
      '  posthaste:',
      '    sessions:',
      '      - { name: alice, headrs: [], adapters: [ { prefix: "http://x", lenient: true } ] }',
      '      - { name: bob, verify: false, adapters: [ { prefix: "http://x", pool: { max_connections: 1 }, http2: true } ] }',
    ].join('\n')

    const { unread = [] } = readSettings(text, 'f')

    expect(unread).toMatchObject([
      { session: null, option: { path: 'posthaste.http3', fault: { likely: 'posthaste.http2' } } },
      { session: 'alice', adapter: null, option: { path: 'headrs', fault: { likely: 'headers' } } },
      { session: 'alice', adapter: 'http://x', option: { path: 'lenient', fault: { names: expect.arrayContaining(['pool']) } } },
    ])
  })

  test('are told with the name of the request', () => {
    expect(unreadWarning({ path: 'posthaste.x', fault: null }, requestPlace({ name: 'Ping' }))).toBe(
      'posthaste.x of the request “Ping” is not understood, and does not count.',
    )
  })
})
