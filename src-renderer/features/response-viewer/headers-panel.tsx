/** The headers of an answer as they came: in wire order, in wire case, duplicates and all. */
import Copy from 'lucide-react/icons/copy'
import { useState } from 'react'
import type { HeaderList } from '#contract/model/exchange.ts'
import { copyToClipboard } from '../../actions/bodies.ts'
import { IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './data-table.module.css'
import { headersMatching, headersText } from './header-text.ts'

export function HeadersPanel({ headers }: { readonly headers: HeaderList }) {
  const [filter, setFilter] = useState('')
  if (headers.length === 0) return <EmptyState title="No headers">The server sent a status line and nothing else.</EmptyState>
  const shown = headersMatching(headers, filter)
  return (
    <>
      <div className={styles.bar}>
        <TextInput
          label="Filter headers"
          placeholder="Filter by name or value"
          className={styles.filter ?? ''}
          value={filter}
          onChange={setFilter}
        />
        <span className={styles.count}>{shown.length < headers.length ? `${shown.length} of ${headers.length}` : ''}</span>
        <IconButton
          label={shown.length < headers.length ? 'Copy these headers' : 'Copy all headers'}
          icon={<Copy />}
          onClick={() => void copyToClipboard(headersText(shown))}
        />
      </div>
      <div className={styles.scroll} role="group" aria-label="All headers" tabIndex={0}>
        <table className={`${styles.table} ${styles.headers}`} aria-label="Response headers">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(([name, value], index) => (
              // Names repeat and rows never move: the place is the identity.
              <tr key={index}>
                <td className={styles.name}>{name}</td>
                <td className={styles.value}>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className={styles.nothing}>No header has “{filter}” in its name or value.</p>}
      </div>
    </>
  )
}
