import { describe, expect, test } from 'vitest'
import { validateJson } from '#core/bodies/query-schema.ts'

async function faults(value: unknown, schema: unknown): Promise<unknown> {
  const result = await validateJson(JSON.stringify(value), JSON.stringify(schema))
  return result.kind === 'validity' ? result.faults : result.message
}

describe('validateJson', () => {
  test('says nothing of what holds, and each fault with its place', async () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['name', 'mail'],
      properties: {
        name: { type: 'string' },
        mail: { type: 'string', format: 'email' },
        kind: { enum: ['a', 'b'] },
        tags: { type: 'array', items: { $ref: '#/$defs/tag' } },
        'odd/name': { type: 'integer' },
      },
      additionalProperties: false,
      $defs: { tag: { type: 'integer', minimum: 1 } },
    }

    expect(await faults({ name: 'Ann', mail: 'a@b.example', tags: [1] }, schema)).toEqual([])
    expect(await faults({ name: 1, mail: 'x', kind: 'c', tags: [0, 'x'], 'odd/name': 1.5, more: 1 }, schema)).toEqual([
      '$ must NOT have additional properties: "more"',
      '$.name must be string',
      '$.mail must match format "email"',
      '$.kind must be equal to one of the allowed values: "a", "b"',
      '$.tags[0] must be >= 1',
      '$.tags[1] must be integer',
      '$["odd/name"] must be integer',
    ])
    expect(await faults({}, schema)).toEqual(["$ must have required property 'name'", "$ must have required property 'mail'"])
  })

  test.each([
    ['2020-12', { $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: [{ type: 'string' }], items: false }],
    ['2019-09', { $schema: 'https://json-schema.org/draft/2019-09/schema', items: [{ type: 'string' }], additionalItems: false }],
    ['07', { $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'string' }], additionalItems: false }],
    ['06', { $schema: 'http://json-schema.org/draft-06/schema#', items: [{ type: 'string' }], additionalItems: false }],
    [
      '04',
      { $schema: 'http://json-schema.org/draft-04/schema#', id: 'http://x.example/a', items: [{ type: 'string' }], additionalItems: false },
    ],
    ['of none', { items: [{ type: 'string' }], additionalItems: false }],
    ['of none, in the newest words', { prefixItems: [{ type: 'string' }], items: false }],
  ])('knows draft %s', async (_draft, schema) => {
    expect(await faults(['a'], schema)).toEqual([])
    expect(await faults([1], schema)).toEqual(['$[0] must be string'])
    expect(await faults(['a', 'b'], schema)).toHaveLength(1)
  })

  test('limits of draft 04 exclude by a switch', async () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-04/schema#',
      properties: { minimum: { minimum: 1, exclusiveMinimum: true }, b: { maximum: 5, exclusiveMaximum: false } },
    }

    expect(await faults({ minimum: 1.5, b: 5 }, schema)).toEqual([])
    expect(await faults({ minimum: 1, b: 6 }, schema)).toEqual(['$.b must be <= 5', '$.minimum must be > 1'])
  })

  test('what cannot be used is said', async () => {
    expect(await faults({}, { type: 'objekt' })).toBe('The schema is none: $.type must be equal to one of the allowed values.')
    expect(await faults({}, { $ref: 'https://x.example/other.json' })).toBe(
      'The schema refers to https://x.example/other.json, which is not in it: nothing else is read or fetched.',
    )
    expect(await faults({}, { properties: { id: { $ref: '#/$defs/none' } } })).toBe(
      'The schema refers to #/$defs/none, which is not in it: nothing else is read or fetched.',
    )
    expect(await faults({}, { properties: { id: { pattern: '(' } } })).toMatch(/^The schema .*\(/)
    expect(await faults({}, [])).toBe('The schema is no object.')
    expect(await validateJson('{', '{}')).toMatchObject({ kind: 'problem', of: 'body' })
    expect(await validateJson('{}', '{')).toMatchObject({
      kind: 'problem',
      message: expect.stringMatching(/^The schema is not JSON/) as string,
    })
  })
})
