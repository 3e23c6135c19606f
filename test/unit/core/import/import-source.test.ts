import { describe, expect, test } from 'vitest'
import { sourceFile } from '#core/import/import-source.ts'
import { IMPORTERS } from '#core/import/importers.ts'
import { readImport } from '#core/import/read-import.ts'
import { countingTools } from '../../../support/import-samples.ts'

describe('a text that is imported', () => {
  test('is JSON, or YAML, or neither', () => {
    expect(sourceFile('', '\uFEFF{"a": [1]}').json()).toEqual({ a: [1] })
    expect(sourceFile('', 'a:\n  - 1\n').json()).toBeUndefined()
    expect(sourceFile('', 'a:\n  - 1\n').data()).toEqual({ a: [1] })
    expect(sourceFile('', '{a: [1]}').data()).toEqual({ a: [1] })
    expect(sourceFile('', 'Dear all').data()).toBeUndefined()
  })

  test('is refused where it is nested deeper than any program writes', () => {
    const deep = '['.repeat(300) + ']'.repeat(300)

    expect(() => sourceFile('', deep).json()).toThrow('nested more than 200 levels')
  })

  test('cannot stand for more by its aliases than it is worth', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]}, `.repeat(9)}]`),
    ]

    expect(sourceFile('', bomb.join('\n')).data()).toBeUndefined()
  })

  test('that is large and broken JSON is told at once to be none', () => {
    const broken = `{"items": [${'{"a": "text", "b": [1, 2]},'.repeat(400_000)}`
    const started = performance.now()

    expect(sourceFile('', broken).data()).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('a note about what was not understood', () => {
  test.each([
    ['a header without a colon', 'curl https://a.test/ -H "Authorization Bearer t0p-s3cret"'],
    ['a header that is a token alone', 'curl https://a.test/ -H t0p-s3cret'],
    ['a field without a value', 'curl https://a.test/ -F t0p-s3cret'],
    ['an item of HTTPie', 'http POST https://a.test/ t0p-s3cret'],
  ])('says nothing of what may be a secret: %s', async (_what, text) => {
    const { notes } = await readImport([sourceFile('', text)], IMPORTERS, { tools: countingTools() })

    expect(notes.length).toBeGreaterThan(0)
    expect(JSON.stringify(notes)).not.toContain('s3cret')
  })
})
