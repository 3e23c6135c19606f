import { describe, expect, test } from 'vitest'
import { nameColumn } from '../../../../src-renderer/ui/key-value-table/name-column.ts'

describe('the column of names', () => {
  const need = (...names: readonly string[]): string => nameColumn(names.map((name) => ({ name })))['--name-need']

  test('needs what its longest name is wide', () => {
    expect(need()).toBe('calc(0 * 0.6 * var(--size-code) + 20px)')
    expect(need('Accept', 'If-Modified-Since')).toBe('calc(17 * 0.6 * var(--size-code) + 20px)')
  })

  test('counts wide letters as such, and follows no name without end', () => {
    expect(need('名称')).toBe('calc(4 * 0.6 * var(--size-code) + 20px)')
    expect(need('x'.repeat(500))).toBe('calc(40 * 0.6 * var(--size-code) + 20px)')
  })
})
