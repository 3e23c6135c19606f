import { basename, isAbsolute, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { appRoot } from '../../../../src-main/hosts/shell/app-root.ts'
import { dataDirOf } from '../../../../src-main/hosts/shell/default-data-dir.ts'

describe('dataDirOf', () => {
  test('makes a chosen folder absolute', () => {
    expect(dataDirOf('some/data')).toBe(join(process.cwd(), 'some/data'))
  })

  test.each([[undefined], ['']])('takes the system’s place for application data, given %j', (chosen) => {
    const folder = dataDirOf(chosen)

    expect(isAbsolute(folder)).toBe(true)
    expect(folder).toMatch(/posthaste/i)
  })
})

describe('appRoot', () => {
  test('is the folder with the package file', () => {
    expect(basename(join(appRoot(), 'package.json'))).toBe('package.json')
    expect(appRoot()).toBe(process.cwd())
  })

  test('says where it looked when there is none', () => {
    expect(() => appRoot('/')).toThrow('No package.json above /.')
  })
})
