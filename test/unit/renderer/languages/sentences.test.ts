import { expect, test } from 'vitest'
import { sentencesFrom } from '../../../../src-renderer/languages/sentences.ts'

const tell = sentencesFrom({
  'There is no answer.': '没有响应。',
  'The file "%{0}" could not be read: %{1}.': '无法读取文件“%{0}”：%{1}。',
  'it may not be written': '不可写入',
  'Could not connect to %{0}: %{1}.': '无法连接到 %{0}：%{1}。',
  'Could not connect to %{0} through %{1}: %{2}.': '无法经由 %{1} 连接到 %{0}：%{2}。',
  '%{0} is %{1}': '%{0} 是 %{1}',
  'The variable {{%{0}}} has no value%{1}.': '变量 {{%{0}}} 没有值%{1}。',
  'it is not in %{0}': '在%{0}中都找不到它',
  'the request': '请求',
  'folder %{0}': '文件夹 %{0}',
  '%{0} items': '%{0} 个项目',
  'the %{0}%{1}': '%{0}%{1}',
  'Part %{0} of %{1}: %{2}': '第 %{0} 块（共 %{1} 块）：%{2}',
  '%{0} closed the connection without a reply.': '%{0} 未作响应便关闭了连接。',
})

test('a sentence is told by its template, its values where the other language has them', () => {
  expect(tell('There is no answer.')).toBe('没有响应。')
  expect(tell('Could not connect to a:80: refused.')).toBe('无法连接到 a:80：refused。')
  expect(tell('Could not connect to a:80 through p:1: refused.')).toBe('无法经由 p:1 连接到 a:80：refused。')
})

test('a value that is a sentence itself is told too', () => {
  expect(tell('The file "a b.txt" could not be read: it may not be written.')).toBe('无法读取文件“a b.txt”：不可写入。')
})

test('what leads in a sentence is none of its values', () => {
  expect(tell('Part 4 of 5: a:80 closed the connection without a reply.')).toBe('第 4 块（共 5 块）：a:80 未作响应便关闭了连接。')
  expect(tell('Part 4 of 5: There is no answer. There is no answer.')).toBe('第 4 块（共 5 块）：没有响应。没有响应。')
})

test('several sentences are told one by one, and none where one of them is not known', () => {
  expect(tell('There is no answer. Could not connect to a: b.')).toBe('没有响应。无法连接到 a：b。')
  expect(tell('There is no answer. Nobody knows this.')).toBe('There is no answer. Nobody knows this.')
})

test('what is not known stays as it is, and a value is never read as a template', () => {
  expect(tell('Something else.')).toBe('Something else.')
  expect(tell('The file "$& %{1} {{x}}" could not be read: %{0}.')).toBe('无法读取文件“$& %{1} {{x}}”：%{0}。')
  expect(tell('toString')).toBe('toString')
  expect(tell('')).toBe('')
})

test('a value that goes a sentence on, or is a list, is told too', () => {
  expect(tell('The variable {{a}} has no value: it is not in the request, folder Users.')).toBe(
    '变量 {{a}} 没有值：在请求、文件夹 Users中都找不到它。',
  )
  expect(tell('The variable {{a}} has no value: it is not in “Shop API”, the request.')).toBe(
    '变量 {{a}} 没有值：在“Shop API”、请求中都找不到它。',
  )
})

test('a template of one word is no frame for a sentence that nobody knows', () => {
  expect(tell('3 items')).toBe('3 个项目')
  expect(tell('missing a comma between flow map items')).toBe('missing a comma between flow map items')
})
