/**
 * The manual in Simplified Chinese says what that in English does: page by page the same parts, examples, tables, names of
 * code and links. Whoever changes a page is told here of the other one. What only those read who work on Posthaste is in English.
 */
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import chinese from '../../src-renderer/languages/zh-CN.json' with { type: 'json' }
import { allPages, anchorOf, type Page } from '../support/doc-pages.ts'

const FOLDER = 'docs/zh-CN/'
const IN_ENGLISH_ONLY = /^docs\/(?:architecture|packaging|performance|decisions\/.*)\.md$/

const pages = allPages()
const originals = pages.filter(({ path }) => path.startsWith('docs/') && !path.startsWith(FOLDER) && !IN_ENGLISH_ONLY.test(path))
const translations = pages.filter(({ path }) => path.startsWith(FOLDER))
const translationOf = ({ path }: Page): string => path.replace('docs/', FOLDER)
const pairs = originals.flatMap((original) => {
  const translation = translations.find(({ path }) => path === translationOf(original))
  return translation ? [[original.path, original, translation] as const] : []
})

const TEXTS: Readonly<Record<string, string>> = chinese
const linesOf = ({ prose }: Page, what: RegExp): readonly string[] => prose.split('\n').filter((line) => what.test(line))
const depths = (page: Page): readonly number[] => linesOf(page, /^#+ /).map((line) => line.indexOf(' '))
/** How many cells each row has; a `|` in code is none. */
const tables = (page: Page): readonly number[] => linesOf(page, /^\|/).map((line) => line.replace(/`[^`]*`|\\\|/g, '').split('|').length)
const codes = ({ prose }: Page): readonly string[] => [...new Set([...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code))].sort()

/** Where the links of a page lead: a page by its name in English, a heading by its place. */
function links({ path, prose }: Page): readonly string[] {
  return [...prose.replace(/`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => /^https?:|\.md\b|^#/.test(link))
    .map((link) => {
      if (/^https?:/.test(link)) return link
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : posix.join(posix.dirname(path), file)
      const english = target.replace(FOLDER, 'docs/')
      return anchor === undefined ? english : `${english}#${headingsOf(target).indexOf(decodeURIComponent(anchor))}`
    })
    .sort()
}

function headingsOf(path: string): readonly string[] {
  const page = pages.find((one) => one.path === path)
  return [...(page?.prose ?? '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
}

test('every page of the manual is there in Chinese, and none that has no original', () => {
  expect(translations.map(({ path }) => path)).toEqual(originals.map(translationOf))
  expect(pairs.length).toBeGreaterThan(15)
})

describe.each(pairs)('%s in Chinese', (_path, original, translation) => {
  test('has the same parts and tables', () => {
    expect(depths(translation)).toEqual(depths(original))
    expect(tables(translation)).toEqual(tables(original))
  })

  test('has the same examples', () => {
    const shown = ({ examples }: Page): readonly unknown[] => examples.map(({ language, text }) => ({ language, text }))
    expect(shown(translation)).toEqual(shown(original))
  })

  test('names the same code', () => {
    expect(codes(translation)).toEqual(codes(original))
  })

  test('leads to the same places', () => {
    expect(links(translation)).toEqual(links(original))
  })

  test('calls what is in the window as the window does', () => {
    const named = [...original.prose.replace(/`[^`\n]*`/g, '').matchAll(/\*\*([^*\n]+)\*\*|“([^”\n]+)”|"([^"\n]+)"/g)]
      .map(([, bold, quoted, straight]) => bold ?? quoted ?? straight ?? '')
      .filter((name) => Object.hasOwn(TEXTS, name) && TEXTS[name] !== name)
    expect(named.filter((name) => !translation.prose.includes(TEXTS[name] ?? ''))).toEqual([])
  })
})

test('the actions in the page on keys are called as in the window', () => {
  const rows = (path: string): readonly string[] =>
    [...(pages.find((page) => page.path === path)?.prose ?? '').matchAll(/^\| `[\w.]+` \| [^|]* \| ([^|]*) \|$/gm)].map(
      ([, name = '']) => name,
    )
  const said = (name: string): string | undefined => TEXTS[name] ?? TEXTS[name.replace(/\d$/, '%{0}')]?.replace('%{0}', name.slice(-1))

  expect(rows('docs/keyboard.md').length).toBeGreaterThan(50)
  expect(rows('docs/zh-CN/keyboard.md')).toEqual(rows('docs/keyboard.md').map(said))
})
