import { expect, test } from 'vitest'
import { languageOf } from '../../../../src-renderer/languages/languages.ts'

test.each([
  [['zh-CN', 'en'], 'zh-CN'],
  [['zh'], 'zh-CN'],
  [['zh-Hans-SG'], 'zh-CN'],
  [['zh-SG'], 'zh-CN'],
  [['zh-TW', 'en-GB'], 'en'],
  [['de-DE', 'zh-CN', 'en'], 'zh-CN'],
  [['en-GB', 'zh-CN'], 'en'],
  [['de'], 'en'],
  [[], 'en'],
] as const)('a system that prefers %j gets %s', (preferred, language) => {
  expect(languageOf('system', preferred)).toBe(language)
})

test('a language that was chosen holds whatever the system prefers', () => {
  expect(languageOf('en', ['zh-CN'])).toBe('en')
  expect(languageOf('zh-CN', ['en'])).toBe('zh-CN')
})
