import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newRequestText } from '#core/storage/opencollection/request-format.ts'
import { quickSummary, summarise } from '#core/storage/opencollection/request-summary.ts'
import { laidOut, layout, request } from './arbitraries.ts'

const USUAL = 'info:\n  name: Create user\n  type: http\n  seq: 12\n\nhttp:\n  method: POST\n  url: http://x/\n'

describe('the quick look', () => {
  test('finds what the tree shows in a file of the usual shape', () => {
    expect(quickSummary(USUAL, 'f')).toEqual({ kind: 'request', name: 'Create user', method: 'POST', seq: 12, error: null })
  })

  test('never says anything that a whole parse does not', () => {
    fc.assert(
      fc.property(request, layout, (document, how) => {
        const text = laidOut(newRequestText(document, 3), how)
        const quick = quickSummary(text, 'f')
        const whole = summarise(text, 'f.yml', 'f')

        if (quick !== null && whole.kind === 'request') expect(quick).toEqual(whole)
      }),
      { numRuns: 150 },
    )
  })

  test('answers for nearly every file that Posthaste writes', () => {
    fc.assert(
      fc.property(fc.constantFrom('Get user', 'Größe', '日本語', 'a-b (c)', 'v2/x'), fc.constantFrom('GET', 'm-search'), (name, method) => {
        const text = USUAL.replace('Create user', name).replace('POST', method)

        expect(quickSummary(text, 'f')).toMatchObject({ name, method })
      }),
    )
  })

  test.each([
    ['a name of several lines', USUAL.replace('Create user', 'Create\n    user')],
    ['a method of several lines', USUAL.replace('POST', 'POST\n    x')],
    ['an escaped name', USUAL.replace('Create user', '"a\\tb"')],
    ['a comment behind the name', USUAL.replace('Create user', 'a # b')],
    ['brackets', 'info: { name: a, type: http }\nhttp: { method: GET }\n'],
    ['another type', USUAL.replace('type: http', 'type: grpc')],
    ['a document mark', `---\n${USUAL}`],
    ['a key that comes twice', USUAL.replace('  seq: 12\n', '  name: other\n')],
    ['no method', USUAL.replace('  method: POST\n', '')],
  ])('does not answer where it is not sure: %s', (_case, text) => {
    expect(quickSummary(text, 'f')).toBeNull()
  })

  test('is not misled by text that looks like keys', () => {
    const text = USUAL.replace('  url: http://x/\n', '  url: x\n  body:\n    type: text\n    data: |-\n      method: DELETE\n').replace(
      '  method: POST\n',
      '',
    )

    expect(quickSummary(`${text}  method: PUT\n`, 'f')?.method).toBe('PUT')
  })
})

describe('the whole summary', () => {
  test('of a broken file has its name and place, and why it is broken', () => {
    const summary = summarise(`${USUAL}docs: "open\n`, 'f.yml', 'f')

    expect(summary).toMatchObject({ kind: 'broken', name: 'Create user', seq: 12 })
    expect(summary.error).toMatch(/^f\.yml cannot be read: .*\(line 10, column 1\)\.$/)
  })

  test('of a file that tells nothing has the name of the file', () => {
    expect(summarise('{', 'odd name.yml', 'odd name')).toMatchObject({ kind: 'broken', name: 'odd name', seq: undefined })
  })
})
