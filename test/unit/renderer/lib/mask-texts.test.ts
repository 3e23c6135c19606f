import { expect, test } from 'vitest'
import { maskTexts } from '../../../../src-renderer/lib/mask-texts.ts'

test('a secret is hidden as it is, in a URL, in a form and in JSON', () => {
  const secret = 'p"ä /&'
  const url = `https://h/${encodeURIComponent(secret)}?k=${new URLSearchParams({ k: secret }).toString().slice(2)}`

  expect(maskTexts(`${url} ${JSON.stringify(secret)} ${secret}.`, [secret])).toBe('https://h/••••••••?k=•••••••• "••••••••" ••••••••.')
})

test('a secret that another begins with leaves nothing of it', () => {
  expect(maskTexts('abcdef', ['abc', 'abcdef'])).toBe('••••••••')
})

test('a text without secrets is the same text, and an empty secret hides nothing', () => {
  expect(maskTexts('text', ['', 'other'])).toBe('text')
})
