import { afterEach, describe, expect, test } from 'vitest'
import { listed, listedWithAnd } from '../../../../src-renderer/lib/listed.ts'
import { translateBy } from '../../../../src-renderer/lib/t.ts'

describe('things named one after another', () => {
  afterEach(() => translateBy(null))

  test('are parted as the language of the window does it', () => {
    expect(listed(['200 OK', '84 ms', '1.2 kB'])).toBe('200 OK, 84 ms, 1.2 kB')
    expect(listedWithAnd(['a', 'b', 'c'])).toBe('a, b and c')

    translateBy(() => null, 'zh-CN')
    expect(listed(['200 OK', '84 毫秒', '1.2 kB'])).toBe('200 OK、84 毫秒、1.2 kB')
    expect(listedWithAnd(['a', 'b', 'c'])).toBe('a、b和c')
  })

  test('are none, or one, without a sign between them', () => {
    expect(listed([])).toBe('')
    expect(listed(['a'])).toBe('a')
  })
})
