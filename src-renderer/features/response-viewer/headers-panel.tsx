/**
 * The headers of an answer as they came: in wire order, in wire case, duplicates and all; before them those of interim
 * answers, after them the trailers.
 */
import List from 'lucide-react/icons/list'
import Copy from 'lucide-react/icons/copy'
import { useState } from 'react'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import { copyToClipboard } from '../../actions/bodies.ts'
import { IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatDuration } from '../../lib/format-duration.ts'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './data-table.module.css'
import { HeaderHints } from './header-hints.tsx'
import { HeaderTable } from './header-table.tsx'
import { headersMatching, headersText } from './header-text.ts'
import { statusText } from './status-meanings.ts'
import { rich, t } from '../../lib/t.ts'

export interface HeadersPanelProps {
  readonly response: ReceivedResponse
  /** When it came, in milliseconds since the epoch. */
  readonly at: number
}

export function HeadersPanel({ response, at }: HeadersPanelProps) {
  const { headers, informational, trailers } = response
  const [filter, setFilter] = useState('')
  const isSeveral = informational.length + trailers.length > 0
  if (headers.length === 0 && !isSeveral)
    return <EmptyState icon={<List />} title={t`No headers`}>{t`The server sent a status line and nothing else.`}</EmptyState>
  const shown = headersMatching(headers, filter)
  return (
    <>
      <div className={styles.bar}>
        <TextInput
          label={t`Filter headers`}
          placeholder={t`Filter by name or value`}
          className={styles.filter ?? ''}
          value={filter}
          onChange={setFilter}
        />
        <span className={styles.count}>{shown.length < headers.length ? t`${shown.length} of ${headers.length}` : ''}</span>
        <IconButton
          label={shown.length < headers.length ? t`Copy these headers` : t`Copy all headers`}
          icon={<Copy />}
          onClick={() => void copyToClipboard(headersText(shown))}
        />
      </div>
      <div
        className={isSeveral ? `${styles.scroll} ${styles.several}` : styles.scroll}
        role="group"
        aria-label={t`All headers`}
        tabIndex={0}
      >
        {filter.trim() === '' && <HeaderHints response={response} at={at} />}
        {informational.map((interim, index) => (
          <HeaderTable
            key={index}
            label={t`Interim answer ${interim.status}`}
            title={t`${statusText({ status: interim.status, reason: '' })}, after ${formatDuration(interim.at)}`}
            headers={headersMatching(interim.headers, filter)}
            url={response.url}
            at={at}
          />
        ))}
        <HeaderTable
          label={t`Response headers`}
          isOfAnswer
          {...(isSeveral && { title: statusText(response) })}
          headers={shown}
          url={response.url}
          at={at}
        />
        {trailers.length > 0 && (
          <HeaderTable
            label={t`Trailers`}
            title={t`Trailers, after the body`}
            headers={headersMatching(trailers, filter)}
            url={response.url}
            at={at}
          />
        )}
        {shown.length === 0 && <p className={styles.nothing}>{rich`No header has “${filter}” in its name or value.`}</p>}
      </div>
    </>
  )
}
