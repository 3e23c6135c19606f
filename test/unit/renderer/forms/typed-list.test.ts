import { describe, expect, test } from 'vitest'
import { readMethods, readStatuses } from '../../../../src-renderer/forms/typed-list.ts'

describe('a typed list', () => {
  test('of statuses is parted by commas or spaces', () => {
    expect(readStatuses(' 429,503  504; ')).toEqual({ kind: 'list', list: [429, 503, 504] })
    expect(readStatuses('')).toEqual({ kind: 'list', list: [] })
  })

  test('names what is no status, and no method', () => {
    expect(readStatuses('429, 5xx')).toMatchObject({ kind: 'wrong', message: '"5xx" is not a status: one has three digits.' })
    expect(readMethods('GET, P(ST')).toMatchObject({ kind: 'wrong', message: '"P(ST" is not a method.' })
  })

  test('of methods is in capitals', () => {
    expect(readMethods('get, Post')).toEqual({ kind: 'list', list: ['GET', 'POST'] })
  })
})
