/** The manual cut at its headings: what a search finds, and what the list of pages shows of the one that is open. */
import { headingName, innerTokens, markdownTokens, plainText } from '../../ui/markdown/markdown-tokens.ts'
import type { ManualPage } from './manual-pages.ts'

export interface ManualSection {
  readonly page: ManualPage
  /** Name of its heading in a link; null for what stands before the second heading of a page. */
  readonly name: string | null
  readonly heading: string
  /** 1 for the page's title, 2 for its parts, and so on. */
  readonly depth: number
  /** Without marks. */
  readonly text: string
}

/** The heading that a link means: a translated page has those of the original, in the same order. */
export function headingOf(page: ManualPage, name: string | null): string | null {
  const sections = sectionsOf(page)
  if (name === null || page.original === null || sections.some((section) => section.name === name)) return name
  const place = sectionsOf(page.original).findIndex((section) => section.name === name)
  return sections[place]?.name ?? null
}

export function sectionsOf(page: ManualPage): readonly ManualSection[] {
  const taken = new Set<string>()
  const sections: { name: string | null; heading: string; depth: number; text: string }[] = [
    { name: null, heading: page.title, depth: 1, text: '' },
  ]
  for (const token of markdownTokens(page.text)) {
    const text = plainText([token])
    if (token.type === 'heading') {
      const heading = plainText(innerTokens(token.tokens)).trim()
      const name = headingName(heading, taken)
      // The first heading is the title, with which the first section begins already.
      if (token.depth > 1) sections.push({ name, heading, depth: token.depth, text: '' })
    } else {
      const last = sections.at(-1)
      if (last) last.text += text
    }
  }
  return sections.map((section) => ({ ...section, page }))
}
