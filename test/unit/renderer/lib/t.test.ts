import { renderToStaticMarkup } from 'react-dom/server'
import { createElement } from 'react'
import { afterEach, expect, test } from 'vitest'
import { translatorFrom } from '../../../../src-renderer/languages/catalogue.ts'
import { keyOf, rich, t, translateBy } from '../../../../src-renderer/lib/t.ts'

afterEach(() => translateBy(null))

const press = (key: string) => rich`Press ${createElement('kbd', null, key)} to close`

test('without a catalogue a text is the English that stands there', () => {
  expect(t`Send`).toBe('Send')
  expect(t`Saved ${'a'} in ${2} folders`).toBe('Saved a in 2 folders')
  expect(renderToStaticMarkup(press('Esc'))).toBe('Press <kbd>Esc</kbd> to close')
})

test('a catalogue says it in its own order, and may leave a value out', () => {
  translateBy(
    translatorFrom('zh-CN', {
      Send: '发送',
      'Saved %{0} in %{1} folders': '已在 %{1} 个文件夹中保存 %{0}',
      '%{0} request%{1} in all': '共 %{0} 个请求',
      'Press %{0} to close': '按 %{0} 关闭',
    }),
  )

  expect(t`Send`).toBe('发送')
  expect(t`Saved ${'a'} in ${2} folders`).toBe('已在 2 个文件夹中保存 a')
  expect(t`${3} request${'s'} in all`).toBe('共 3 个请求')
  expect(renderToStaticMarkup(press('Esc'))).toBe('按 <kbd>Esc</kbd> 关闭')
})

test('what a catalogue does not have is said in English', () => {
  translateBy(translatorFrom('zh-CN', {}))

  expect(t`Saved ${'a'}`).toBe('Saved a')
  expect(t`toString`).toBe('toString')
})

test('a value stays as it is, whatever it looks like', () => {
  translateBy(translatorFrom('zh-CN', { 'Saved %{0} as %{1}': '已把 %{0} 保存为 %{1}', 'a.b: {{%{0}}}': '甲 {{%{0}}}' }))

  for (const value of ['%{1}', '$t(Send)', '$&', String.raw`\u0041`, '<b>&amp;', '{{name}}', ''])
    expect(t`Saved ${value} as ${value}`).toBe(`已把 ${value} 保存为 ${value}`)
  expect(t`a.b: {{${'x'}}}`).toBe('甲 {{x}}')
})

test('the key of a text has its values by their place', () => {
  expect(keyOf(['Saved ', ' in ', ''])).toBe('Saved %{0} in %{1}')
  expect(keyOf(['Send'])).toBe('Send')
})
