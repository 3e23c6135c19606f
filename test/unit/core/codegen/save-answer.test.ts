import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SAVING_LANGUAGES } from '#contract/model/code-languages.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { generatorOf } from '#core/codegen/languages.ts'
import { generatePython } from '#core/codegen/python/generate.ts'
import type { Code } from '#core/codegen/code-source.ts'
import { codeSourceOf } from '#core/commands/code-source.ts'
import { subjectOf, surroundingsOf } from '../../../support/code-kit.ts'

async function saving(document: Partial<RequestDocument>, to?: string): Promise<Code & { readonly file: string | null }> {
  const { source } = await codeSourceOf(subjectOf(document), surroundingsOf(), 'environment', to === undefined ? {} : { to })
  return { ...generatePython(source), file: source.saveTo }
}

describe('the file of an answer', () => {
  test.each([
    ['https://x.test/files/report%202026.pdf?x=1#y', 'report 2026.pdf'],
    ['https://x.test/a/b', 'b'],
    ['https://x.test/', 'response.bin'],
    ['https://x.test', 'response.bin'],
    ['https://x.test/..%2f..%2fetc%2fpasswd', 'etc-passwd'],
    ['https://x.test/%ff.txt', 'ff.txt'],
    ['https://x.test/files/{{token}}', 'response.bin'],
  ])('of %s is %s', async (url, name) => {
    expect((await saving({ url })).file).toBe(name)
  })

  test('is another than one that is sent', async () => {
    const { file, text } = await saving({
      method: 'PUT',
      url: 'https://x.test/package.json',
      body: { kind: 'file', path: resolve('package.json'), contentType: '' },
    })
    expect(file).toBe('response-package.json')
    expect(text).toContain('with open("response-package.json", "wb") as saved:')
  })

  test('is what was asked for', async () => {
    expect((await saving({}, 'out/"a".bin')).file).toBe('out/"a".bin')
  })

  test('is none of a HEAD', async () => {
    const { file, text } = await saving({ method: 'HEAD' }, 'a.txt')
    expect(file).toBeNull()
    expect(text).not.toContain('stream')
  })
})

describe('code that saves the answer', () => {
  test('is as the documentation of requests has it', async () => {
    expect(
      (await saving({ url: 'https://x.test/report.pdf', options: { behaviour: 'requests', timeout: { connect: 5, read: 5 } } })).text,
    ).toBe(
      `import requests

with requests.get("https://x.test/report.pdf", timeout=5, stream=True) as response:
    response.raise_for_status()
    with open("report.pdf", "wb") as file:
        for chunk in response.iter_content(chunk_size=1024 * 1024):
            file.write(chunk)

print(response.status_code)
`,
    )
  })

  test('has everything inside its session', async () => {
    const { text } = await saving({ url: 'https://x.test/a', options: { behaviour: 'requests', maxRedirects: 3 } })
    expect(text).toContain(`with requests.Session() as session:
    session.max_redirects = 3
    with session.get("https://x.test/a", stream=True) as response:
        response.raise_for_status()
        with open("a", "wb") as file:
`)
  })

  test.each([
    [26, 'with requests.get("https://x.test/'],
    [27, 'with requests.get(\n'],
  ])('keeps a line of its opening within the width, its end included: %i', async (length, opening) => {
    const { text } = await saving({ url: `https://x.test/${'a'.repeat(length)}`, options: { behaviour: 'requests' } }, 'a')
    expect(text).toContain(opening)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(88)
  })

  test.each(['go', 'fetch', 'http-client'] as const)('is none in %s, which says so', async (language) => {
    const { source } = await codeSourceOf(subjectOf({}), surroundingsOf(), 'environment', { to: 'a.txt' })
    const { notes } = (await generatorOf(language))(source)
    expect(SAVING_LANGUAGES.has(language)).toBe(false)
    expect(notes).toContainEqual({ severity: 'lost', message: 'The code does not write the answer to a.txt.' })
  })
})
