import { describe, expect, test } from 'vitest'
import { createPlaceholders } from '#core/codegen/placeholders.ts'
import { envNameOf } from '#core/lib/env-name.ts'

describe('placeholders', () => {
  test('are found again in what was made of them, in order and with the text between', () => {
    const { of, parts, names, isIn } = createPlaceholders('seed-of-a-test')
    const text = `Bearer ${of('api-token')}${of('account')}!`

    expect(parts(text)).toEqual(['Bearer ', { env: 'API_TOKEN' }, { env: 'ACCOUNT' }, '!'])
    expect(isIn(text)).toBe(true)
    expect(names()).toEqual(['API_TOKEN', 'ACCOUNT'])
  })

  test('stand for the Base64 of a text with others in it, which are found in it', () => {
    const { of, base64Of, parts, namesIn } = createPlaceholders('seed-of-a-test')
    const text = `Basic ${base64Of(`me:${of('password')}`)}`

    expect(parts(text)).toEqual(['Basic ', { base64: ['me:', { env: 'PASSWORD' }] }])
    expect(namesIn(text)).toEqual(['PASSWORD'])
  })

  test('stand for one name each, however often it is asked for', () => {
    const { of, parts } = createPlaceholders('seed-of-a-test')

    expect(of('token')).toBe(of('token'))
    expect(of('token')).not.toBe(of('Token'))
    expect(parts(of('Token'))).toEqual([{ env: 'TOKEN_2' }])
  })

  test('survive every encoding of a request', () => {
    const text = createPlaceholders('seed-of-a-test').of('a b')

    expect(encodeURIComponent(text)).toBe(text)
    expect(JSON.stringify(text)).toBe(`"${text}"`)
  })

  test('are not found where there are none', () => {
    const { parts, isIn } = createPlaceholders('seed-of-a-test')

    expect(parts('')).toEqual([])
    expect(parts('plain')).toEqual(['plain'])
    expect(isIn('plain')).toBe(false)
  })
})

describe('names of environment variables', () => {
  test.each([
    ['token', 'TOKEN'],
    ['apiToken', 'API_TOKEN'],
    ['api-token.v2', 'API_TOKEN_V2'],
    ['process.env.Home', 'Home'],
    ['2fa', 'VAR_2FA'],
    ['username', 'VAR_USERNAME'],
    ['http_proxy', 'VAR_HTTP_PROXY'],
    ['пароль', 'VAR'],
  ])('%s is %s', (name, expected) => expect(envNameOf(name)).toBe(expected))
})
