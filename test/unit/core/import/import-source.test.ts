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

  test.each([
    ['JSON', '{"a": "[", "b":\n' + '['.repeat(300) + ']'.repeat(300) + '}', 'line 2, column 200'],
    ['YAML in brackets', 'a: x\nb: ' + '['.repeat(300) + ']'.repeat(300), 'line 2, column 203'],
    ['YAML that no parser has room for', 'openapi: 3.1.0\nx:\n  ' + '- '.repeat(100_000) + 'a', 'line 3, column'],
    [
      'YAML of which aliases make the depth',
      `a: &a ${'['.repeat(150)}${']'.repeat(150)}\nb: ${'['.repeat(80)}*a${']'.repeat(80)}`,
      'line 2, column 84',
    ],
  ])('is refused where it is nested deeper than any program writes: %s', (_what, text, place) => {
    expect(() => sourceFile('x', text).data()).toThrow(`x is nested more than 200 levels deep: ${place}`)
  })

  test('cannot stand for more by its aliases than it is worth', async () => {
    const levels = 'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]}, `.repeat(9)}]`)
    const bomb = ['openapi: 3.1.0', 'a: &a [x, x, x, x, x, x, x, x, x]', ...levels].join('\n')
    const said = 'api.yaml has aliases that stand for more than 1,000,000 values: line 8, column 8.'

    await expect(readImport([sourceFile('api.yaml', bomb)], IMPORTERS, { tools: countingTools() })).rejects.toThrow(said)
    expect(() => sourceFile('', 'a: &a [*a]').data()).toThrow('The text has an alias that stands for itself: line 1, column 8.')
    expect(() => sourceFile('', `a: &a 1\nb:\n${'- *a\n'.repeat(20_001)}`).data()).toThrow(
      'more than 20,000 aliases: line 20003, column 3.',
    )
  })

  test('has aliases as often as people use them, and mappings that are merged', () => {
    const data = sourceFile('', `a: &a { x: 1, y: 2 }\nb: { <<: *a, y: 3 }\nc:\n${'- *a\n'.repeat(3000)}`).data()

    expect(data).toMatchObject({ b: { x: 1, y: 3 } })
    expect(data).toHaveProperty('c.length', 3000)
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
