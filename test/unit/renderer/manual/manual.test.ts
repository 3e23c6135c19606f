import { describe, expect, test } from 'vitest'
import { MANUAL_PAGES } from '../../../../src-renderer/features/manual/manual-files.ts'
import { linkedPlace, manualPages } from '../../../../src-renderer/features/manual/manual-pages.ts'
import { headingOf, sectionsOf } from '../../../../src-renderer/features/manual/manual-sections.ts'
import { manualSearch, wordsToFind } from '../../../../src-renderer/features/manual/search-manual.ts'

const pages = manualPages({
  '../docs/zebra.md':
    '# Stripes\nBlack.\n\n## Waits\nA read timeout is a gap between two parts. See docs/apple.md, not `docs/apple.md`.\n\n## Waits\nAgain.',
  '../docs/apple.md': '# Apple\nA timeout here, something to `read` far away.\n\n### Cores & <pips>\n| a | b |\n|--|--|\n| 1 | pip |',
  '../docs/decisions/0001-why.md': '# Why\nA read timeout, decided.',
  '../docs/README.md': '# Manual\n- [Stripes](zebra.md)\n- [Apple](./apple.md#cores--pips)',
})
const search = manualSearch(pages.flatMap(sectionsOf))
const namesOf = (typed: string): readonly string[] => search(typed).map(({ section }) => `${section.page.id}#${section.name ?? ''}`)

describe('the pages of the manual', () => {
  test('stand in the order of the index, decisions last', () => {
    expect(pages.map(({ id }) => id)).toEqual(['README', 'zebra', 'apple', 'decisions/0001-why'])
  })

  test('have the title of their first heading and sections with the names that links have', () => {
    expect(pages.map(({ title }) => title)).toEqual(['Manual', 'Stripes', 'Apple', 'Why'])
    expect(sectionsOf(pages[1]!).map(({ name, heading }) => [name, heading])).toEqual([
      [null, 'Stripes'],
      ['waits', 'Waits'],
      ['waits-1', 'Waits'],
    ])
    expect(sectionsOf(pages[2]!)[1]).toMatchObject({ name: 'cores--pips', heading: 'Cores & <pips>', text: 'a · b\n1 · pip\n' })
  })

  test('lead to each other by their files, and nowhere else', () => {
    expect(pages[1]!.text).toContain('See [docs/apple.md](apple.md), not `docs/apple.md`.')
    expect(linkedPlace(pages, 'zebra', 'apple.md#cores--pips')).toEqual({ page: 'apple', heading: 'cores--pips' })
    expect(linkedPlace(pages, 'zebra', '#waits')).toEqual({ page: 'zebra', heading: 'waits' })
    expect(linkedPlace(pages, 'decisions/0001-why', '../apple.md')).toEqual({ page: 'apple', heading: null })
    expect(linkedPlace(pages, 'README', 'zebra.md')).toEqual({ page: 'zebra', heading: null })
    for (const href of ['../CONTRIBUTING.md', 'https://example.com/apple.md', 'javascript:alert(1)', 'gone.md', '%E0%A4%A.md'])
      expect(linkedPlace(pages, 'zebra', href), href).toBeNull()
  })
})

describe('a search of the manual', () => {
  test('has headings first, then texts with the words as they were typed, then with the words anywhere', () => {
    expect(namesOf('waits')).toEqual(['zebra#waits', 'zebra#waits-1'])
    expect(namesOf('Read  timeout')).toEqual(['zebra#waits', 'decisions/0001-why#', 'apple#'])
  })

  test('finds headings of a mistyped name, and nothing for nothing', () => {
    expect(namesOf('stripe')).toContain('zebra#')
    expect(namesOf('strps')).toEqual(['zebra#'])
    expect(namesOf('  ')).toEqual([])
    expect(namesOf('no such thing')).toEqual([])
  })

  test('shows the text around what was found, whatever signs are typed', () => {
    expect(search('gap')[0]?.snippet).toBe('A read timeout is a gap between two parts. See docs/apple.md, not docs/apple.md.')
    expect(namesOf('(a+')).toEqual([])
  })
})

describe('a manual in another language', () => {
  const chinese = manualPages(
    {
      '../docs/README.md': '# Manual\n- [Stripes](zebra.md)',
      '../docs/zebra.md': '# Stripes\nBlack.\n\n## Waits\nHere.\n\n## Ends\nNow.',
      '../docs/architecture.md': '# Rooms\nSee [Ends](zebra.md#ends).',
    },
    {
      '../docs/zh-CN/README.md': '# 手册\n- [条纹](zebra.md)',
      '../docs/zh-CN/zebra.md':
        '# 条纹\n代理服务器的设置见[结构](../architecture.md)。\n\n## 等待\n这里写得很长很长，一直没有任何空白，直到读者终于看到读取超时的说明为止，后面还有客户端证书。\n\n## 结束\n现在。',
    },
  )
  const found = (typed: string): readonly string[] =>
    manualSearch(chinese.flatMap(sectionsOf))(typed).map(({ section }) => `${section.page.id}#${section.name ?? ''}`)

  test('has its pages in the place of those in English, and these where it has none', () => {
    expect(chinese.map(({ id, title }) => [id, title])).toEqual([
      ['README', '手册'],
      ['zebra', '条纹'],
      ['architecture', 'Rooms'],
    ])
  })

  test('is led through by its files, and by headings in English as well', () => {
    expect(linkedPlace(chinese, 'README', 'zebra.md')).toEqual({ page: 'zebra', heading: null })
    expect(linkedPlace(chinese, 'zebra', '../architecture.md')).toEqual({ page: 'architecture', heading: null })
    expect(linkedPlace(chinese, 'architecture', 'zebra.md#ends')).toEqual({ page: 'zebra', heading: 'ends' })
    const zebra = chinese[1]!
    expect(['ends', '结束', 'gone'].map((name) => headingOf(zebra, name))).toEqual(['结束', '结束', null])
  })

  test('is searched without blanks: by what was typed, and by the words in it', () => {
    expect(found('读取超时')).toEqual(['zebra#等待'])
    expect(found('证书说明')).toEqual(['zebra#等待'])
    expect(found('超时代理')).toEqual([])
    expect(wordsToFind('超时')).toEqual(['超时'])
    expect(wordsToFind('证书的超时 TLS')).toEqual(['证书的超时', 'tls', '证书', '超时'])
    expect(wordsToFind('证书说明')).toEqual(['证书说明', '证书', '说明'])
    expect(manualSearch(chinese.flatMap(sectionsOf))('证书')[0]?.snippet).toMatch(/^…?.{1,40}证书/)
  })
})

describe('the manual that is built in', () => {
  const ids = MANUAL_PAGES.map(({ id }) => id)

  test('has the pages of docs', () => {
    expect(ids).toEqual(expect.arrayContaining(['keyboard', 'settings', 'variables', 'runner']))
    expect(MANUAL_PAGES.filter(({ title }) => title === '')).toEqual([])
  })

  test('has no link to a page or a heading that is not there', () => {
    const names = new Map(MANUAL_PAGES.map((page) => [page.id, new Set(sectionsOf(page).map(({ name }) => name))]))
    const broken = MANUAL_PAGES.flatMap((page) =>
      [...page.text.replace(/```[\s\S]*?```|`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, href = '']) => {
        if (!/\.md\b|^#/.test(href) || href.startsWith('../')) return []
        const place = linkedPlace(MANUAL_PAGES, page.id, href)
        const isThere = place !== null && (place.heading === null || names.get(place.page)?.has(place.heading) === true)
        return isThere ? [] : [`${page.id}: ${href}`]
      }),
    )
    expect(broken).toEqual([])
  })
})
