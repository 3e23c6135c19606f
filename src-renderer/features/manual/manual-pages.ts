/** The pages of the manual: the files of `docs`, as they were when the window was built, in the order of their index. */
import { innerTokens, markdownTokens, plainText } from '../../ui/markdown/markdown-tokens.ts'

export interface ManualPage {
  /** Its file below `docs`, without `.md`: of the page in English, in whatever language it is shown. */
  readonly id: string
  /** The same of the file that it is made of. */
  readonly file: string
  /** The page in English, where this one is a translation of it. */
  readonly original: ManualPage | null
  readonly title: string
  readonly text: string
}

/** Texts by their paths, such as `docs/keyboard.md`. */
export type Files = Readonly<Record<string, string>>

/** Of those who work on Posthaste, not of those who work with it. */
const DECISIONS = 'decisions/'
const INDEX = 'README'

/** @param translations pages in another language, each in a folder of that with the name of the page that it stands for */
export function manualPages(files: Files, translations: Files = {}): readonly ManualPage[] {
  const originals = pagesOf(files)
  const byName = new Map(pagesOf(translations).map((page) => [page.file.slice(page.file.indexOf('/') + 1), page]))
  const pages = originals.map((original) => {
    const page = byName.get(original.id)
    return page === undefined ? original : { ...page, id: original.id, original }
  })
  const index = originals.find(({ id }) => id === INDEX)?.text ?? ''
  const places = new Map([...index.matchAll(/\]\((?:\.\/)?([\w/.-]+?)\.md(?:#[^)]*)?\)/g)].map(([, id = ''], place) => [id, place]))
  const rank = ({ id }: ManualPage): number => (id === INDEX ? -1 : id.startsWith(DECISIONS) ? 10_000 : (places.get(id) ?? lastly(id)))
  return pages.toSorted((one, other) => rank(one) - rank(other) || collate(one, other))
}

/** Whether a page tells why Posthaste is as it is, rather than how to use it. */
export function isDecision({ id }: ManualPage): boolean {
  return id.startsWith(DECISIONS)
}

/** Where a link in a page leads; null where that is no page of the manual. */
export function linkedPlace(pages: readonly ManualPage[], from: string, href: string): { page: string; heading: string | null } | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return null
  const [path = '', name = ''] = href.split('#', 2)
  const heading = name === '' ? null : decoded(name)
  if (path === '') return { page: from, heading }
  const base = pages.find(({ id }) => id === from)?.file ?? from
  const below = new URL(path, `file:///docs/${base}`).pathname
  const file = decoded(below.replace(/^\/docs\//, '').replace(/\.md$/, ''))
  const page = below.startsWith('/docs/') ? pages.find((one) => one.file === file || one.id === file) : undefined
  return page === undefined ? null : { page: page.id, heading }
}

function pagesOf(files: Files): readonly ManualPage[] {
  return Object.entries(files).map(([path, text]) => pageOf(path.replace(/^.*?\bdocs\//, '').replace(/\.md$/, ''), withLinks(text)))
}

function pageOf(id: string, text: string): ManualPage {
  const first = markdownTokens(text).find((token) => token.type === 'heading')
  const title = first?.type === 'heading' ? plainText(innerTokens(first.tokens)).trim() : id
  return { id, file: id, original: null, title, text }
}

/** Pages name each other by their files: such a name is made a link, unless it stands in a link or in code. */
function withLinks(text: string): string {
  return text.replace(/(?<![\w/(`[])docs\/([\w-]+)\.md\b(?![\])`])/g, '[docs/$1.md]($1.md)')
}

function lastly(id: string): number {
  return id === 'architecture' ? 9000 : 5000
}

function collate(one: ManualPage, other: ManualPage): number {
  return isDecision(one) ? one.id.localeCompare(other.id, 'en') : one.title.localeCompare(other.title, 'en')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
