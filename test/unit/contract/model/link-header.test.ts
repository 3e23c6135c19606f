import { describe, expect, test } from 'vitest'
import { linkTo, parseLinks } from '#contract/model/link-header.ts'

const brief = (...values: string[]): readonly string[] => parseLinks(values).map(({ rel, target }) => `${rel} ${target}`)

describe('parseLinks', () => {
  test('reads what GitHub sends', () => {
    expect(
      brief('<https://api.github.com/user/repos?page=3&per_page=100>; rel="next", <https://api.github.com/user/repos?page=50>; rel="last"'),
    ).toEqual(['next https://api.github.com/user/repos?page=3&per_page=100', 'last https://api.github.com/user/repos?page=50'])
  })

  test('takes several headers, words without quotes, several relations and white space', () => {
    expect(brief(' </a> ;rel=NEXT ;x , </b>; rel="prev  start"', '<c>;rel=last')).toEqual(['next /a', 'prev /b', 'start /b', 'last c'])
  })

  test('keeps commas and semicolons in addresses and in quotes', () => {
    const [link] = parseLinks(['</a,b;c>; title="x, \\"y\\"; z"; rel=next'])
    expect(link).toEqual({ rel: 'next', target: '/a,b;c', anchor: null, title: 'x, "y"; z' })
  })

  test('the first of a parameter holds, and an encoded title goes before a plain one', () => {
    expect(parseLinks(["</a>; rel=next; rel=prev; title=plain; title*=UTF-8'de'n%c3%a4chste"])).toEqual([
      { rel: 'next', target: '/a', anchor: null, title: 'nächste' },
    ])
  })

  test('leaves out what is no link, and no more', () => {
    expect(brief('nonsense, </a>; rel=next, <unended')).toEqual(['next /a'])
    expect(brief('</a>', '', ',,')).toEqual([])
    expect(brief('</a> junk; rel=next, </b>; rel=prev')).toEqual(['prev /b'])
  })

  test('is quick with whatever it is given', () => {
    expect(brief(`${'<'.repeat(50_000)}`)).toEqual([])
    expect(brief(`</a>;${' ;'.repeat(50_000)}rel=next`)).toEqual(['next /a'])
  })
})

test('linkTo finds the first relation that is about the answer itself', () => {
  const links = parseLinks(['</x>; rel=next; anchor="/other", </a>; rel=next, </b>; rel=previous'])
  expect(linkTo(links, 'next')).toBe('/a')
  expect(linkTo(links, 'prev', 'previous')).toBe('/b')
  expect(linkTo(links, 'last')).toBeNull()
})
