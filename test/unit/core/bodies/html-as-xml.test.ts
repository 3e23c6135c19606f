import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { htmlAsXml } from '../../../../src-main/core/bodies/html-as-xml.ts'
import { indexXml } from '../../../../src-main/core/bodies/xml-tree-index.ts'

/** Why it is no XML; null where it is. */
function problemOf(xml: string): string | null {
  const indexer = indexXml(0)
  indexer.write(Buffer.from(xml))
  return indexer.finish(() => 1).problem?.reason ?? null
}

describe('a page as XML', () => {
  test.each([
    ['<p>a<br>b<p>c &amp; &nbsp;d', '<html><body><p>a<br/>b</p><p>c &amp; \u00a0d</p></body></html>'],
    [
      '<!doctype html><html lang=de><head><title>x</title><body class="a &quot;b&quot;">',
      '<html lang="de"><head><title>x</title></head><body class="a &quot;b&quot;"/></html>',
    ],
    ['<table><tr><td>1</table>', '<html><body><table><tbody><tr><td>1</td></tr></tbody></table></body></html>'],
    ['<script>if (a < b && c) {}</script>', '<html><body><script>if (a &lt; b &amp;&amp; c) {}</script></body></html>'],
    ['<a @click="go" (x)=1 2nd :to="b">t</a>', '<html><body><a ＠click="go" （x）="1" ２nd="" :to="b">t</a></body></html>'],
    ['a&#1;\u0002\t<p title="&#31;">', '<html><body>a␁␂\t<p title="␟"/></body></html>'],
    [' \n', ''],
  ])('%j', (html, xml) => {
    expect(htmlAsXml(html)).toBe(xml)
    expect(problemOf(xml)).toBeNull()
  })

  test('is well-formed whatever the page', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      '"',
      "'",
      '=',
      ' ',
      '&',
      '&#0;',
      '&#1',
      '&#x7f;',
      'a',
      'b-',
      '1',
      '@',
      '<p',
      '<td>',
      '</p>',
      '<!--',
      '-->',
      '<svg',
      '<x:y',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 30 }), (pieces) => {
        expect(problemOf(htmlAsXml(pieces.join('')))).toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})
