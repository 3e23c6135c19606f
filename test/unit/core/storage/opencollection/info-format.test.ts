import { describe, expect, test } from 'vitest'
import { newCollectionText, newFolderText, readCollectionFile, readFolderFile, withInfo } from '#core/storage/opencollection/info-format.ts'
import { hardText } from './arbitraries.ts'
import fc from 'fast-check'

describe('withInfo', () => {
  const text = '# top\ninfo:\n    name: Users # the name\n    type: folder\n    seq: 2\nrequest:\n    auth: inherit\n'

  test('changes the name and the number, and nothing else', () => {
    expect(withInfo(text, 'folder.yml', { name: 'People', seq: 5 })).toBe(text.replace('Users', 'People').replace('seq: 2', 'seq: 5'))
  })

  test('gives back the same text where nothing changes', () => {
    expect(withInfo(text, 'folder.yml', { name: 'Users', seq: 2 })).toBe(text)
  })

  test('adds a number where there is none', () => {
    expect(withInfo(text.replace('    seq: 2\n', ''), 'folder.yml', { seq: 1 })).toBe(text.replace('seq: 2', 'seq: 1'))
  })

  test('makes the block where it is missing', () => {
    expect(readFolderFile(withInfo('request: {}\n', 'folder.yml', { name: 'A' }), 'folder.yml').name).toBe('A')
  })

  test('refuses a file that does not parse', () => {
    expect(() => withInfo('info: {', 'folder.yml', { name: 'A' })).toThrow(expect.objectContaining({ kind: 'Unreadable' }))
  })
})

describe('new files', () => {
  test('hold any name', () => {
    fc.assert(
      fc.property(hardText, (name) => {
        expect(readFolderFile(newFolderText(name, 3), 'folder.yml')).toEqual({ name, seq: 3 })
        expect(readCollectionFile(newCollectionText(name), 'opencollection.yml').name).toBe(name)
      }),
      { numRuns: 300 },
    )
  })

  test('look as Bruno expects them', () => {
    expect(newFolderText('Users', 2)).toBe('info:\n  name: Users\n  type: folder\n  seq: 2\n')
    expect(newCollectionText('Shop API')).toBe('opencollection: "1.0.0"\n\ninfo:\n  name: Shop API\n')
  })
})

describe('a collection file', () => {
  test('tells what to ignore, where Bruno writes it now and where it used to', () => {
    const text = 'extensions:\n  ignore: [old]\n  bruno:\n    ignore:\n      - node_modules\n'

    expect(readCollectionFile(text, 'opencollection.yml').ignored).toEqual(['old', 'node_modules'])
  })

  test.each(['bundled: true\n', 'items:\n  - info: { name: A }\n'])('tells that it holds its requests itself: %#', (text) => {
    expect(readCollectionFile(text, 'opencollection.yml').isBundled).toBe(true)
  })
})
