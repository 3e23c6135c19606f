import { expect, test } from 'vitest'
import { acceptedLanguage } from '../../../../src-main/contract/model/preferred-language.ts'

test.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['en-US,en;q=0.9,zh-CN;q=0.8', 'en'],
  ['zh-TW,zh;q=0.9', 'zh-CN'],
  ['zh-TW', 'en'],
  ['*', 'en'],
  ['not a language!, zh-CN', 'zh-CN'],
  ['', 'en'],
  [undefined, 'en'],
] as const)('a browser that accepts %j reads %s', (header, language) => {
  expect(acceptedLanguage(header)).toBe(language)
})
