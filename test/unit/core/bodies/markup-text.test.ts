import { describe, expect, test } from 'vitest'
import { loadMarkupText, type MarkupKind } from '../../../../src-main/core/bodies/markup-text.ts'

async function words(kind: MarkupKind, markup: string, pieces: readonly string[] = [markup]): Promise<string> {
  const out: Buffer[] = []
  const stage = (await loadMarkupText(kind))((bytes) => out.push(Buffer.from(bytes)))
  for (const piece of pieces) stage.write(Buffer.from(piece))
  stage.end()
  return Buffer.concat(out).toString('utf8')
}

describe('the words of a page', () => {
  test.each([
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['<h1>Title</h1>text', 'Title\n\ntext'],
    ['<div>a</div><div>b</div>', 'a\nb'],
    ['a<br>b<br><br>c', 'a\nb\n\nc'],
    ['<ul><li>one<li>two</ul>', 'one\ntwo'],
    ['<table><tr><th>k<th>v<tr><td>1<td>2</table>', 'k\tv\n1\t2'],
    ['one\n   two\t<b>three</b>,<i> four</i>', 'one two three, four'],
    ['caf&eacute; &lt;b&gt; &amp;amp; &#x1f600;', 'café <b> &amp; 😀'],
    ['<pre>\n  a\n    b\n</pre>c', '  a\n    b\n\nc'],
    ['<head><title>T</title><style>p{}</style></head>x<script>if (a<b) "<p>"</script>y', 'xy'],
    ['<head><title>T</title><p>no end of head', 'no end of head'],
    ['<svg><title>drawing</title><text>in it</text></svg>', 'drawing\nin it'],
    ['<template><p>never</p></template>x', 'x'],
    ['a < b && c', 'a < b && c'],
    ['<!-- not this -->x<!doctype html>', 'x'],
    ['   \n ', ''],
  ])('%j', async (markup, expected) => {
    expect(await words('html', markup)).toBe(expected)
  })

  test('are the same wherever the text is cut', async () => {
    const page = '<h1>Hé &amp; 😀</h1><p>one <b>two</b><br>three <script>"<p>"</script>four</p><pre> a\n  b</pre>end'

    expect(await words('html', page, [...page])).toBe(await words('html', page))
  })

  test('come out of any depth in time', async () => {
    const began = performance.now()

    expect(await words('html', `${'<div>'.repeat(100_000)}deep${'</div>'.repeat(100_000)}`)).toBe('deep')
    expect(performance.now() - began).toBeLessThan(5000)
  })
})

describe('the words of an XML document', () => {
  test.each([
    ['<?xml version="1.0"?><r>\n <a>1</a>\n <b x="y">2 &lt; 3</b></r>', '1\n2 < 3'],
    ['<r><p>Hello <i>you</i>!</p><p>Bye</p></r>', 'Hello you!\nBye'],
    ['<r><c><![CDATA[<raw> & so]]></c></r>', '<raw> & so'],
    ['<r><style>kept</style></r>', 'kept'],
    ['<svg><style>.a{}</style><script>x</script><text>drawn</text></svg>', 'drawn'],
    ['<r><title>Kept &#233;</title></r>', 'Kept é'],
  ])('%j', async (markup, expected) => {
    expect(await words('xml', markup)).toBe(expected)
  })
})
