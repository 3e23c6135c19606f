import { describe, expect, test } from 'vitest'
import { actionEntries, environmentEntries, matchingEntries, requestEntries } from '../../../../src-renderer/app/palette-entries.ts'
import type { WireError } from '../../../../src-main/contract/errors.ts'
import { collectionOf, errorOf, node } from '../../../support/renderer-kit.ts'

const COLLECTION = collectionOf('shop', [
  node('u', 'folder', null, 'users'),
  node('u/c', 'request', 'u', 'Create user'),
  node('u/l', 'request', 'u', 'List users'),
  node('x', 'broken', null, 'x.yml'),
])

describe('what the palette lists', () => {
  test('requests and broken files with the path they are at; folders are no entries', () => {
    const entries = requestEntries([COLLECTION])

    expect(entries.map((entry) => (entry.kind === 'request' ? [entry.label, entry.path, entry.method] : []))).toEqual([
      ['Create user', 'shop / users', 'GET'],
      ['List users', 'shop / users', 'GET'],
      ['x.yml', 'shop', null],
    ])
  })

  test('environments that can be read, to be edited', () => {
    const environment = (name: string, error: WireError | null) => ({ name, file: `${name}.yml`, extends: null, color: null, error })
    const edited: string[] = []
    const entries = environmentEntries([environment('dev', null), environment('bad', errorOf('Unreadable'))], ({ file }) =>
      edited.push(file),
    )

    expect(matchingEntries(entries, 'edit dev').map(({ label }) => label)).toEqual(['Edit environment dev'])
    expect(entries).toHaveLength(1)
    if (entries[0]?.kind === 'action') entries[0].action.run()
    expect(edited).toEqual(['dev.yml'])
  })

  test('actions that are not hidden', () => {
    const action = (id: string, hidden: boolean) => ({ id, label: id, keys: [], hidden, run: () => undefined })

    expect(actionEntries([action('a', false), action('b', true)]).map((entry) => entry.key)).toEqual(['a'])
  })

  test('every word must be found, in any order; names that begin with the text come first', () => {
    const entries = requestEntries([COLLECTION])
    const found = (typed: string): string[] => matchingEntries(entries, typed).map((entry) => entry.label)

    expect(found('users list')).toEqual(['List users'])
    expect(found('LIST')).toEqual(['List users'])
    expect(found('get shop')).toEqual(['Create user', 'List users'])
    expect(found('nothing')).toEqual([])
    expect(found('')).toHaveLength(3)
  })
})
