/** What is shown above the answer for a status: a row for each status, class or range. */
import { useCallback, useMemo } from 'react'
import type { StatusMessage } from '#contract/model/capture.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { changeRow, RowTable, type RowRules, type ValueCellContext } from '../../ui/key-value-table/index.ts'
import { TypedCell } from './check-cells.tsx'
import { useRequest, useRowEdits } from './use-request.ts'
import { t } from '../../lib/t.ts'

type MessageRow = Omit<StatusMessage, 'status' | 'show'> & { readonly name: string; readonly value: string }

const NONE: readonly StatusMessage[] = []
const STATUSES: readonly string[] = ['4xx', '5xx', '400', '401', '403', '404', '409', '422', '429', '500', '503', '500-599']
const PLACEHOLDERS = { name: t`Add a status: 404, 4xx, 500-503`, value: t`What to show: res.body.message, or a text` }
const RULES: RowRules<MessageRow> = {
  blank: { name: '', value: '', enabled: true },
  isBlank: (row) => row.name === '' && row.value === '' && row.enabled,
}

export function StatusMessagesTable({ draftId, suggestions }: { readonly draftId: DraftId; readonly suggestions: readonly string[] }) {
  const messages = useRequest(draftId, (document) => document.statusMessages ?? NONE)
  const rows = useMemo(() => messages.map(asRow), [messages])
  const onEdit = useRowEdits<MessageRow>(draftId, 'tests.messages', withMessages)
  const renderValue = useCallback(
    ({ row, index, placeholder, invalid, describedBy }: ValueCellContext<MessageRow>) => (
      <TypedCell
        label={t`Show`}
        value={row.value}
        suggestions={suggestions}
        onChange={(value) => onEdit(`${index}.value`, (list) => changeRow(list, index, { value }, RULES))}
        {...{ placeholder, invalid, describedBy }}
      />
    ),
    [onEdit, suggestions],
  )
  return (
    <RowTable
      label={t`Messages by status`}
      nameLabel={t`Status`}
      rows={rows}
      rules={RULES}
      onEdit={onEdit}
      placeholders={PLACEHOLDERS}
      nameSuggestions={STATUSES}
      renderValue={renderValue}
    />
  )
}

function asRow({ status, show, ...rest }: StatusMessage): MessageRow {
  return { ...rest, name: status, value: show }
}

function withMessages(
  { statusMessages = [], ...rest }: RequestDocument,
  change: (rows: readonly MessageRow[]) => readonly MessageRow[],
): RequestDocument {
  const rows = change(statusMessages.map(asRow))
  if (rows.length === 0) return rest
  return { ...rest, statusMessages: rows.map(({ name, value, enabled }) => ({ status: name, show: value, enabled })) }
}
