import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseExpression } from '#core/checks/parse-expression.ts'

function understood(text: string): unknown {
  const { kind, ...rest } = parseExpression(text)
  return kind === 'expression' ? rest : kind
}

describe('parseExpression', () => {
  test.each([
    ['res.status', { kind: 'status' }, []],
    [' res . status ', { kind: 'status' }, []],
    ['res.getStatus()', { kind: 'status' }, []],
    ["res.headers['content-type']", { kind: 'headers' }, ['content-type']],
    ['res.headers.content-type', { kind: 'headers' }, ['content-type']],
    ['res.headers.location', { kind: 'headers' }, ['location']],
    ["res.getHeader('x-id')", { kind: 'headers' }, ['x-id']],
    ["res.headers.get('x-id')", { kind: 'headers' }, ['x-id']],
    ['res.body.items[0].id', { kind: 'body' }, ['items', 0, 'id']],
    ["res.body?.['a b'].naïve", { kind: 'body' }, ['a b', 'naïve']],
    ['res.getBody().a', { kind: 'body' }, ['a']],
    ['res.history.length', { kind: 'history' }, ['length']],
    ['res.cookies.sid', { kind: 'cookies' }, ['sid']],
    ["res.jsonpath('$..id')[0]", { kind: 'query', language: 'jsonpath', query: '$..id' }, [0]],
    ['res.xpath("//a[@b=\'c\']")', { kind: 'query', language: 'xpath', query: "//a[@b='c']" }, []],
    ["res.css('h1')", { kind: 'query', language: 'css', query: 'h1' }, []],
    [String.raw`res.regex('id=(\\d+)')`, { kind: 'regex', pattern: String.raw`id=(\d+)`, flags: '' }, []],
    [String.raw`res.regex('id=(\d+)')`, { kind: 'regex', pattern: String.raw`id=(\d+)`, flags: '' }, []],
    ['res.regex(/id=([/]+)/i)', { kind: 'regex', pattern: 'id=([/]+)', flags: 'i' }, []],
    ['res.schema({"type": "object", "x": "}"})', { kind: 'schema', schema: { kind: 'inline', text: '{"type": "object", "x": "}"}' } }, []],
    ["res.schema('./user.schema.json')", { kind: 'schema', schema: { kind: 'file', path: './user.schema.json' } }, []],
    ["res('order.items[0].amount')", { kind: 'loose', path: [step('order'), step('items'), step(0), step('amount')] }, []],
    ["res('..id')", { kind: 'loose', path: [{ key: 'id', deep: true }] }, []],
    ['req.getMethod()', { kind: 'requestMethod' }, []],
    ['res.raise_for_status()', { kind: 'gate' }, []],
  ])('%s', (text, source, steps) => {
    expect(understood(text)).toEqual({ source, steps })
  })

  test.each([
    '',
    'status',
    'res',
    'res.',
    'res.nothing',
    'res.body.a + 1',
    'res.body.map((x) => x)',
    "res.css('h1",
    'res.body[',
    'res.body[a]',
    'res.schema({a: 1})',
    'res.getStatus(1)',
    '`${res.status}`',
    'res.constructor',
    'res.__proto__',
    'res.toString()',
  ])('leaves %j to whoever can evaluate it, and says where it was lost', (text) => {
    const parsed = parseExpression(text)

    expect(parsed).toMatchObject({ kind: 'unknown', message: expect.stringMatching(/\w/) as string })
    if (parsed.kind === 'unknown') expect(parsed.position).toBeLessThanOrEqual(text.length)
  })

  test('has an answer for any text', () => {
    const words = fc.constantFrom(
      'res',
      'req',
      '.',
      'body',
      'status',
      'headers',
      "['",
      "']",
      '[',
      ']',
      '(',
      ')',
      '"',
      "'",
      '`',
      '\\',
      '{',
      '}',
      '0',
      '12',
      '..',
      '?.',
      '/',
      'jsonpath',
      'regex',
      'schema',
      ' ',
      'é',
      '\n',
      ',',
      '${',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(words).map((parts) => parts.join('')),
          fc.array(words).map((parts) => `res.${parts.join('')}`),
        ),
        (text) => {
          const parsed = parseExpression(text)
          return parsed.kind === 'expression' || (parsed.position >= 0 && parsed.position <= text.length + 1)
        },
      ),
      { numRuns: 5000 },
    )
  })

  test('reads back every name and index that it is given', () => {
    const steps = fc.array(fc.oneof(fc.string(), fc.nat({ max: 1e9 })), { maxLength: 6 })
    fc.assert(
      fc.property(steps, (path) => {
        const text = `res.body${path.map((one) => (typeof one === 'number' ? `[${one}]` : `[${JSON.stringify(one)}]`)).join('')}`
        expect(understood(text)).toEqual({ source: { kind: 'body' }, steps: path })
      }),
    )
  })
})

function step(key: string | number): { key: string | number; deep: boolean } {
  return { key, deep: false }
}
