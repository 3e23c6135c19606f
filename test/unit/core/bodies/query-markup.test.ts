import { describe, expect, test } from 'vitest'
import type { QueryKind } from '#contract/model/body-query.ts'
import { modelFor, readForQueries, type QueryModel } from '#core/bodies/query-text.ts'
import type { Match, Matches, QueryProblem } from '#core/bodies/query-types.ts'

async function query(text: string, model: QueryModel, kind: QueryKind, expression: string): Promise<Matches | QueryProblem> {
  const read = await readForQueries(text, model)
  return read.kind === 'problem' ? read : read.query(kind, expression)
}

async function found(text: string, model: QueryModel, kind: QueryKind, expression: string): Promise<readonly Match[]> {
  const answer = await query(text, model, kind, expression)
  if (answer.kind === 'problem') throw new Error(answer.message)
  return Array.from({ length: answer.kept }, (_, index) => answer.at(index))
}

const texts = (matches: readonly Match[]): readonly string[] => matches.map((match) => match.text())

const PAGE = `<!doctype html><title>Shop</title><body>
<ul id=first><li class="a b">One<li>Two <b>big</b></ul>
<ul><li @click="go()">Three<br>more</ul>
<table><tr><td>1<tr><td>2</table>
<script>if (1 < 2) x()</script></body>`

const FEED = `<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <entry id="1"><title>A &amp; B</title><dc:creator>Ann</dc:creator></entry>
  <entry id="2"><title><![CDATA[C < D]]></title><m:x xmlns:m="urn:m">7</m:x></entry>
</feed>`

describe('XPath over XML', () => {
  test('takes names without prefix as those of the root’s default namespace', async () => {
    expect(texts(await found(FEED, 'xml', 'xpath', '//entry/title'))).toEqual(['A & B', 'C < D'])
  })

  test('knows the prefixes that the document declares, wherever it does', async () => {
    expect(texts(await found(FEED, 'xml', 'xpath', '//dc:creator'))).toEqual(['Ann'])
    expect(texts(await found(FEED, 'xml', 'xpath', '//m:x'))).toEqual(['7'])
  })

  test('gives a path that leads to the match alone', async () => {
    for (const expression of ['//title', '//dc:creator', '//@id', '//title/text()', '//m:x']) {
      const matches = await found(FEED, 'xml', 'xpath', expression)
      expect(matches.length).toBeGreaterThan(0)
      for (const match of matches) {
        const again = await found(FEED, 'xml', 'xpath', match.path())
        expect(again.map((other) => [other.path(), other.text()])).toEqual([[match.path(), match.text()]])
      }
    }
  })

  test('writes sources as they could stand in the document', async () => {
    const [creator] = await found(FEED, 'xml', 'xpath', '//dc:creator')
    expect(creator?.source()).toContain('<dc:creator')
    expect((await found(FEED, 'xml', 'xpath', '//@id'))[0]?.source()).toBe('id="1"')
  })

  test('answers with values, too, which stand nowhere', async () => {
    const [count] = await found(FEED, 'xml', 'xpath', 'count(//entry)')
    expect([count?.type, count?.text(), count?.path()]).toEqual(['number', '2', ''])
    expect(texts(await found(FEED, 'xml', 'xpath', "//entry ! concat(@id, '!')"))).toEqual(['1!', '2!'])
  })

  test('says where an expression is wrong', async () => {
    expect(await query(FEED, 'xml', 'xpath', '//entry[')).toMatchObject({ kind: 'problem', of: 'expression', position: 7 })
    expect(await query(FEED, 'xml', 'xpath', '$x')).toMatchObject({
      of: 'expression',
      message: expect.stringContaining('x is not in scope') as string,
    })
    expect(await query(FEED, 'xml', 'xpath', '//nope:x')).toMatchObject({ of: 'expression' })
  })

  test('reads no files and no addresses', async () => {
    for (const expression of ["doc('file:///etc/passwd')", "unparsed-text('/etc/passwd')", "json-doc('http://127.0.0.1/')"]) {
      expect(await query(FEED, 'xml', 'xpath', expression)).toMatchObject({ kind: 'problem', of: 'expression' })
    }
    const entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    expect(texts(await found(entity, 'xml', 'xpath', '/a'))).toEqual([''])
  })

  test('says where the body is no XML, and bounds what entities grow to', async () => {
    expect(await query('<a>\n<b></a>', 'xml', 'xpath', '/')).toMatchObject({
      of: 'body',
      message: expect.stringContaining('line 2, column 4') as string,
    })
    const laughs = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
    const bomb = `<!DOCTYPE a [<!ENTITY l0 "lol">${laughs}]><a>&l12;</a>`
    expect(await query(bomb, 'xml', 'xpath', '/')).toMatchObject({ kind: 'problem', of: 'body' })
  })
})

describe('XPath over HTML', () => {
  test('finds what a path copied from a browser leads to', async () => {
    expect(texts(await found(PAGE, 'html', 'xpath', '/html/body/table/tbody/tr[2]/td'))).toEqual(['2'])
  })

  test('gives a fragment the elements that browsers give it', async () => {
    expect((await found('<p>a<p>b', 'html', 'xpath', '//p'))[1]?.path()).toBe('/html/body/p[2]')
  })

  test('reads attributes that XML has no names for', async () => {
    expect((await found(PAGE, 'html', 'xpath', '//ul[2]/li'))[0]?.source()).toBe('<li @click="go()">Three<br>more</li>')
  })

  test('stands any depth', async () => {
    const deep = `${'<div>'.repeat(5000)}x`
    expect((await found(deep, 'html', 'css', 'div')).length).toBe(5000)
  })
})

describe('CSS selectors', () => {
  test('find elements, with the paths that lead to them alone', async () => {
    for (const expression of ['li', 'b', 'td', 'li.a', 'ul:not(#first) > li']) {
      const matches = await found(PAGE, 'html', 'css', expression)
      expect(matches.length).toBeGreaterThan(0)
      for (const match of matches) {
        const again = await found(PAGE, 'html', 'css', match.path())
        expect(again.map((other) => other.source())).toEqual([match.source()])
      }
    }
  })

  test('begin a path at an id that stands once', async () => {
    expect((await found(PAGE, 'html', 'css', 'b'))[0]?.path()).toBe('#first > li:nth-of-type(2) > b')
  })

  test('take what an element holds: its own text, an attribute', async () => {
    expect(texts(await found(PAGE, 'html', 'css', '#first li::text'))).toEqual(['One', 'Two '])
    expect(texts(await found(PAGE, 'html', 'css', 'li::attr(class)'))).toEqual(['a b'])
  })

  test('serve for XML, by local names', async () => {
    expect(texts(await found(FEED, 'xml', 'css', 'entry > creator'))).toEqual(['Ann'])
  })

  test.each(['li[', 'li:nope', 'a,,b', 'li >', '', 'li:has('])('are refused where they are wrong: %s', async (expression) => {
    expect(await query(PAGE, 'html', 'css', expression)).toMatchObject({ kind: 'problem', of: 'expression' })
  })
})

describe('what a body is read as', () => {
  test('goes by its language and its beginning', () => {
    expect(modelFor('jsonpath', 'html', '')).toBe('json')
    expect(modelFor('xpath', 'xml', '<a/>')).toBe('xml')
    expect(modelFor('css', 'plaintext', '<?xml version="1.0"?>')).toBe('xml')
    expect(modelFor('css', 'html', '<p>')).toBe('html')
    expect(modelFor('xpath', 'xml', '<!DOCTYPE html><p>')).toBe('html')
  })
})
