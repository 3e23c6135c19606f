import { describe, expect, test } from 'vitest'
import { AuthSchema, BodySchema, OptionsSchema } from '#contract/model/request.ts'
import { RetrySchema } from '#contract/model/wire-options.ts'
import { optionHelp, optionIds } from '../../../../src-renderer/lib/option-help.ts'

const IDS: readonly string[] = optionIds()
/** They are rows of tables, which say themselves that a name is left out. */
const ROWS = ['omitHeaders', 'omitParams', 'omitCookies', 'omitAuth']
/** As it is in a file that this version cannot read; nobody chooses it. */
const UNREAD = 'unsupported'

describe('the help of options', () => {
  test('has every option of a request, each part of those that have several', () => {
    const { timeout, ...others } = OptionsSchema.shape
    const wanted = [
      ...Object.keys(others).filter((key) => !ROWS.includes(key) && key !== 'cert'),
      ...Object.keys(timeout.unwrap().shape).map((key) => `timeout.${key}`),
      ...Object.keys(RetrySchema.shape).map((key) => `retry.${key}`),
      ...['cert', 'key', 'pfx', 'passphrase'].map((key) => `cert.${key}`),
    ]

    expect(wanted.length).toBeGreaterThan(30)
    expect(wanted.filter((key) => !IDS.includes(key))).toEqual([])
  })

  test('has every kind of credentials and of bodies', () => {
    const auths = AuthSchema.options.map(({ shape }) => `auth.${shape.kind.value}`)
    const bodies = BodySchema.options.map(({ shape }) => `body.${shape.kind.value}`)

    expect([...auths, ...bodies].filter((key) => !IDS.includes(key))).toEqual([`auth.${UNREAD}`])
  })

  test('says what each does in sentences, and has no name twice', () => {
    const help = optionIds().map(optionHelp)

    expect(help.filter(({ text }) => !/^[A-Z].*\.$/.test(text))).toEqual([])
    const names = help.flatMap(({ python }) => python ?? [])
    expect(names).toEqual([...new Set(names)])
  })
})
