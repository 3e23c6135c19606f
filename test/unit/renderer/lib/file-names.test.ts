import { describe, expect, test } from 'vitest'
import { baseName, belowRoot, fieldNameOf, hasExtension, isCopyIn } from '../../../../src-renderer/lib/file-names.ts'

describe('names of files', () => {
  test.each([
    ['/a/b/sid.jpg', 'sid.jpg', 'sid'],
    ['C:\\data\\фото.tar.gz', 'фото.tar.gz', 'фото.tar'],
    ['/a/.env', '.env', '.env'],
    ['README', 'README', 'README'],
  ])('%s is named %s, its field %s', (path, name, field) => {
    expect([baseName(path), fieldNameOf(path)]).toEqual([name, field])
  })

  test.each([
    ['a.txt', true],
    ['/a.b/c', false],
    ['.env', false],
    ['a.', false],
  ])('%s has an extension: %s', (path, expected) => {
    expect(hasExtension(path)).toBe(expected)
  })
})

describe('belowRoot', () => {
  test.each([
    ['/home/me/c/x/y.png', '/home/me/c', './x/y.png'],
    ['/home/me/c/y.png', '/home/me/c/', './y.png'],
    ['C:\\c\\x\\y.png', 'C:\\c', './x/y.png'],
    ['/home/me/collection/y.png', '/home/me/c', '/home/me/collection/y.png'],
    ['/elsewhere/y.png', '/home/me/c', '/elsewhere/y.png'],
    ['/y.png', '', '/y.png'],
  ])('%s in %s is kept as %s', (path, root, expected) => {
    expect(belowRoot(path, root)).toBe(expected)
  })
})

test.each([
  ['/data', '/data/uploads/ab/photo.png', true],
  ['/data/', '/data/uploads/ab/photo.png', true],
  ['C:\\data', 'C:\\data\\uploads\\ab\\photo.png', true],
  ['/data', '/data/collections/photo.png', false],
  ['/data', '/database/uploads/photo.png', false],
  ['', '/uploads/photo.png', false],
])('in the data folder %j, whether %j is a copy is %j', (dataDir, path, expected) => {
  expect(isCopyIn(dataDir, path)).toBe(expected)
})
