import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { MarkdownView } from '../../../../src-renderer/ui/markdown/markdown-view.tsx'

function html(text: string, words: readonly string[] = []): string {
  const linkTo = (href: string): (() => void) | null => (href.startsWith('page') ? () => undefined : null)
  const view = createElement(MarkdownView, { text, linkTo, words, headingId: (name) => `h-${name}` })
  return renderToStaticMarkup(view)
}

describe('Markdown', () => {
  test('is drawn as elements, headings with their names', () => {
    expect(html('# A & B\n\n## A & B\n**b** *e* `x < y` &lt;i&gt;')).toMatch(
      /<h3 id="h-a--b".*A &amp; B<\/h3><h4 id="h-a--b-1".*<strong>b<\/strong> <em>e<\/em> <code>x &lt; y<\/code> &lt;i&gt;/,
    )
    expect(html('| a |\n|--:|\n| 1 |')).toMatch(/<th scope="col" style="text-align:right">a<\/th>.*<td style="text-align:right">1<\/td>/)
    expect(html('3. x\n4. y')).toContain('<ol start="3"><li>x</li><li>y</li></ol>')
  })

  test('brings no markup, no address and no picture of its own', () => {
    const drawn = html(
      '<img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](data:text/html,x) [f](file:///etc/passwd) ![p](https://example.com/p.png)',
    )

    expect(drawn).not.toMatch(/<(?:img|script|a)\b/)
    expect(drawn).toContain('&lt;script&gt;')
  })

  test('leads within the window by a button and to the web by a link of its own tab', () => {
    expect(html('[in](page.md) [out](https://example.com/a?b=1&c=2)')).toMatch(
      /<button type="button"[^>]*>in<\/button> <a [^>]*href="https:\/\/example.com\/a\?b=1&amp;c=2" target="_blank" rel="noopener noreferrer"/,
    )
  })

  test('has the words marked that were searched for, in examples too', () => {
    expect(html('A timeout `timeout`\n\n```\ntimeout=3\n```', ['timeout']).match(/<mark\b[^>]*>timeout<\/mark>/g)).toHaveLength(3)
  })
})
