import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editParams } from '#contract/model/params-edit.ts'
import { paramsFromUrl, parseQuery, queryStretches, splitUrl } from '#contract/model/url-query.ts'
import type { Param } from '#contract/model/request.ts'

const query = (name: string, value: string, enabled = true): Param => ({ name, value, enabled, kind: 'query' })

interface State {
  readonly url: string
  readonly params: readonly Param[]
}

const typed = (url: string): State => ({ url, params: paramsFromUrl(url, []) })
const edit = ({ url, params }: State, change: (rows: readonly Param[]) => readonly Param[]): State =>
  editParams(url, params, change(params))
const set = (state: State, at: number, change: Partial<Param>): State =>
  edit(state, (rows) => rows.map((row, index) => (index === at ? { ...row, ...change } : row)))
const flip = (state: State, at: number): State => set(state, at, { enabled: state.params[at]?.enabled !== true })

/** Stretches as people and programs write them: encoded in many ways, half encoded, without `=`, and empty ones. */
const stretch = fc.oneof(
  { weight: 1, arbitrary: fc.constant('') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('b=ü', 'b=%C3%BC', 'a=x%20y', 'a=x+y', 'name', 'a;b=1', '=', '=v', 'q==', 'x=%zz', '{{a&b}}={{c}}', '%7e=~'),
  },
  { weight: 2, arbitrary: fc.stringMatching(/^[a-z0-9;+:@!$',*=/?%\u00e0-\u00ff]{1,8}$/) },
)
const address = fc.array(stretch, { minLength: 1, maxLength: 6 }).map((stretches) => `http://h/p?${stretches.join('&')}#f`)
const text = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((value) => value.isWellFormed() && !/[{}]/.test(value))

describe('an edit of one row', () => {
  test('rewrites only the pair of the edited row', () => {
    expect(set(typed('http://h/?a=x%20y&b=%7e&c=1#f'), 2, { value: 'p q' }).url).toBe('http://h/?a=x%20y&b=%7e&c=p+q#f')
  })

  test('keeps empty stretches, at the ends too', () => {
    expect(set(typed('http://h/?&a=1&&b=ü&'), 0, { value: '2' }).url).toBe('http://h/?&a=2&&b=ü&')
  })

  test('keeps the half of the pair that was not edited, and a missing =', () => {
    expect(set(typed('http://h/?ü=1'), 0, { value: '2' }).url).toBe('http://h/?ü=2')
    expect(set(typed('http://h/?a=ü'), 0, { name: 'b' }).url).toBe('http://h/?b=ü')
    expect(set(typed('http://h/?flag&x'), 0, { name: 'sign' }).url).toBe('http://h/?sign&x')
  })

  test('changes one stretch of any URL, which then reads as the row', () => {
    fc.assert(
      fc.property(address, fc.nat(), text, text, fc.boolean(), (url, which, name, value, isName) => {
        const state = typed(url)
        fc.pre(state.params.length > 0)
        const at = which % state.params.length

        const edited = set(state, at, isName ? { name } : { value })

        const before = queryStretches(splitUrl(url).query ?? '')
        const after = queryStretches(splitUrl(edited.url).query ?? '')
        const own = before.flatMap((one, index) => (one === '' ? [] : [index]))[at] ?? -1
        expect(after.toSpliced(own, 1)).toEqual(before.toSpliced(own, 1))
        expect(splitUrl(edited.url).fragment).toBe('#f')
        expect(parseQuery(after[own] ?? '')).toMatchObject([{ name: edited.params[at]?.name, value: edited.params[at]?.value }])
      }),
    )
  })
})

describe('a row that is switched off and on', () => {
  test('comes back as it was typed', () => {
    const off = flip(typed('http://h/?a=1&b=ü'), 1)

    expect(off.url).toBe('http://h/?a=1')
    expect(flip(off, 1).url).toBe('http://h/?a=1&b=ü')
  })

  test('comes back at its place among the empty stretches', () => {
    const off = flip(typed('http://h/?a=1&&b=2&&&c=3'), 1)

    expect(off.url).toBe('http://h/?a=1&&&&c=3')
    expect(flip(off, 1).url).toBe('http://h/?a=1&&b=2&&&c=3')
  })

  test('keeps the half that was typed where the other was edited while it was off', () => {
    const off = flip(typed('http://h/?a=1&ü=é'), 1)

    expect(flip(set(off, 1, { value: 'x y' }), 1).url).toBe('http://h/?a=1&ü=x+y')
  })

  test('keeps no text where the plain encoding is the same', () => {
    expect(flip(typed('http://h/?a=1&b=x+y'), 1).params[1]).toEqual(query('b', 'x y', false))
  })

  test('is encoded where a file kept a text that says something else', () => {
    for (const raw of ['b=3', 'b=2&c=1', 'b=2#f', '']) {
      const state: State = { url: 'http://h/?a=1', params: [query('a', '1'), { ...query('b', '2', false), raw }] }
      expect(flip(state, 1).url).toBe('http://h/?a=1&b=2')
    }
  })

  test('all rows off and on again, in any order, give back any URL', () => {
    fc.assert(
      fc.property(address, fc.infiniteStream(fc.nat()), (url, picks) => {
        const start = typed(url)
        const order = (): number[] => {
          const left = [...start.params.keys()]
          return start.params.flatMap(() => left.splice((picks.next().value ?? 0) % left.length, 1))
        }

        const off = order().reduce(flip, start)
        const on = order().reduce(flip, off)

        expect(off.params.every((row) => !row.enabled)).toBe(true)
        expect(on.url).toBe(url)
        expect(on.params).toEqual(start.params)
      }),
      { numRuns: 400 },
    )
  })
})

describe('other edits of the table', () => {
  test('leave the rest alone when a row goes, comes or moves', () => {
    const state = typed('http://h/?a=x%20y&&b=%7e')

    expect(edit(state, (rows) => rows.slice(1)).url).toBe('http://h/?&b=%7e')
    expect(edit(state, (rows) => rows.slice(0, 1)).url).toBe('http://h/?a=x%20y&')
    expect(edit(state, (rows) => [...rows, query('n', 'é')]).url).toBe('http://h/?a=x%20y&&b=%7e&n=%C3%A9')
    expect(edit(typed('http://h/?a=x%20y&b=%7e'), (rows) => [...rows].reverse()).url).toBe('http://h/?b=%7e&a=x%20y')
  })

  test('rows made anew that read the same keep their text', () => {
    const state = typed('http://h/?a=ü&b=é')

    expect(edit(state, (rows) => [query('n', '1'), ...rows.map((row) => ({ ...row }))]).url).toBe('http://h/?n=1&a=ü&b=é')
  })

  test('drop the question mark with the last row', () => {
    expect(edit(typed('http://h/?a=1'), () => []).url).toBe('http://h/')
  })

  test('leave rows that were not touched the objects they were, path rows at their place', () => {
    const path: Param = { name: 'id', value: '7', enabled: true, kind: 'path' }
    const params = [query('a', '1'), path, query('b', '2')]

    const edited = editParams('http://h/:id?a=1&b=2', params, [query('a', '3'), path, ...params.slice(2)])

    expect(edited.url).toBe('http://h/:id?a=3&b=2')
    expect(edited.params[1]).toBe(path)
    expect(edited.params[2]).toBe(params[2])
  })

  test('are read back the same from the URL', () => {
    const row = fc.record({ name: text.filter((name) => name !== ''), value: text })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (pairs) => {
        const rows = pairs.map((pair) => query(pair.name, pair.value))
        const { url } = editParams('http://h/p', [], rows)
        expect(paramsFromUrl(url, []).map(({ name, value }) => ({ name, value }))).toEqual(pairs)
      }),
    )
  })
})
