import { describe, expect, test } from 'vitest'
import type { FilePart, TextPart } from '../../../../src-main/contract/model/request.ts'
import {
  hasPartDetail,
  PART_RULES,
  withFiles,
  withoutFile,
  withPartKind,
} from '../../../../src-renderer/features/request-editor/part-edits.ts'
import { changeRow } from '../../../../src-renderer/ui/key-value-table/row-edits.ts'

const text: TextPart = {
  kind: 'text',
  name: 'meta',
  value: '{"a":1}',
  enabled: true,
  contentType: 'application/json',
  headers: [{ name: 'X-Part', value: '1', enabled: true }],
}
const file: FilePart = { kind: 'file', name: 'file', files: ['./a.jpg'], filename: '', enabled: true, contentType: '', headers: [] }

describe('withPartKind', () => {
  test('keeps name, type and headers, and the text as a path', () => {
    expect(withPartKind(text, 'file')).toEqual({
      kind: 'file',
      name: 'meta',
      files: ['{"a":1}'],
      filename: '',
      enabled: true,
      contentType: 'application/json',
      headers: text.headers,
    })
  })

  test('brings the text back when the kind is changed back', () => {
    expect(withPartKind(withPartKind(text, 'file'), 'text')).toEqual(text)
  })

  test('an empty text becomes a row without files', () => {
    expect(withPartKind({ ...text, value: '' }, 'file')).toMatchObject({ files: [] })
  })

  test('the same kind changes nothing', () => {
    expect(withPartKind(file, 'file')).toBe(file)
  })
})

describe('files of a row', () => {
  test('are added once each, in order', () => {
    expect(withFiles(file, ['./b.jpg', './a.jpg', './b.jpg', '']).files).toEqual(['./a.jpg', './b.jpg'])
  })

  test('nothing new leaves the row as it is', () => {
    expect(withFiles(file, ['./a.jpg'])).toBe(file)
  })

  test('one is taken out by its place', () => {
    expect(withoutFile({ ...file, files: ['a', 'b', 'a'] }, 2).files).toEqual(['a', 'b'])
  })
})

describe('rows of a multipart table', () => {
  test('a kind chosen in the blank row makes it a row', () => {
    expect(changeRow([], 0, (part) => withPartKind(part, 'file'), PART_RULES)).toEqual([{ ...file, name: '', files: [] }])
  })

  test('the last row goes when its only text is deleted', () => {
    const bare: TextPart = { kind: 'text', name: 'a', value: '', enabled: true, contentType: '', headers: [] }

    expect(changeRow([text, bare], 1, { name: '' }, PART_RULES)).toEqual([text])
  })

  test('one with a type or headers of its own stays', () => {
    expect(changeRow([text], 0, { name: '' }, PART_RULES)).toHaveLength(1)
  })

  test('a detail that holds something can be told', () => {
    expect([text, file, { ...file, filename: 'b.jpg' }].map(hasPartDetail)).toEqual([true, false, true])
  })
})
