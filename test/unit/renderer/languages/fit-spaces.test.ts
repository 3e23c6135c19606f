import { describe, expect, test } from 'vitest'
import { translatorFrom } from '../../../../src-renderer/languages/catalogue.ts'
import { fitSpaces } from '../../../../src-renderer/languages/fit-spaces.ts'
import { sentencesFrom } from '../../../../src-renderer/languages/sentences.ts'

describe('the spaces around a value of a Chinese text', () => {
  const fit = (text: string, ...values: readonly string[]): string => fitSpaces(text, (index) => values[index] ?? '')

  test('stay beside other letters and digits, and go beside Chinese', () => {
    expect(fit('打开 %{0} 失败', 'a.yml')).toBe('打开 %{0} 失败')
    expect(fit('打开 %{0} 失败', '文件')).toBe('打开%{0}失败')
    expect(fit('创建 %{0} 的副本', '2 个项目')).toBe('创建 %{0}的副本')
    expect(fit('%{0}（位于 %{1} 中）', '2 个请求', '1 个文件夹')).toBe('%{0}（位于 %{1}中）')
  })

  test('stay between two values of which one is not Chinese where they meet', () => {
    expect(fit('发送于 %{0} %{1}', '11月23日', '05:58')).toBe('发送于 %{0} %{1}')
    expect(fit('发送于 %{0} %{1}', '今天', '05:58')).toBe('发送于%{0} %{1}')
    expect(fit('%{0} %{1}', '正文', '标头')).toBe('%{0}%{1}')
  })

  test('stay beside a sign', () => {
    expect(fit('%{0} / %{1}', '环境', 'Shop API')).toBe('%{0} / %{1}')
    expect(fit('%{0} / %{1}', '3', '5 个请求')).toBe('%{0} / %{1}')
  })

  test('are so in texts of the window and in sentences of core, and none of a value is touched', () => {
    expect(translatorFrom('zh-CN', { 'Copy of %{0}': '%{0} 的副本' })('Copy of %{0}', ['我的 请求'])).toBe('我的 请求的副本')
    expect(sentencesFrom({ 'The file %{0} is gone.': '文件 %{0} 已不存在。' })('The file 我的 文件 is gone.')).toBe(
      '文件我的 文件已不存在。',
    )
  })
})
