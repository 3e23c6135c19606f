import { afterEach, describe, expect, test } from 'vitest'
import { withEnglish } from '../../../../src-renderer/app/english-names.ts'
import {
  actionEntries,
  environmentEntries,
  requestEntries,
  sessionEntries,
  type PaletteEntry,
} from '../../../../src-renderer/app/palette-entries.ts'
import { translatorFrom } from '../../../../src-renderer/languages/catalogue.ts'
import { inEnglish, t, translateBy } from '../../../../src-renderer/lib/t.ts'
import { paletteSearch, piecesOf } from '../../../../src-renderer/app/palette-match.ts'
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

    expect(labels(entries, 'edit dev')).toEqual(['Edit environment dev'])
    expect(entries).toHaveLength(1)
    if (entries[0]?.kind === 'action') entries[0].action.run()
    expect(edited).toEqual(['dev.yml'])
  })

  test('actions that are not hidden', () => {
    const action = (id: string, hidden: boolean) => ({ id, label: id, hidden, run: () => undefined })

    expect(actionEntries([action('a', false), action('b', true)]).map((entry) => entry.key)).toEqual(['a'])
  })

  test('letters in order, words in any order, the path as well: the best first, and every request where nothing is typed', () => {
    const entries = requestEntries([COLLECTION])

    expect(labels(entries, 'users list')).toEqual(['List users'])
    expect(labels(entries, 'LIST')).toEqual(['List users'])
    expect(labels(entries, 'crus')).toEqual(['Create user'])
    expect(labels(entries, 'shop')).toEqual(['x.yml', 'List users', 'Create user'])
    expect(labels(entries, 'nothing')).toEqual([])
    expect(labels(entries, '')).toHaveLength(3)
  })

  test('what was used last comes first, and before what fits alike', () => {
    const entries = requestEntries([COLLECTION])

    expect(labels(entries, '', ['x', 'u/l'])).toEqual(['x.yml', 'List users', 'Create user'])
    expect(labels(entries, 'user')).toEqual(['List users', 'Create user'])
    expect(labels(entries, 'user', ['u/c'])).toEqual(['Create user', 'List users'])
    expect(labels(entries, 'create', ['u/l'])).toEqual(['Create user'])
  })

  test('goes through a large workspace in slices, with the same result', () => {
    const nodes = Array.from({ length: 3000 }, (_none, at) => node(`n${at}`, 'request', null, `Request ${at}`))
    const search = paletteSearch(requestEntries([collectionOf('big', nodes)]), ['n5'])

    const steps = search.inSlices('request 29')
    let slices = 0
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) slices += 1

    expect(slices).toBeGreaterThan(3)
    expect(step.value).toEqual(search.now('request 29'))
    expect(step.value[0]?.entry.label).toBe('Request 29')
    expect(search.now('')[0]?.entry.label).toBe('Request 5')
  })

  test('says which letters were found', () => {
    const [first] = paletteSearch(requestEntries([COLLECTION]), []).now('list')

    expect(piecesOf('List users', first?.ranges ?? [])).toEqual([
      { text: 'List', isFound: true },
      { text: ' users', isFound: false },
    ])
  })
})

describe('the palette in another language', () => {
  afterEach(() => translateBy(null))
  const chinese = { Send: '发送', 'Edit session %{0}': '编辑会话 %{0}' }
  const entries = () => {
    translateBy(translatorFrom('zh-CN', chinese))
    const actions = withEnglish(() => [{ id: 'send', label: t`Send`, run: () => undefined }])
    return [...actionEntries(actions), ...sessionEntries(['alice'], () => undefined)]
  }

  test('finds an action by its name in that language, and by its English one', () => {
    expect(labels(entries(), '发送')).toEqual(['发送'])
    expect(labels(entries(), 'send')).toEqual(['发送'])
    expect(labels(entries(), 'edit alice')).toEqual(['编辑会话 alice'])
    expect(labels(entries(), 'nothing')).toEqual([])
  })

  test('shows the English name where that is what was found, and only there', () => {
    const search = paletteSearch(entries(), [])

    expect(search.now('send').map(({ ranges, english }) => ({ ranges, english }))).toEqual([
      { ranges: [], english: { text: 'Send', ranges: [[0, 3]] } },
    ])
    expect(search.now('发送')[0]?.english).toBeUndefined()
    expect(search.now('')[0]?.english).toBeUndefined()
  })

  test('says everything in its own language afterwards, whatever goes wrong with the English', () => {
    translateBy(translatorFrom('zh-CN', chinese))

    expect(() =>
      inEnglish(() => {
        throw new Error(t`Send`)
      }),
    ).toThrow('Send')
    expect(t`Send`).toBe('发送')
  })

  test('in English there is no second name', () => {
    expect(withEnglish(() => [{ id: 'send', label: t`Send`, run: () => undefined }])[0]).not.toHaveProperty('english')
  })
})

function labels(entries: readonly PaletteEntry[], typed: string, recent: readonly string[] = []): string[] {
  return paletteSearch(entries, recent)
    .now(typed)
    .map(({ entry }) => entry.label)
}
