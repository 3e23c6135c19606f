/** The pages around an answer, as its `Link` header names them: go to one, or have them all as one. */
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import ChevronFirst from 'lucide-react/icons/chevron-first'
import ChevronLast from 'lucide-react/icons/chevron-last'
import Files from 'lucide-react/icons/files'
import { useState, type ReactNode } from 'react'
import type { Exchange, ReceivedResponse } from '#contract/model/exchange.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { mayPage } from '#contract/model/next-page.ts'
import { collectFrom, collectPages, goToPage } from '../../actions/answer-pages.ts'
import { HISTORY_TAB } from '../../lib/history-tab.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { collectLabel, firstBefore, linksOf, pagesAround, type PageRelation } from './links.ts'
import { PagesDialog } from './pages-dialog.tsx'
import styles from './pages.module.css'
import { t } from '../../lib/t.ts'

export interface PageLinksProps {
  readonly draftId: DraftId
  readonly exchange: Exchange
  readonly response: ReceivedResponse
  /** All pages were asked for: they are to be shown. */
  readonly onAll: () => void
}

export function PageLinks({ draftId, exchange, response, onAll }: PageLinksProps) {
  const [isAsking, setAsking] = useState(false)
  const pages = pagesAround(linksOf(response))
  if (pages.next === undefined && pages.prev === undefined) return null
  // An entry of the history is one answer; its pages go on from it.
  const first = draftId === HISTORY_TAB ? null : firstBefore(pages)
  const mayCollect = (pages.next !== undefined || first !== null) && mayPage(exchange.request?.method ?? '')
  const go = (relation: PageRelation) => ({
    disabled: pages[relation] === undefined,
    onClick: () => void goToPage(draftId, pages[relation] ?? ''),
  })
  return (
    <nav className={styles.links} aria-label={t`Pages`}>
      <PageButton label={t`First page`} icon={<ChevronFirst />} {...go('first')} />
      <PageButton label={t`Previous page`} icon={<ChevronLeft />} {...go('prev')} />
      <PageButton label={t`Next page`} icon={<ChevronRight />} {...go('next')} />
      <PageButton label={t`Last page`} icon={<ChevronLast />} {...go('last')} />
      {mayCollect && (
        <Button variant="ghost" icon={<Files />} onClick={() => setAsking(true)}>
          {collectLabel(first === null ? { ...pages, first: undefined } : pages)}
        </Button>
      )}
      {isAsking && (
        <PagesDialog
          hasFirst={first !== null}
          hasNext={pages.next !== undefined}
          onClose={() => setAsking(false)}
          onGo={(limit, isFromFirst) => {
            setAsking(false)
            onAll()
            if (isFromFirst && first !== null) void collectFrom(draftId, first, limit)
            else void collectPages(draftId, exchange, limit)
          }}
        />
      )}
    </nav>
  )
}

interface PageButtonProps {
  readonly label: string
  readonly icon: ReactNode
  readonly disabled: boolean
  readonly onClick: () => void
}

function PageButton(props: PageButtonProps) {
  return <IconButton {...props} />
}
