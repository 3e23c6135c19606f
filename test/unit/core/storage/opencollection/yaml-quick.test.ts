import fc from 'fast-check'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { describe, expect, test } from 'vitest'
import { newRequestText } from '#core/storage/opencollection/request-format.ts'
import { quickDocument } from '#core/storage/opencollection/yaml-quick.ts'
import { laidOut, layout, request } from './arbitraries.ts'

/** All that readers look at: what stands where, as which value, typed how. */
function shape(node: unknown): unknown {
  if (isMap(node)) return { map: node.items.map(({ key, value }) => [shape(key), shape(value)]) }
  if (isSeq(node)) return { list: node.items.map(shape) }
  if (isScalar(node)) return { value: node.value, source: node.source, type: node.type }
  return node
}

/** What `yaml` makes of it; null where it finds a fault. */
function whole(text: string): unknown {
  const { contents, errors } = parseDocument(text, { prettyErrors: false, logLevel: 'error' })
  return errors.length > 0 ? null : shape(contents)
}

function quick(text: string): unknown {
  const document = quickDocument(text)
  return document && shape(document.contents)
}

const PIECES = [
  '\n',
  '\n  ',
  ' ',
  ':',
  ': ',
  '- ',
  '? ',
  '#',
  '"',
  "'",
  '|',
  '>',
  ',',
  '[',
  ']',
  '{',
  '}',
  '&a ',
  '*a',
  '!x ',
  '\t',
  '\r',
  '\\',
  '~',
]

const USUAL = [
  'info:\n  name: Create user\n  type: http\n  seq: 12\n\nhttp:\n  method: POST\n  url: http://x/?a=1&b=2#c\n',
  "http:\n  headers:\n    - name: X-One\n      value: \"a: \\u00e9 \\x41\\n\"\n    - { name: Two, value: 'it''s', disabled: true }\n    -\n      name: three\n",
  'body:\n  type: json\n  data: |-\n    {\n      "a": [1, 2],\n\n      "b": null\n    }\ndocs: >\n  One\n  line.\n\n  Another.\n',
  'numbers: [1, 1.10, 0x1F, 0o17, 1e3, .5, -0, 007, 1_000, .inf, -.INF, .NaN, 9007199254740993]\nwords: [true, False, TRUE, null, Null, ~, yes, no, on]\nempty:\n',
  '# A note\na: plain words # and a note\nb: plain\n  on two lines\nc: "quoted\n  on two"\n2: number\ntrue: word\n"": nothing\n',
]

describe('the quick document', () => {
  test('is that of a whole parse, for whatever Posthaste and people write', () => {
    fc.assert(
      fc.property(request, layout, (document, how) => {
        const text = laidOut(newRequestText(document, 3), how)
        const found = quick(text)

        if (found !== null) expect(found).toEqual(whole(text))
      }),
      { numRuns: 100 },
    )
  })

  test('is that of a whole parse where a text was damaged', () => {
    const damaged = fc.tuple(
      fc.constantFrom(...USUAL),
      fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...PIECES)), { maxLength: 3 }),
    )
    fc.assert(
      fc.property(damaged, ([text, wounds]) => {
        const wounded = wounds.reduce((left, [at, gone, piece]) => {
          const start = at % (left.length + 1)
          return left.slice(0, start) + piece + left.slice(start + gone)
        }, text)
        const found = quick(wounded)

        if (found !== null) expect(found).toEqual(whole(wounded))
      }),
      // The same each time: what the two libraries read apart is found by millions of tries, of which these are the first.
      { numRuns: 4000, seed: 20261122 },
    )
  })

  test.each(USUAL.map((text) => [text.slice(0, 20), text] as const))('is there for %j', (_start, text) => {
    expect(quick(text)).toEqual(whole(text))
    expect(quick(text)).not.toBeNull()
  })

  test.each([
    ['an anchor and its alias', 'a: &x 1\nb: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a directive', '%YAML 1.2\n---\na: 1\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['two documents, by an end', 'a: 1\n...\n...\n'],
    ['a key that is a list', '[a]: 1\n'],
    ['a key without a value', 'a: { b, c: 1 }\n'],
    ['a key by a question mark', '? a\n? b\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a list', '- a\n'],
    ['a text', 'a\n'],
    ['nothing', ''],
    ['what cannot be read', 'a: "b\n'],
    ['a tab that indents', 'a:\n\tb: 1\n'],
    ['a carriage return alone', "a: 'b\rc'\n"],
    ['a line that goes on behind a backslash', 'a: "b\\\n\n  c"\n'],
    ['a block that keeps its last lines', 'a: |+\n\n '],
    ['a block that says how far it is indented', 'a: >-2\n    \nb: 1\n'],
    ['too many levels', 'a: ' + '['.repeat(200) + ']'.repeat(200)],
  ])('is not there for %s', (_name, text) => {
    expect(quickDocument(text)).toBeNull()
  })
})
