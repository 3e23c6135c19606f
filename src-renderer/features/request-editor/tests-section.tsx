/** What the answer must be, what is taken out of it, and what is shown for its status: all of it made after each send. */
import Plus from 'lucide-react/icons/plus'
import type { ReactNode } from 'react'
import type { Assertion } from '#contract/model/assertion.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import { useFocusStore } from '../../stores/focus-store.ts'
import { Button } from '../../ui/button.tsx'
import { CheckBox } from '../../ui/controls/check-box.tsx'
import { HelpMark } from '../../ui/controls/help-mark.tsx'
import { OptionWords } from '../../forms/option-words.tsx'
import { AssertionsTable } from './assertions-table.tsx'
import { CapturesTable } from './captures-table.tsx'
import { LastResult } from './check-cells.tsx'
import { gateOf } from './check-results.ts'
import { StatusMessagesTable } from './status-messages-table.tsx'
import { useAnswerExpressions } from './use-answer-expressions.ts'
import { useRequest } from './use-request.ts'
import editor from './request-editor.module.css'
import styles from './tests-section.module.css'
import { rich, t } from '../../lib/t.ts'

/** What most requests are asked first. */
const FIRST: readonly { readonly label: string; readonly assertion: Assertion }[] = [
  { label: t`Status is 200`, assertion: { expression: 'res.status', operator: 'eq', value: '200', enabled: true } },
  { label: t`Takes less than 1 s`, assertion: { expression: 'res.responseTime', operator: 'lt', value: '1000', enabled: true } },
  { label: t`Body is JSON`, assertion: { expression: 'res.body', operator: 'isJson', value: '', enabled: true } },
]

export function TestsSection({ draftId }: { readonly draftId: DraftId }) {
  const checks = useExchangesStore((state) => exchangeOf(draftId)(state).last?.checks)
  const isGated = useRequest(draftId, (document) => document.raiseForStatus === true)
  const hasAssertions = useRequest(draftId, (document) => (document.assertions ?? []).length > 0)
  const hasCaptures = useRequest(draftId, (document) => (document.captures ?? []).length > 0)
  const suggestions = useAnswerExpressions(draftId)
  const gate = gateOf(checks)
  return (
    <div className={editor.scroll}>
      <div className={styles.gate}>
        <CheckBox label={t`Fail on a status of 400 or more`} checked={isGated} onChange={(next) => setGate(draftId, next)} />
        <HelpMark label={t`Fail on a status of 400 or more`} id={`${draftId}-gate`}>
          <OptionWords of="raiseForStatus" />
        </HelpMark>
        <code className={styles.gateName}>raise_for_status()</code>
        {isGated && gate && <LastResult passed={gate.passed} actual={gate.actual} problem={gate.problem ?? null} />}
      </div>
      <Group title={t`Assertions`}>
        <AssertionsTable draftId={draftId} checks={checks} suggestions={suggestions} />
        {hasAssertions ? null : (
          <div className={styles.first}>
            {FIRST.map(({ label, assertion }) => (
              <Button key={label} variant="ghost" icon={<Plus />} onClick={() => addAssertion(draftId, assertion)}>
                {label}
              </Button>
            ))}
          </div>
        )}
        <p
          className={editor.help}
        >{rich`Checked after each send, in the window and by ${(<code>posthaste send</code>)} and ${(<code>run</code>)}. Expressions look at the answer: ${(<code>res.status</code>)}, ${(<code>res.headers['content-type']</code>)}, ${(<code>res.body.items[0].id</code>)}, ${(<code>res.jsonpath('$..id')</code>)}. Or send once, and choose “Use as an assertion” in the menu of any value of the answer.`}</p>
      </Group>
      <Group title={t`Captures`}>
        <CapturesTable draftId={draftId} checks={checks} suggestions={suggestions} />
        {!hasCaptures && (
          <p
            className={editor.help}
          >{rich`A value of the answer becomes a variable for the next requests: ${(<code>token</code>)} from ${(<code>res.body.token</code>)} stands wherever ${(<code>{'{{token}}'}</code>)} does.`}</p>
        )}
      </Group>
      <Group title={t`Messages by status`}>
        <StatusMessagesTable draftId={draftId} suggestions={suggestions} />
      </Group>
    </div>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.group}>
      <h2 className={editor.groupTitle}>{title}</h2>
      {children}
    </div>
  )
}

function setGate(id: DraftId, isGated: boolean): void {
  editDocument(id, `tests.raiseForStatus#${String(isGated)}`, ({ raiseForStatus: _before, ...rest }) =>
    isGated ? { ...rest, raiseForStatus: true } : rest,
  )
}

/** The button goes with the first one; what is wanted now is what it compares with. */
function addAssertion(id: DraftId, assertion: Assertion): void {
  const row = useDraftsStore.getState().tabs[id]?.draft.document.assertions?.length ?? 0
  editDocument(id, `tests.add#${assertion.expression}`, (document) => ({
    ...document,
    assertions: [...(document.assertions ?? []), { ...assertion }],
  }))
  useFocusStore.getState().ask(id, { section: 'tests', row, field: assertion.value === '' ? 'assertions.name' : 'assertions.value' })
}
