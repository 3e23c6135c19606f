/** A multipart body: text and file rows in the order they are sent, each with its own type, file name and headers. */
import { useCallback, useMemo, useState } from 'react'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronRight from 'lucide-react/icons/chevron-right'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import type { DraftId } from '#contract/model/ids.ts'
import type { Part, RequestDocument } from '#contract/model/request.ts'
import { IconButton } from '../../ui/button.tsx'
import { CellInput, changeRow, movedIndex, RowTable, type ValueCellContext } from '../../ui/key-value-table/index.ts'
import { Select } from '../../ui/select.tsx'
import { FileCell } from './file-cell.tsx'
import { FilesRegion } from './files-region.tsx'
import { hasPartDetail, PART_RULES, withPartKind } from './part-edits.ts'
import { PartDetail } from './part-detail.tsx'
import { SendInParts } from './send-in-parts.tsx'
import { cellProblems } from '../../forms/problems.ts'
import { useFileFacts } from './use-file-facts.ts'
import { useRequest, useRowEdits, useSectionProblems } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

const NONE: readonly Part[] = []
const PLACEHOLDERS = { name: t`Add a field`, value: t`Value` }
const PART_KINDS = [
  { value: 'text', label: t`Text` },
  { value: 'file', label: t`File` },
] as const

export function MultipartBody({ draftId }: { readonly draftId: DraftId }) {
  const parts = useRequest(draftId, ({ body }) => (body.kind === 'multipart' ? body.parts : NONE))
  const problems = useSectionProblems(draftId, 'body')
  const rowProblems = useMemo(() => cellProblems(problems), [problems])
  const facts = useFileFacts(
    draftId,
    parts.flatMap((part) => (part.kind === 'file' ? part.files : [])),
  )
  const onEdit = useRowEdits<Part>(draftId, 'body.parts', withParts)
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const onMoved = useCallback(
    (from: number, to: number) => setOpen((old) => new Set([...old].map((index) => movedIndex(index, from, to)))),
    [],
  )

  const toggle = useCallback(
    (index: number) => setOpen((old) => (old.has(index) ? new Set([...old].filter((other) => other !== index)) : new Set([...old, index]))),
    [],
  )
  const setPart = useCallback(
    (index: number, what: string, change: (part: Part) => Part) =>
      onEdit(`${index}.${what}`, (rows) => changeRow(rows, index, change, PART_RULES)),
    [onEdit],
  )
  const renderKind = useCallback(
    (part: Part, index: number) => (
      <span className={styles.partKindCell}>
        <Select
          label={t`Kind`}
          className={styles.partKind ?? ''}
          value={part.kind}
          options={PART_KINDS}
          onChange={(kind) => setPart(index, 'kind', (old) => withPartKind(old, kind))}
        />
        {part !== PART_RULES.blank && (
          <IconButton
            label={open.has(index) ? t`Hide type and headers` : t`Type, file name and headers`}
            className={styles.partChevron}
            aria-expanded={open.has(index)}
            icon={open.has(index) ? <ChevronDown /> : <ChevronRight />}
            onClick={() => toggle(index)}
          />
        )}
      </span>
    ),
    [setPart, open, toggle],
  )
  const renderValue = useCallback(
    (cell: ValueCellContext<Part>) => (
      <PartValue cell={cell} facts={facts} onChange={(what, change) => setPart(cell.index, what, change)} />
    ),
    [facts, setPart],
  )
  const renderDetail = useCallback(
    (part: Part, index: number) =>
      open.has(index) ? <PartDetail part={part} onChange={(what, change) => setPart(index, what, change)} /> : <PartSummary part={part} />,
    [open, setPart],
  )
  const extraMenuItems = useCallback(
    (_part: Part, index: number) => [
      {
        label: open.has(index) ? t`Hide type and headers` : t`Type, file name and headers…`,
        icon: <SlidersHorizontal />,
        onSelect: () => toggle(index),
      },
    ],
    [open, toggle],
  )

  return (
    <div className={styles.scroll}>
      <FilesRegion draftId={draftId} multiple invitation={t`Drop files or folders here: each becomes a row`}>
        <RowTable
          label={t`Form fields`}
          rows={parts}
          rules={PART_RULES}
          onEdit={onEdit}
          onMoved={onMoved}
          fromPasted={asTextPart}
          problems={rowProblems}
          placeholders={PLACEHOLDERS}
          renderKind={renderKind}
          renderValue={renderValue}
          renderDetail={renderDetail}
          extraMenuItems={extraMenuItems}
        />
        <SendInParts draftId={draftId} />
      </FilesRegion>
    </div>
  )
}

interface PartValueProps {
  readonly cell: ValueCellContext<Part>
  readonly facts: ReturnType<typeof useFileFacts>
  readonly onChange: (what: string, change: (part: Part) => Part) => void
}

function PartValue({ cell, facts, onChange }: PartValueProps) {
  const { row, placeholder, describedBy, invalid } = cell
  if (row.kind === 'file') {
    return <FileCell part={row} facts={facts} invalid={invalid} describedBy={describedBy} onChange={onChange} />
  }
  return (
    <CellInput
      label={t`Value`}
      column="value"
      value={row.value}
      onChange={(value) => onChange('value', (part) => (part.kind === 'text' ? { ...part, value } : part))}
      invalid={invalid}
      {...(placeholder !== undefined && { placeholder })}
      {...(describedBy !== undefined && { describedBy })}
    />
  )
}

/** What a closed detail holds, in a line, so that nothing that is sent is out of sight. */
function headerCount(count: number): string {
  if (count === 0) return ''
  return count === 1 ? t`1 header` : t`${count} headers`
}

function PartSummary({ part }: { readonly part: Part }) {
  if (!hasPartDetail(part)) return null
  const words = [
    part.contentType,
    part.kind === 'file' && part.filename !== '' ? t`sent as ${part.filename}` : '',
    headerCount(part.headers.length),
  ]
  return <p className={styles.partSummary}>{words.filter(Boolean).join(' · ')}</p>
}

function asTextPart({ name, value, enabled }: { readonly name: string; readonly value: string; readonly enabled: boolean }): Part {
  return { kind: 'text', name, value, enabled, contentType: '', headers: [] }
}

function withParts(document: RequestDocument, change: (parts: readonly Part[]) => readonly Part[]): RequestDocument {
  return document.body.kind === 'multipart'
    ? { ...document, body: { ...document.body, parts: [...change(document.body.parts)] } }
    : document
}
