/** `docs/security.md` names the tests that attack each rule: they must be there, and attack something. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..', '..')
const rules = [...readFileSync(resolve(ROOT, 'docs/security.md'), 'utf8').matchAll(/^\| (?!rule \||---)(.+?) \| (.+) \|$/gm)]

test('every rule of docs/security.md names tests that are there', () => {
  const wrong = rules.flatMap(([, rule = '', cell = '']) => {
    const files = [...cell.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file)
    if (files.length === 0) return [`${rule}: no test`]
    return files.flatMap((file) => {
      const path = resolve(ROOT, file)
      if (!existsSync(path)) return [`${rule}: there is no ${file}`]
      return /^\s*(?:test|it)\b/m.test(readFileSync(path, 'utf8')) ? [] : [`${rule}: ${file} tests nothing`]
    })
  })

  expect(rules.length).toBeGreaterThan(25)
  expect(wrong).toEqual([])
})
