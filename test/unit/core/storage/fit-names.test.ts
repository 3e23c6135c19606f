import { describe, expect, test } from 'vitest'
import type { Session } from '#contract/model/session.ts'
import type { NewEnvironment, NewItem } from '#core/storage/additions.ts'
import { fitEnvironments, fitSessions, withSessionNames } from '#core/storage/fit-names.ts'
import { document } from './workspace-kit.ts'

function session(name: string, header = ''): Session {
  const headers = header === '' ? [] : [{ name: 'X', value: header, enabled: true }]
  return { name, headers, params: [], cookies: [], auth: { kind: 'none' }, options: {}, adapters: [] }
}

function environment(name: string, above: string | null = null): NewEnvironment {
  return { environment: { name, extends: above, dotEnvPath: null, color: null, variables: [] }, secrets: {} }
}

describe('sessions that come to a collection', () => {
  test('have numbered names where theirs are taken, and the default one is never changed', () => {
    const { sessions, renamed } = fitSessions([session('api', 'new'), session('default', 'x')], [session('api', 'old')])

    expect(sessions.map(({ name }) => name)).toEqual(['api 2', 'default 2'])
    expect([...renamed]).toEqual([
      ['api', 'api 2'],
      ['default', 'default 2'],
    ])
  })

  test('are not added where the same one is there', () => {
    const { sessions, renamed } = fitSessions([session('other', 'a')], [session('api', 'a')])

    expect(sessions).toEqual([])
    expect([...renamed]).toEqual([['other', 'api']])
  })

  test('take their requests and folders along', () => {
    const items: NewItem[] = [
      {
        kind: 'folder',
        name: 'F',
        docs: '',
        defaults: { headers: [], auth: { kind: 'none' }, variables: [], options: { session: 'api' } },
        scripts: [],
        secrets: {},
        items: [{ kind: 'request', document: document('r', { options: { session: 'api' } }), examples: [] }],
      },
      { kind: 'request', document: document('s', { options: { session: 'other' } }), examples: [] },
    ]

    expect(withSessionNames(items, new Map([['api', 'api 2']]))).toMatchObject([
      { defaults: { options: { session: 'api 2' } }, items: [{ document: { options: { session: 'api 2' } } }] },
      { document: { options: { session: 'other' } } },
    ])
  })
})

describe('environments that come to a collection', () => {
  test('have numbered names where theirs are taken, and those that they take over from follow', () => {
    const fitted = fitEnvironments([environment('Dev', 'Base'), environment('Base'), environment('Dev')], ['Base'])

    expect(fitted.map(({ environment: { name, extends: above } }) => [name, above])).toEqual([
      ['Dev', 'Base 2'],
      ['Base 2', null],
      ['Dev 2', null],
    ])
  })
})
