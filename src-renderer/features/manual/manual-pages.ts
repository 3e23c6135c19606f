/** The pages of the manual: the files of `docs`, as they were when the window was built, in the order of their index. */
import { innerTokens, markdownTokens, plainText } from '../../ui/markdown/markdown-tokens.ts'

export interface ManualPage {
  /** Its file below `docs`, without `.md`. */
  readonly id: string
  readonly title: string
  readonly text: string
}

/** Of those who work on Posthaste, not of those who work with it. */
const DECISIONS = 'decisions/'
const INDEX = 'README'

/** @param files texts by their paths, such as `docs/keyboard.md` */
export function manualPages(files: Readonly<Record<string, string>>): readonly ManualPage[] {
  const pages = Object.entries(files).map(([path, text]) => pageOf(path.replace(/^.*?\bdocs\//, '').replace(/\.md$/, ''), text))
  const index = pages.find(({ id }) => id === INDEX)?.text ?? ''
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
  const below = new URL(path, `file:///docs/${from}`).pathname
  const id = decoded(below.replace(/^\/docs\//, '').replace(/\.md$/, ''))
  return below.startsWith('/docs/') && pages.some((page) => page.id === id) ? { page: id, heading } : null
}

function pageOf(id: string, file: string): ManualPage {
  const text = withLinks(file)
  const first = markdownTokens(text).find((token) => token.type === 'heading')
  const title = first?.type === 'heading' ? plainText(innerTokens(first.tokens)).trim() : id
  return { id, title, text }
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
