import { describe, expect, test } from 'vitest'
import { headerChanges } from '../../../../src-renderer/features/compare/header-changes.ts'

describe('headerChanges', () => {
  test('goes by names whatever their case, and by all lines of one', () => {
    const left = [
      ['Server', 'a'],
      ['Set-Cookie', 'x=1'],
      ['Vary', 'Accept'],
      ['Old', '1'],
    ] as [string, string][]
    const right = [
      ['server', 'a'],
      ['Set-Cookie', 'x=1'],
      ['Set-Cookie', 'y=2'],
      ['vary', 'Origin'],
      ['New', '2'],
    ] as [string, string][]

    expect(headerChanges(left, right)).toEqual([
      { kind: 'changed', name: 'Set-Cookie', left: 'x=1', right: 'x=1\ny=2' },
      { kind: 'changed', name: 'vary', left: 'Accept', right: 'Origin' },
      { kind: 'added', name: 'New', left: null, right: '2' },
      { kind: 'removed', name: 'Old', left: '1', right: null },
    ])
  })

  test('hides what is secret, and says that it differs all the same', () => {
    const [change] = headerChanges([['X-Api-Key', 'one']], [['X-Api-Key', 'two']])

    expect(change).toMatchObject({ kind: 'changed', left: '••••••••', right: '••••••••' })
  })
})
