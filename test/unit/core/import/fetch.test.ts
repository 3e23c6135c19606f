import { describe, expect, test } from 'vitest'
import { fetchImporter } from '#core/import/fetch/fetch-importer.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { fuzz, survives } from '../../../support/import-fuzz.ts'
import { condensed, countingTools, samplesOf } from '../../../support/import-samples.ts'

const read = (text: string) => fetchImporter.read([sourceFile('x.js', text)], countingTools())

/** The body's text of the first request. */
function bodyText(text: string): string {
  const [item] = read(text).items
  return item?.kind === 'request' && 'text' in item.document.body ? item.document.body.text : ''
}

describe('JavaScript import', () => {
  test.for(samplesOf('fetch'))('reads $name', ({ files, expected }) => {
    expect(files.map((file) => fetchImporter.detect(file))).not.toContain(0)
    expect(condensed(fetchImporter.read(files, countingTools()))).toEqual(expected)
  })

  test('damaged scripts are read or refused', () => {
    for (const { files } of samplesOf('fetch')) if (files[0]) fuzz(fetchImporter, files[0], { numRuns: 60 })
  })

  test.for([
    ['fetch(', 1, 7],
    ["const a = 1\nfetch('x' 'y')", 2, 11],
    ['const a: string = ; fetch(a)', 1, 19],
    ['const a: = 1; fetch(a)', 1, 10],
    ['fetch(a as)', 1, 11],
    ['let a = 1', 1, 1],
  ] as const)('says where %j is broken', ([text, line, column]) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ kind: 'Unreadable', parts: expect.objectContaining({ details: { file: 'x.js', line, column } }) }),
    )
  })

  test.for([
    ['JSON.stringify({ a: 1e21, b: undefined, "c d": [null, -0.5], [`e${1}`]: {} })', '{"a":1e+21,"c d":[null,-0.5],"e1":{}}'],
    ['JSON.stringify({ a: { b: 1 } }, null, 2)', '{\n  "a": {\n    "b": 1\n  }\n}'],
    ['JSON.stringify({ __proto__: 1, constructor: 2 })', '{"__proto__":1,"constructor":2}'],
    ['`a${b.c}${`${1}`}`', 'a{{b.c}}1'],
    ["'a' + (x ?? 'b')", 'ab'],
    ['encodeURIComponent("a b&")', 'a%20b%26'],
    ['Buffer.from("ada:pw").toString("base64")', 'YWRhOnB3'],
  ] as const)('%s comes to %s', ([code, text]) => {
    expect(bodyText(`fetch('https://h.test', { method: 'POST', body: ${code} })`)).toBe(text)
  })

  test('calls of other clients are told with their line', () => {
    const { items, notes } = read("fetch('https://h.test/a')\n$.ajax({ url: '/b' })\ngot.post('https://h.test/c')\nmap.get('d')")

    expect(items).toHaveLength(1)
    expect(notes.map(({ severity, line, message }) => [severity, line, message])).toEqual([
      ['lost', 2, 'A call of $.ajax is not read: only those of fetch and axios are.'],
      ['lost', 3, 'A call of got.post is not read: only those of fetch and axios are.'],
    ])
  })

  test.for([
    ['const f = async <T,>(x: T): Promise<T> => { await fetch(`https://h.test/${(x as any)!}`); return x }', 'https://h.test/{{x}}'],
    ['fetch(<string>("https://h.test/" + "a"))', 'https://h.test/a'],
    ['fetch("https://h.test/a" satisfies string as unknown as URL)', 'https://h.test/a'],
    ['const view = <div>{1}</div>; fetch("https://h.test/a" as string)', 'https://h.test/a'],
    ['fetch("https://h.test/a" as '.repeat(1) + 'X'.repeat(50_000) + ')', 'https://h.test/a'],
  ] as const)('types of TypeScript say nothing: %j', ([code, url]) => {
    const [item] = read(code).items
    expect(item?.kind === 'request' && item.document.url).toBe(url)
  })

  test('a variable that is made of itself is a reference', () => {
    expect(bodyText("let a = a + 'x'; fetch('https://h.test', { method: 'POST', body: a })")).toBe('{{a}}x')
  })

  test.for([
    ["fetch('https://h.test')", '', 3],
    ["const r = await fetch('https://h.test')", 'x.mjs', 3],
    ["function f() { return axios.get('https://h.test') }", 'x.ts', 2],
    ['fetch me a coffee', '', 0],
    ["fetch('https://h.test')", 'x.py', 0],
    ['curl https://h.test', '', 0],
  ] as const)('is as sure as it can be of %j named %s', ([text, name, sureness]) => {
    expect(fetchImporter.detect(sourceFile(name, text))).toBe(sureness)
  })

  test.for([
    ['brackets', `fetch(${'['.repeat(20_000)}`],
    ['sums', `fetch(${"'a' + ".repeat(20_000)}'b')`],
    [
      'doubling constants',
      `${Array.from({ length: 60 }, (_none, index) => `const a${index + 1} = [a${index}, a${index}]`).join('\n')}\nfetch('https://h.test', { body: JSON.stringify(a60) })`,
    ],
    [
      'doubling texts',
      `const a0 = 'x'\n${Array.from({ length: 60 }, (_none, index) => `const a${index + 1} = a${index} + a${index}`).join('\n')}\nfetch(a60)`,
    ],
    ['casts', `fetch('https://h.test'${' as any'.repeat(5_000)})`],
    ['types', `let a: ${'Array<'.repeat(3_000)}0${'>'.repeat(3_000)}; fetch('https://h.test')`],
    ['calls', "fetch('https://h.test');\n".repeat(3000)],
  ] as const)('survives many %s', ([, text]) => {
    survives(fetchImporter, [sourceFile('x.js', text)])
  })
})
