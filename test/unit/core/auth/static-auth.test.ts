import { describe, expect, test } from 'vitest'
import type { Auth } from '#contract/model/request.ts'
import { emptyAuth } from '#contract/model/request-defaults.ts'
import { staticAuth, type StaticSurroundings } from '#core/auth/static-auth.ts'

const AROUND: StaticSurroundings = {
  charset: 'utf-8',
  tokenFor: async () => ({ value: 'tkn', note: 'It holds for an hour.', isExpired: false }),
}
const basic = (username: string, password: string, charset?: 'utf-8' | 'latin-1'): Auth => ({
  kind: 'basic',
  username,
  password,
  ...(charset && { charset }),
})
const value = async (auth: Auth, around = AROUND): Promise<string | undefined> => (await staticAuth(auth, around)).headers[0]?.value

describe('Basic', () => {
  test('is UTF-8 unless Latin-1 is chosen, here or by the behaviour', async () => {
    expect(await value(basic('é', 'p'))).toBe(`Basic ${Buffer.from('é:p').toString('base64')}`)
    expect(await value(basic('é', 'p', 'latin-1'))).toBe(`Basic ${Buffer.from('é:p', 'latin1').toString('base64')}`)
    expect(await value(basic('é', 'p'), { ...AROUND, charset: 'latin-1' })).toBe(await value(basic('é', 'p', 'latin-1')))
    expect(await value(basic('é', 'p', 'utf-8'), { ...AROUND, charset: 'latin-1' })).toBe(await value(basic('é', 'p')))
  })

  test('what Latin-1 has not is refused beside its field', async () => {
    expect((await staticAuth(basic('u', '日本', 'latin-1'), AROUND)).fault).toMatchObject({ field: 'password' })
  })

  test('sends an empty name or password as requests does, and nothing where both are empty', async () => {
    expect(await value(basic('', 'p'))).toBe(`Basic ${btoa(':p')}`)
    expect(await value(basic('u', ''))).toBe(`Basic ${btoa('u:')}`)
    expect(await value(basic('', ''))).toBeUndefined()
  })

  test('warns of a colon in the name', async () => {
    expect((await staticAuth(basic('a:b', 'p'), AROUND)).warnings?.join()).toContain('colon')
  })
})

describe('an OAuth 2.0 token', () => {
  const auth = emptyAuth('oauth2')
  const withFields = (fields: object): Auth => ({ ...auth, ...fields }) // of the same kind as the defaults

  test('goes into the header with its word, or without one', async () => {
    expect((await staticAuth(auth, AROUND)).headers).toEqual([
      { name: 'Authorization', value: 'Bearer tkn', note: 'It holds for an hour.' },
    ])
    expect(await value(withFields({ tokenPrefix: '' }))).toBe('tkn')
  })

  test('or into the query', async () => {
    expect((await staticAuth(withFields({ tokenPlacement: 'query', tokenQueryName: 'a b' }), AROUND)).query).toEqual(['a+b=tkn'])
    expect((await staticAuth(withFields({ tokenPlacement: 'query', tokenQueryName: '' }), AROUND)).fault).toMatchObject({
      field: 'tokenQueryName',
    })
  })

  test('adds nothing while there is none', async () => {
    expect((await staticAuth(auth, { ...AROUND, tokenFor: async () => null })).headers).toEqual([])
  })
})
