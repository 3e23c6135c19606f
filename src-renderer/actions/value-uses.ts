/**
 * What a value of an answer can be used for beyond being read: an assertion of the request, or a capture that takes it
 * into a variable at each send. Both are said, with where they stand, and can be taken back.
 */
import type { Assertion } from '#contract/model/assertion.ts'
import type { Capture } from '#contract/model/capture.ts'
import type { WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { expectedText } from '../lib/answer-expressions.ts'
import { useAppStore } from '../stores/app-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { ask } from './ask.ts'
import { collectionIdOf } from './context.ts'
import { editDocument, undo } from './edit.ts'
import { platform } from './platform-ref.ts'
import { rereadVariables } from './variables.ts'
import { t } from '../lib/t.ts'

/** A value, and the words that find it in an answer. */
export interface AnswerValue {
  readonly expression: string
  readonly value: string
  /** It is a text of JSON, whatever it looks like. */
  readonly isText?: boolean
  /** For a variable that is made of it. */
  readonly name: string
}

/** What a `{{reference}}` can name. */
const NAME = /^[\w.-]+$/
const OPERATOR_WORDS = { eq: t`equals`, lt: t`is less than` } as const

/** Adds to the request that the answer has this value there. */
export function assertValue(
  id: DraftId,
  { expression, value, isText = false }: Omit<AnswerValue, 'name'>,
  operator: 'eq' | 'lt' = 'eq',
): void {
  const added: Assertion = { expression, operator, value: isText ? expectedText(value) : value, enabled: true }
  const row = documentOf(id)?.assertions?.length ?? 0
  editDocument(id, `tests.${row}`, (document) => ({ ...document, assertions: [...(document.assertions ?? []), added] }))
  tellAdded(id, {
    noticeId: `assertion:${id}:${row}`,
    text: t`Asserted under Tests: ${expression} ${OPERATOR_WORDS[operator]} ${shortened(value)}.`,
    row,
    field: 'value',
    without: ({ assertions = [], ...rest }) => withRows(rest, 'assertions', assertions, added),
  })
}

/** Asks for a name and a scope; then the request takes the value at each send, and the variable has it already where it can. */
export async function captureValue(id: DraftId, { expression, name, value }: AnswerValue): Promise<void> {
  await ask('capture', {
    name,
    expression,
    value: shortened(value),
    attempt: async (chosen, scope) => {
      if (!NAME.test(chosen))
        return { kind: 'InvalidName', stage: 'store', message: t`A variable’s name has letters, digits, “_”, “-” and “.” only.` }
      const failure = scope === 'runtime' ? await keepNow(id, chosen, value) : null
      if (failure !== null) return failure
      addCapture(id, { name: chosen, expression, scope, enabled: true }, scope === 'runtime' ? value : null)
      return null
    },
  })
}

async function keepNow(id: DraftId, name: string, value: string): Promise<WireError | null> {
  const draft = useDraftsStore.getState().tabs[id]?.draft
  const kept = await platform().call('captured.set', {
    collectionId: draft === undefined ? null : collectionIdOf(draft),
    values: { [name]: value },
  })
  if (!kept.ok) return kept.error
  rereadVariables()
  return null
}

/** @param now what the variable is already; null: it is set by the next send */
function addCapture(id: DraftId, added: Capture, now: string | null): void {
  const captures = documentOf(id)?.captures ?? []
  // A variable is captured in one way: the row of its name is what was meant.
  const known = captures.findIndex(({ name, scope }) => name === added.name && scope === added.scope)
  const row = known < 0 ? captures.length : known
  const before = captures[known]
  editDocument(id, `tests.captures.${row}`, (document) => ({
    ...document,
    captures: [...captures.slice(0, row), added, ...captures.slice(row + 1)],
  }))
  tellAdded(id, {
    noticeId: `capture:${id}:${row}`,
    text: now === null ? t`{{${added.name}}} is captured at the next send.` : t`{{${added.name}}} is now ${shortened(now)}.`,
    row,
    field: 'captures.value',
    without: ({ captures: rows = [], ...rest }) =>
      before ? { ...rest, captures: rows.map((one) => (one === added ? before : one)) } : withRows(rest, 'captures', rows, added),
  })
}

interface Added {
  readonly noticeId: string
  readonly text: string
  readonly row: number
  /** As `FieldRef` has it. */
  readonly field: string
  /** The request without what was added. */
  readonly without: (document: RequestDocument) => RequestDocument
}

/** Says what was added, with the way to it and back. */
function tellAdded(id: DraftId, { noticeId, text, row, field, without }: Added): void {
  const after = documentOf(id)
  useAppStore.getState().addNotice({
    id: noticeId,
    tone: 'info',
    text,
    hint: t`It is saved with the request, and done at each send.`,
    action: {
      label: t`Undo`,
      run: () => {
        // Later edits are not taken back along with it.
        if (documentOf(id) === after) undo(id)
        else editDocument(id, `tests.${field}.undo`, without)
      },
    },
    otherAction: { label: t`Show`, run: () => useFocusStore.getState().ask(id, { section: 'tests', row, field }) },
  })
}

function withRows<K extends 'assertions' | 'captures'>(
  rest: RequestDocument,
  key: K,
  rows: readonly NonNullable<RequestDocument[K]>[number][],
  added: NonNullable<RequestDocument[K]>[number],
): RequestDocument {
  const left = rows.filter((one) => one !== added)
  return left.length === 0 ? rest : { ...rest, [key]: left }
}

function documentOf(id: DraftId): RequestDocument | undefined {
  return useDraftsStore.getState().tabs[id]?.draft.document
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 60 ? `“${line.slice(0, 60)}…”` : `“${line}”`
}
