import { describe, expect, test } from 'vitest'
import { netrcEntry, netrcFlow, parseNetrc, type Netrc } from '#core/auth/netrc.ts'
import { headerLines, headerOf, preparedRequest } from '../../../support/prepared.ts'

function parsed(text: string): Netrc {
  const result = parseNetrc(text)
  if ('line' in result) throw new Error(`line ${result.line}`)
  return result.netrc
}

describe('parseNetrc', () => {
  test('reads entries over one line or many, and a default', () => {
    const netrc = parsed(
      'machine a.test login ada password one\nmachine b.test\n  login bob\n  password two\n  account acc\ndefault login any password three\n',
    )

    expect(netrcEntry(netrc, 'a.test')).toEqual({ login: 'ada', password: 'one', account: '' })
    expect(netrcEntry(netrc, 'B.TEST')).toEqual({ login: 'bob', password: 'two', account: 'acc' })
    expect(netrcEntry(netrc, 'c.test')).toEqual({ login: 'any', password: 'three', account: '' })
  })

  test('reads quotes, escapes, and values that begin with a hash', () => {
    const netrc = parsed('machine a.test login "ada lovelace" password #one\nmachine b.test login b password "a\\"b c"\n')

    expect(netrcEntry(netrc, 'a.test')).toMatchObject({ login: 'ada lovelace', password: '#one' })
    expect(netrcEntry(netrc, 'b.test')?.password).toBe('a"b c')
  })

  test('passes comments and macros by', () => {
    const netrc = parsed(
      '# mine\nmachine a.test login ada # her\npassword one\nmacdef init\n  machine evil.test login x\n  bin\n\nmachine b.test login bob password two',
    )

    expect([...netrc.machines.keys()]).toEqual(['a.test', 'b.test'])
    expect(netrcEntry(netrc, 'a.test')?.password).toBe('one')
  })

  test('parts words as Python does, at blanks and ends of lines alone', () => {
    const netrc = parsed('machine a.test\r\n\tlogin a\u00a0b password c\fd\r\nmachine b.test login b password e\\ f\\')

    expect(netrcEntry(netrc, 'a.test')).toMatchObject({ login: 'a\u00a0b', password: 'c\fd' })
    expect(netrcEntry(netrc, 'b.test')?.password).toBe('e f')
  })

  test('stops at an empty word, and ends a macro at an empty line alone', () => {
    expect([...parsed('machine a.test login a password b\n"" sesame open\n').machines.keys()]).toEqual(['a.test'])
    expect([...parsed('macdef init\n  cd x\n \n  put y\n\nmachine a.test login a password b\n').machines.keys()]).toEqual(['a.test'])
  })

  test('of two entries for a host the later stands, and no entry is none', () => {
    expect(netrcEntry(parsed('machine a login x password 1 machine a login y password 2'), 'a')?.login).toBe('y')
    expect(netrcEntry(parsed(''), 'a')).toBeNull()
  })

  test.each([
    ['login ada', 1],
    ['machine a\nlogin ada\nsesame open', 3],
    ['machine a\nlogin', 2],
  ])('says which line it does not understand: %j', (text, line) => {
    expect(parseNetrc(text)).toEqual({ line })
  })
})

describe('netrcFlow', () => {
  const netrc = parsed('machine a.test login ada password one\nmachine b.test account acc password two\n')
  const sent = async (url: string, typed: readonly (readonly [string, string])[] = []): Promise<string | undefined> =>
    headerOf(
      await netrcFlow(netrc, '~/.netrc', 'utf-8').sign?.(preparedRequest(url, { headers: headerLines('h', ...typed) }), 'send'),
      'authorization',
    )

  test('sends the entry of the host, whatever the port, and nothing to others', async () => {
    expect(await sent('http://a.test:8080/')).toBe(`Basic ${btoa('ada:one')}`)
    expect(await sent('http://b.test/')).toBe(`Basic ${btoa('acc:two')}`)
    expect(await sent('http://c.test/')).toBeUndefined()
  })

  test('a typed header wins', async () => {
    expect(await sent('http://a.test/', [['Authorization', 'Mine']])).toBe('Mine')
  })

  test('says where it is from', async () => {
    const made = await netrcFlow(netrc, '~/.netrc', 'utf-8').sign?.(preparedRequest('http://a.test/'), 'show')

    expect(made?.headers).toMatchObject([{ source: 'netrc', note: 'From ~/.netrc (machine a.test).' }])
  })
})
