/** The links of an answer's `Link` headers, with whole addresses. */
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import { parseLinks } from '#contract/model/link-header.ts'
import { t } from '../../lib/t.ts'

export interface AnswerLink {
  readonly rel: string
  /** Absolute. */
  readonly url: string
  readonly title: string | null
  /** Whether it is about the answer itself, and not about the address in its `anchor`. */
  readonly isOwn: boolean
}

/** Links whose address can be asked for over HTTP, in wire order. @see RFC 8288 §3.1: relative ones are to the answer's own address */
export function linksOf({ url, headers }: Pick<ReceivedResponse, 'url' | 'headers'>): readonly AnswerLink[] {
  const values = headers.flatMap(([name, value]) => (name.toLowerCase() === 'link' ? [value] : []))
  return parseLinks(values).flatMap(({ rel, target, title, anchor }) => {
    const address = URL.canParse(target, url) ? new URL(target, url) : null
    if (address === null || !/^https?:$/.test(address.protocol)) return []
    return [{ rel, url: address.href, title, isOwn: anchor === null }]
  })
}

export type PageRelation = 'first' | 'prev' | 'next' | 'last'

type PagesAround = Readonly<Partial<Record<PageRelation, string | undefined>>>

/** The addresses of the pages around an answer. */
export function pagesAround(links: readonly AnswerLink[]): PagesAround {
  const to = (...relations: string[]): string | undefined => links.find(({ rel, isOwn }) => isOwn && relations.includes(rel))?.url
  const found = { first: to('first', 'start'), prev: to('prev', 'previous'), next: to('next'), last: to('last') }
  return Object.fromEntries(Object.entries(found).filter(([, url]) => url !== undefined))
}

/** The address of the first page, where the answer is a later one and says which that is. */
export function firstBefore({ first, prev }: PagesAround): string | null {
  return prev === undefined ? null : (first ?? null)
}

/** What pressing the button that collects pages gets: it goes on from the answer that is shown, or from the first page. */
export function collectLabel(pages: PagesAround): string {
  return pages.prev === undefined || firstBefore(pages) !== null ? t`All pages…` : t`This and later pages…`
}
