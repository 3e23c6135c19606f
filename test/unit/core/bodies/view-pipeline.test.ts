import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import type { Layout } from '../../../../src-main/core/bodies/body-language.ts'
import { transformFor } from '../../../../src-main/core/bodies/view-job.ts'
import { createViewPipeline, MAX_TEXT_UNITS, type ViewResult } from '../../../../src-main/core/bodies/view-pipeline.ts'

async function view(body: Uint8Array | string, layout: Layout | null, encoding = 'utf-8'): Promise<ViewResult & { written: string }> {
  const out: Buffer[] = []
  const pipeline = createViewPipeline(encoding, await transformFor(layout), (bytes) => out.push(Buffer.from(bytes)))
  pipeline.write(Buffer.from(body))
  return { ...pipeline.finish(), written: Buffer.concat(out).toString('utf8') }
}

describe('createViewPipeline', () => {
  test('decodes, lays out, counts and keeps the text', async () => {
    const { text, written, length, index, note } = await view(iconv.encode('{"é":[]}', 'utf-16le'), 'json', 'utf-16le')

    expect(text).toBe('{\n  "é": []\n}')
    expect(written).toBe(text)
    expect({ length, lines: index.lines, note }).toEqual({ length: 13, lines: 3, note: null })
  })

  test('names the place where JSON breaks off', async () => {
    expect((await view('{"a":1}\n{"b" 2}', 'json')).note).toBe(
      'Not valid JSON from line 2, column 6 of the body on: expected “:”. The rest is shown as it came.',
    )
  })

  test('ignores the byte order mark of JSON', async () => {
    expect((await view('\ufeff{"a":1}', 'json')).text).toBe('{\n  "a": 1\n}')
  })

  test('does not keep a long text', async () => {
    const long = await view('x'.repeat(MAX_TEXT_UNITS + 1), null)

    expect(long.text).toBeNull()
    expect(long.length).toBe(MAX_TEXT_UNITS + 1)
    expect((await view('x'.repeat(MAX_TEXT_UNITS), null)).text).not.toBeNull()
  })

  test('indexes a UTF-8 body in place, past its mark', () => {
    const pipeline = createViewPipeline('utf-8', { kind: 'none' }, null)
    pipeline.write(Buffer.from('\ufeffone\ntwo é'))
    const { index, text, length } = pipeline.finish()

    expect({ entries: [...index.entries], lines: index.lines, end: index.end, text, length }).toEqual({
      entries: [0, 3],
      lines: 2,
      end: 13,
      text: 'one\ntwo é',
      length: 9,
    })
  })

  test('shows an empty body as one empty line, without a note', async () => {
    for (const layout of [null, 'json', 'xml', 'html', 'css', 'javascript', 'form', 'yaml', 'words of html', 'words of xml'] as const) {
      const { text, index, note } = await view('', layout)
      expect({ text, lines: index.lines, note }).toEqual({ text: '', lines: 1, note: null })
    }
  })

  test.each([
    ['xml', '<?xml version="1.0"?><a><b k="1">x</b><c/></a>', '<?xml version="1.0"?>\n<a>\n  <b k="1">x</b>\n  <c/>\n</a>'],
    ['html', '<ul><li>a</li><li>b</li></ul>', '<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>'],
    ['css', 'a{b:c;d:e}', 'a {\n  b: c;\n  d: e\n}'],
    ['javascript', 'function f(){return 1}', 'function f() {\n  return 1\n}'],
    [
      'yaml',
      '# top\na:   {x: 1,y: "two"}\nb:\n    - 1\n    -   z: |\n          long\n---\nc',
      '# top\na: { x: 1, y: "two" }\nb:\n  - 1\n  - z: |\n      long\n---\nc',
    ],
    ['words of html', '<p>a &amp; b</p><p>c</p>', 'a & b\n\nc'],
    ['words of xml', '<r><a>1</a><b>2</b></r>', '1\n2'],
    ['json', '{"a":1}\n{"b":[]}\n3\n4', '{\n  "a": 1\n}\n\n{\n  "b": []\n}\n\n3\n4'],
    ['form', 'name=J%C3%BCrgen+M&x=%zz&lines=a%0Ab&flag', 'name = Jürgen M\nx = %zz\nlines = a\n    b\nflag = '],
  ] as const)('lays out %s', async (layout, body, expected) => {
    expect(await view(body, layout)).toMatchObject({ text: expected, note: null })
  })

  test('shows YAML that is broken, or would read differently, as it came', async () => {
    for (const body of ['a: [1', 'a: 1\na: 2', `a: &a [x]\n${'b: [*a, *a]\n'.repeat(1)}c: "\\q"`]) {
      const { text, note } = await view(body, 'yaml')
      expect(text).toBe(body)
      expect(note).toMatch(/^Shown as it came, because it could not be laid out as YAML: /)
    }
  })

  test('keeps text inside XML elements that hold text as it is', async () => {
    const mixed = '<p>some <b>bold</b>  text</p>'

    expect((await view(mixed, 'xml')).text).toBe(mixed)
  })

  test('shows broken XML as it came, and says why', async () => {
    expect(await view('<a><b></a>', 'xml')).toMatchObject({
      text: '<a><b></a>',
      note: 'Shown as it came, because it could not be laid out as XML: Failed to parse XML.',
    })
    expect((await view('<a>'.repeat(50_000) + '</a>'.repeat(50_000), 'xml')).note).toContain('it is nested too deeply')
  })
})
