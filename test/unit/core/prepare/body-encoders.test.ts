import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import type { Body } from '#contract/model/request.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { createProblems } from '#core/prepare/problems.ts'
import type { Variables } from '#core/prepare/references.ts'
import { fillIn } from '#core/prepare/variables.ts'

function filled(body: Body, values: Readonly<Record<string, string>>, isRaw = false): string {
  const variables: Variables = { lookUp: (name) => ({ kind: 'value', value: values[name] ?? '', isRaw }) }
  const { body: made } = fillIn({ ...emptyRequest(), body }, variables, createProblems())
  return made.kind === 'json' || made.kind === 'xml' || made.kind === 'text' ? made.text : made.kind === 'graphql' ? made.variables : ''
}

const json = (text: string): Body => ({ kind: 'json', text, asTyped: false })

describe('a value in a JSON body', () => {
  test.for([
    ['{"p": "{{v}}"}', 'say "hi"\\\n', '{"p": "say \\"hi\\"\\\\\\n"}'],
    ['{"p": "a\\"{{v}}", "q": {{v}}}', '"1"', '{"p": "a\\"\\"1\\"", "q": "1"}'],
    ['{{v}}', '{"a": [1]}', '{"a": [1]}'],
    ['["{{ " }}", "{{v}}"]', '\t', '["", "\\t"]'],
    ['{"{{v}}": true}', 'a"b', '{"a\\"b": true}'],
  ] as const)('%s with %j', ([text, v, expected]) => {
    expect(filled(json(text), { v })).toBe(expected)
  })

  test('is read back as what it is, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(JSON.parse(filled(json('{"{{a}}x": ["\\\\", "{{b}}", "\\"{{a}}"]}'), { a, b }))).toEqual({ [`${a}x`]: ['\\', b, `"${a}`] })
      }),
    )
  })

  test('is put in as it is where its variable is raw', () => {
    expect(filled(json('"{{v}}"'), { v: '\\u00e9' }, true)).toBe('"\\u00e9"')
  })

  test('goes into the variables of GraphQL in the same way', () => {
    expect(filled({ kind: 'graphql', query: '', variables: '{"p": "{{v}}"}' }, { v: '"' })).toBe('{"p": "\\""}')
  })
})

describe('a value in an XML body', () => {
  const xml = (text: string): Body => ({ kind: 'xml', text })

  test.for([
    ['<a b="{{v}}">{{v}}</a>', '<"&\'>', '<a b="&lt;&quot;&amp;&apos;&gt;">&lt;&quot;&amp;&apos;&gt;</a>'],
    ['<a><![CDATA[{{v}}]]>{{v}}</a>', '<&', '<a><![CDATA[<&]]>&lt;&amp;</a>'],
    ['<!-- {{v}} --><a/>', '<&', '<!-- <& --><a/>'],
    ['<?xml version="1.0"?><a>{{v}}</a>', '&', '<?xml version="1.0"?><a>&amp;</a>'],
  ] as const)('%s with %j', ([text, v, expected]) => {
    expect(filled(xml(text), { v })).toBe(expected)
  })

  test('is put in as it is where its variable is raw', () => {
    expect(filled(xml('<a>{{v}}</a>'), { v: '<b/>' }, true)).toBe('<a><b/></a>')
  })
})

test('a value in a text stands as it is', () => {
  expect(filled({ kind: 'text', text: '"{{v}}"' }, { v: '"<' })).toBe('""<"')
})
