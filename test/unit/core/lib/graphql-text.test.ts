import { expect, test } from 'vitest'
import { jsonOf } from '#core/import/request-parts/body-of-text.ts'
import { graphqlParts, graphqlText } from '#core/lib/graphql-text.ts'

const query = 'query Q($n: Int) { a(n: $n) }'

test.each(['', '{"n":1}', '{ "n": 1.0 }'])('variables %j come back as they stood', (variables) => {
  const text = graphqlText({ query, variables })

  expect(graphqlParts(text, query)).toEqual({ query, variables })
  expect(jsonOf(text)).toEqual({ kind: 'graphql', query, variables })
})

test('a body that is more than a query and its variables, or names them twice, stays JSON', () => {
  const head = graphqlText({ query, variables: '{"n":1}' }).slice(0, -1)

  expect(jsonOf(`${head},"operationName":"Q"}`)).toMatchObject({ kind: 'json' })
  expect(jsonOf(`${head},"variables":{}}`)).toMatchObject({ kind: 'json' })
  expect(jsonOf(`${head} }`)).toMatchObject({ kind: 'json' })
})
