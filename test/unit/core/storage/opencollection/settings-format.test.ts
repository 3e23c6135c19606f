import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import type { Adapter, Defaults, Environment, Session } from '#contract/model/session.ts'
import { readEnvironment, writeEnvironment } from '#core/storage/opencollection/environment-format.ts'
import { newCollectionText, readSettings, withSettings } from '#core/storage/opencollection/info-format.ts'
import { auth, hardText, laidOut, layout, options, row, variable } from './arbitraries.ts'

const rows = fc.array(row, { maxLength: 3 })
const named = hardText.filter((text) => text.trim() !== '')
const defaults: fc.Arbitrary<Defaults> = fc.record({ headers: rows, auth, variables: fc.array(variable, { maxLength: 3 }), options })

const pool = fc.option(fc.record({ maxConnections: fc.nat(100), keepAlive: fc.nat(100) }), { nil: undefined })
const adapter: fc.Arbitrary<Adapter> = fc
  .tuple(named, pool, options)
  .map(([prefix, ownPool, { retry, timeout, tls, http2, verify, cert, proxies }]) => ({
    prefix: prefix.trim(),
    ...(ownPool && { pool: ownPool }),
    ...(retry && { retry }),
    ...(timeout && { timeout }),
    ...(tls && { tls }),
    ...(http2 !== undefined && { http2 }),
    ...(verify !== undefined && { verify }),
    ...(cert && { cert }),
    ...(proxies && { proxies }),
  }))
/** Redirects are no matter of a session's block, which has requests' names only. */
const session: fc.Arbitrary<Session> = fc
  .record({ name: named, headers: rows, params: rows, cookies: rows, auth, options, adapters: fc.array(adapter, { maxLength: 2 }) })
  .map(({ name, options: { followRedirects: _follow, maxRedirects: _max, omitHeaders: _omit, ...rest }, ...others }) => ({
    ...others,
    name: name.trim(),
    options: rest,
  }))
const environment: fc.Arbitrary<Environment> = fc.record({
  name: hardText.filter((text) => text !== ''),
  extends: fc.option(hardText.filter((text) => text !== '')),
  dotEnvPath: fc.option(hardText.filter((text) => text !== '')),
  color: fc.option(hardText.filter((text) => text !== '')),
  variables: fc.array(variable, { maxLength: 3 }),
})

const START = `# ours\n${newCollectionText('Shop')}x-unknown: { keep: me } # as it is\n`

describe('what a collection gives to its requests', () => {
  test('reads back as it was written, whatever was there before, and leaves the rest', () => {
    fc.assert(
      fc.property(
        defaults,
        fc.array(session, { maxLength: 3 }),
        defaults,
        fc.array(session, { maxLength: 3 }),
        (one, some, other, others) => {
          const first = withSettings(START, 'f', { defaults: one, sessions: some })
          expect(readSettings(first, 'f')).toEqual({ name: 'Shop', defaults: one, sessions: some, scripts: [] })
          const second = withSettings(first, 'f', { defaults: other, sessions: others })
          expect(readSettings(second, 'f')).toEqual({ name: 'Shop', defaults: other, sessions: others, scripts: [] })
          expect(second).toContain('# ours\n')
          expect(second).toContain('x-unknown: { keep: me } # as it is')
        },
      ),
      { numRuns: 150 },
    )
  })

  test('a text with the same content stays byte for byte', () => {
    fc.assert(
      fc.property(defaults, fc.array(session, { maxLength: 2 }), layout, (one, some, how) => {
        const text = laidOut(withSettings(START, 'f', { defaults: one, sessions: some }), how)
        // Some deep layouts with hard texts the library that lays out cannot read back itself.
        fc.pre(parseDocument(text).errors.length === 0)
        const { defaults: read, sessions } = readSettings(text, 'f')
        expect(withSettings(text, 'f', { defaults: read, sessions })).toBe(text)
      }),
      { numRuns: 100 },
    )
  })

  test('an edit of one value changes nothing else', () => {
    const text = `opencollection: "1.0.0"
info: { name: Shop }
extensions:
  posthaste:
    sessions:
      # The one who buys.
      - name: alice
        headers: [ { name: X-Who, value: alice } ] # who
        adapters:
          - prefix: "https://api.test/v2" # slow
            timeout: { connect: 3.05, read: 27 }
            pool: { max_connections: 10, keep_alive: 4 }
`
    const { sessions } = readSettings(text, 'f')
    expect(sessions[0]?.adapters[0]).toEqual({
      prefix: 'https://api.test/v2',
      timeout: { connect: 3.05, read: 27 },
      pool: { maxConnections: 10, keepAlive: 4 },
    })
    const changed = sessions.map((one) => ({
      ...one,
      adapters: one.adapters.map((mounted) => ({ ...mounted, timeout: { connect: 3.05, read: 60 } })),
    }))
    expect(withSettings(text, 'f', { sessions: changed })).toBe(text.replace('read: 27', 'read: 60'))
  })
})

describe('an environment', () => {
  test('reads back as it was written', () => {
    fc.assert(
      fc.property(environment, environment, (one, other) => {
        const first = writeEnvironment('', one, 'f', 'f')
        expect(readEnvironment(first, 'f', 'f')).toEqual(one)
        const second = writeEnvironment(`# mine\n${first}`, other, 'f', 'f')
        expect(readEnvironment(second, 'f', 'f')).toEqual(other)
      }),
      { numRuns: 200 },
    )
  })

  test('of Bruno keeps its secrets without values, its typed values and what is unknown', () => {
    const text = `name: Local
color: "#f00"
variables:
  - name: base_url
    value: http://localhost:3000
  - name: port
    value: { type: number, data: "3000" }
  - secret: true
    name: token
  - name: off
    value: x
    disabled: true
externalSecrets: { type: vault }
`
    const read = readEnvironment(text, 'f', 'f')
    expect(read.variables).toEqual([
      { name: 'base_url', value: 'http://localhost:3000', enabled: true },
      { name: 'port', value: '3000', enabled: true },
      { name: 'token', value: '', enabled: true, secret: true },
      { name: 'off', value: 'x', enabled: false },
    ])
    const changed = { ...read, variables: read.variables.map((one) => (one.name === 'port' ? { ...one, value: '4000' } : one)) }
    expect(writeEnvironment(text, changed, 'f', 'f')).toBe(text.replace('"3000"', '"4000"'))
  })
})
