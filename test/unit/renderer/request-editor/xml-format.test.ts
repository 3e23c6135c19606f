import { describe, expect, test } from 'vitest'
import { formatXml } from '../../../../src-renderer/features/request-editor/xml-format.ts'

describe('formatXml', () => {
  test('indents nested elements and keeps attributes and comments', async () => {
    expect(await formatXml('<a x="1"><!-- note --><b>text</b><c/></a>')).toBe('<a x="1">\n  <!-- note -->\n  <b>text</b>\n  <c/>\n</a>')
  })

  test('refuses what is not well-formed', async () => {
    expect(await formatXml('<a><b></a>')).toBeNull()
  })
})
