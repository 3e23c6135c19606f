import { describe, expect, test } from 'vitest'
import type { WireError } from '#contract/errors.ts'
import { optionProblems } from '../../../../src-renderer/forms/option-problems.ts'
import { outerOptions } from '../../../../src-renderer/features/layers/use-outer.ts'

const problem = (field: string): WireError => ({
  kind: 'InvalidOption',
  stage: 'prepare',
  message: field,
  where: { section: 'options', field },
})

describe('optionProblems', () => {
  test('keeps those of options that are set here, not those of what is around', () => {
    const found = optionProblems([problem('timeout.read'), problem('maxRedirects')], { timeout: { read: -1 } }, {})

    expect(found.map(({ message }) => message)).toEqual(['timeout.read'])
  })

  test('a text that is no number is one, until the option is changed by something else', () => {
    const typed = { 'timeout.read': { text: 'abc', value: 5, label: 'Read timeout', fault: '“abc” is no number.' } }

    expect(optionProblems([], { timeout: { read: 5 } }, typed).map(({ message }) => message)).toEqual(['Read timeout: “abc” is no number.'])
    expect(optionProblems([], { timeout: { read: 6 } }, typed)).toEqual([])
  })
})

test('options from further out are listed with where each is from, the nearest first', () => {
  const session = { layer: 'session', name: 'alice' } as const
  const collection = { layer: 'collection', id: null, name: 'Shop' } as const

  expect(
    outerOptions([
      { origin: session, headers: [], auth: { kind: 'none' }, variables: [], options: { http2: true } },
      { origin: collection, headers: [], auth: { kind: 'none' }, variables: [], options: { http2: false, lenient: true } },
    ]),
  ).toEqual([
    { key: 'http2', value: true, origin: session },
    { key: 'http2', value: false, origin: collection },
    { key: 'lenient', value: true, origin: collection },
  ])
})
