import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CODE_LANGUAGES } from '#contract/model/code-languages.ts'
import type { Part } from '#contract/model/request.ts'
import { MAX_LITERAL_BYTES } from '#core/codegen/large-body.ts'
import { generatorOf } from '#core/codegen/languages.ts'
import { codeSourceOf } from '#core/commands/code-source.ts'
import { subjectOf, surroundingsOf } from '../../../support/code-kit.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const LARGE = 'x'.repeat(2 * 1024 * 1024)

describe.each(CODE_LANGUAGES.map(({ id }) => id))('code of %s', (language) => {
  test('reads a body from a file that is too large to stand in it, and says so', async () => {
    const body = { kind: 'json', text: JSON.stringify({ a: LARGE }), asTyped: false } as const
    const { source, notes } = await codeSourceOf(subjectOf({ method: 'POST', body }), surroundingsOf(), 'environment')

    const { text } = (await generatorOf(language))(source)

    expect(text.length).toBeLessThan(4000)
    expect(text).toContain('body.json')
    expect(text).toContain('application/json')
    expect(notes).toEqual([
      { severity: 'changed', message: 'The body of 2,049 KiB is too large to stand in the code: save it as body.json beside it.' },
    ])
  })

  test('holds a form of parts that is too large as a file, with its boundary', async () => {
    const part: Part = { kind: 'text', name: 'a', value: LARGE, enabled: true, contentType: '', headers: [] }
    const { source } = await codeSourceOf(
      subjectOf({ method: 'POST', body: { kind: 'multipart', parts: [part] } }),
      surroundingsOf(),
      'environment',
    )

    const { text } = (await generatorOf(language))(source)

    expect(text.length).toBeLessThan(4000)
    expect(text).toMatch(/multipart\/form-data; ?boundary/)
  })
})

describe('a body of a size', () => {
  test('that a literal may have stays in the code', async () => {
    const text = 'x'.repeat(MAX_LITERAL_BYTES)
    const { source, notes } = await codeSourceOf(
      subjectOf({ method: 'POST', body: { kind: 'text', text } }),
      surroundingsOf(),
      'environment',
    )

    expect(source.form.body).toMatchObject({ kind: 'text', text })
    expect(notes).toEqual([])
  })

  test('of files is no matter, but large texts beside them are files too', async () => {
    const folder = await tempDir()
    await writeFile(join(folder, 'big.bin'), LARGE)
    const file: Part = { kind: 'file', name: 'f', files: ['big.bin'], filename: '', enabled: true, contentType: '', headers: [] }
    const small: Part = { kind: 'text', name: 's', value: 'small', enabled: true, contentType: '', headers: [] }
    const around = { root: folder }
    const ofFile = await codeSourceOf(
      subjectOf({ method: 'POST', body: { kind: 'multipart', parts: [file, small] } }, around),
      surroundingsOf(around),
      'environment',
    )
    const large: Part = { ...small, name: 'l', value: LARGE }
    const ofBoth = await codeSourceOf(
      subjectOf({ method: 'POST', body: { kind: 'multipart', parts: [file, small, large] } }, around),
      surroundingsOf(around),
      'environment',
    )

    expect(ofFile.notes).toEqual([])
    expect(ofBoth.source.form.body).toMatchObject({ parts: [file, small, { kind: 'file', name: 'l', files: ['part-3.txt'] }] })
    expect(ofBoth.notes).toHaveLength(1)
  })
})
