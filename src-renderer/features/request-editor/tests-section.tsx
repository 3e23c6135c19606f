/** What the answer must be: the request's assertions, one on each line. */
import Plus from 'lucide-react/icons/plus'
import Trash2 from 'lucide-react/icons/trash-2'
import { ASSERTION_OPERATORS, isUnary, type Assertion } from '#contract/model/assertion.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import { tableStep } from '../../lib/table-step.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useRequest } from './use-request.ts'
import editor from './request-editor.module.css'
import styles from './tests-section.module.css'

const NONE: readonly Assertion[] = []
const OPERATORS: readonly SelectOption<string>[] = ASSERTION_OPERATORS.map(({ name, words }) => ({ value: name, label: words }))
const BLANK: Assertion = { expression: 'res.status', operator: 'eq', value: '200', enabled: true }

export function TestsSection({ draftId }: { readonly draftId: DraftId }) {
  const assertions = useRequest(draftId, (document) => document.assertions ?? NONE)
  const edit = (what: string, change: (rows: readonly Assertion[]) => readonly Assertion[]): void =>
    editDocument(draftId, tableStep('tests', what), (document) => {
      const rows = change(document.assertions ?? NONE)
      const { assertions: _, ...rest } = document
      return rows.length === 0 ? rest : { ...rest, assertions: [...rows] }
    })
  const add = (
    <Button icon={<Plus />} onClick={() => edit('add', (rows) => [...rows, BLANK])}>
      Add an assertion
    </Button>
  )
  if (assertions.length === 0) {
    return (
      <EmptyState title="No assertions">
        <span>Say what the answer must be, here or from a match: open the filter above a body and choose “Use as an assertion”.</span>
        {add}
      </EmptyState>
    )
  }
  return (
    <div className={editor.scroll}>
      <table className={styles.table} aria-label="Assertions">
        <thead className={styles.unseen}>
          <tr>
            <th scope="col">Enabled</th>
            <th scope="col">Expression</th>
            <th scope="col">Operator</th>
            <th scope="col">Value</th>
            <th scope="col">Delete</th>
          </tr>
        </thead>
        <tbody>
          {assertions.map((assertion, index) => (
            <AssertionRow
              // Rows repeat and never move: the place is the identity.
              key={index}
              index={index}
              assertion={assertion}
              onChange={(what, change) =>
                edit(`${index}.${what}`, (rows) => rows.map((row, at) => (at === index ? { ...row, ...change } : row)))
              }
              onDelete={() => edit(`${index}.delete`, (rows) => rows.filter((_, at) => at !== index))}
            />
          ))}
        </tbody>
      </table>
      <div className={styles.foot}>{add}</div>
      <p className={editor.help}>
        Expressions look at the answer: <code>res.status</code>, <code>res.headers['content-type']</code>, <code>res.body.items[0].id</code>
        , <code>res.jsonpath('$..id')</code>, <code>res.xpath('//h1')</code>, <code>res.css('h1')</code>. They are saved in the request’s
        file.
      </p>
    </div>
  )
}

interface AssertionRowProps {
  readonly index: number
  readonly assertion: Assertion
  readonly onChange: (what: string, change: Partial<Assertion>) => void
  readonly onDelete: () => void
}

function AssertionRow({ index, assertion, onChange, onDelete }: AssertionRowProps) {
  const { expression, operator, value, enabled } = assertion
  const isKnown = OPERATORS.some((option) => option.value === operator)
  // One of a later version, or of another program, stays what it is.
  const operators = isKnown ? OPERATORS : [...OPERATORS, { value: operator, label: operator }]
  return (
    <tr data-off={!enabled}>
      <td className={styles.enabled}>
        <input
          type="checkbox"
          aria-label="Enabled"
          checked={enabled}
          onChange={(event) => onChange('enabled', { enabled: event.target.checked })}
        />
      </td>
      <td>
        <TextInput
          label="Expression"
          code
          className={styles.field ?? ''}
          data-field={`${index}.name`}
          value={expression}
          placeholder="res.status"
          onChange={(next) => onChange('name', { expression: next })}
        />
      </td>
      <td className={styles.operator}>
        <Select label="Operator" value={operator} options={operators} onChange={(next) => onChange('operator', { operator: next })} />
      </td>
      <td>
        <TextInput
          label="Value"
          code
          className={styles.field ?? ''}
          data-field={`${index}.value`}
          value={value}
          disabled={isUnary(operator)}
          onChange={(next) => onChange('value', { value: next })}
        />
      </td>
      <td className={styles.delete}>
        <IconButton label={`Delete assertion ${index + 1}`} icon={<Trash2 />} onClick={onDelete} />
      </td>
    </tr>
  )
}
