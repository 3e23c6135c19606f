/** What a match in an answer can be used for beyond being read: an assertion of the request, the value of a variable. */
import type { Assertion } from '#contract/model/assertion.ts'
import type { QueryKind, QueryMatch } from '#contract/model/body-query.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { useAppStore } from '../stores/app-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { ask } from './ask.ts'
import { notice } from './bodies.ts'
import { readMatch } from './body-query.ts'
import { collectionIdOf } from './context.ts'
import { editDocument, undo } from './edit.ts'
import { platform } from './platform-ref.ts'
import { rereadVariables } from './variables.ts'

/** Where a match is: the query that found it, and its place in the list. */
export interface MatchRef {
  readonly queryId: string
  readonly index: number
  readonly kind: QueryKind
  /** As typed: it stands for a match that is computed, and has no place of its own. */
  readonly expression: string
}

/** Longest value of an assertion or a variable, in UTF-16 units. */
const LONGEST_VALUE = 100_000
/** What a `{{reference}}` can name. */
const NAME = /^[\w.-]+$/

/** The expression of an assertion that looks at what a query finds. */
export function expressionOf(kind: QueryKind, query: string): string {
  return `res.${kind}('${query.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}')`
}

/** Adds to the request that the answer has this value there. Says where it stands, and takes it back. */
export async function assertMatch(id: DraftId, ref: MatchRef): Promise<void> {
  const match = await wholeMatch(ref)
  if (match === null) return
  const expression = expressionOf(ref.kind, match.path === '' ? ref.expression.trim() : match.path)
  const added: Assertion = { expression, operator: 'eq', value: match.text, enabled: true }
  const row = useDraftsStore.getState().tabs[id]?.draft.document.assertions?.length ?? 0
  editDocument(id, `tests.${row}`, (document) => ({ ...document, assertions: [...(document.assertions ?? []), added] }))
  const after = useDraftsStore.getState().tabs[id]?.draft.document
  useAppStore.getState().addNotice({
    id: `assertion:${id}:${row}`,
    tone: 'info',
    text: `Asserted under Tests: ${expression} equals ${shortened(match.text)}.`,
    hint: 'It is saved with the request.',
    action: {
      label: 'Undo',
      run: () => {
        // Later edits are not taken back along with it.
        if (useDraftsStore.getState().tabs[id]?.draft.document === after) undo(id)
        else
          editDocument(id, `tests.${row}`, (document) => ({ ...document, assertions: document.assertions?.filter((one) => one !== added) }))
      },
    },
    otherAction: { label: 'Show', run: () => useFocusStore.getState().ask(id, { section: 'tests', row, field: 'value' }) },
  })
}

/** Asks for a name and keeps the match as a captured variable of the request's collection. */
export async function captureMatch(id: DraftId, ref: MatchRef): Promise<void> {
  const match = await wholeMatch(ref)
  if (match === null) return
  await ask('text', {
    title: 'Capture into a variable',
    label: 'Variable name',
    value: suggestedVariable(match.path),
    button: 'Capture',
    hint: `{{name}} then stands for ${shortened(match.text)} in this collection’s requests, until it is captured anew.`,
    attempt: async (name) => {
      if (!NAME.test(name))
        return { kind: 'InvalidName', stage: 'store', message: 'A variable’s name has letters, digits, “_”, “-” and “.” only.' }
      const draft = useDraftsStore.getState().tabs[id]?.draft
      const collectionId = draft === undefined ? null : collectionIdOf(draft)
      const kept = await platform().call('captured.set', { collectionId, values: { [name]: match.text } })
      if (!kept.ok) return kept.error
      rereadVariables()
      useAppStore.getState().addNotice({
        id: `captured:${name}`,
        tone: 'info',
        text: `{{${name}}} is now ${shortened(match.text)}.`,
      })
      return null
    },
  })
}

/** The last name of a path, such as `id` of `$.items[0].id`. */
export function suggestedVariable(path: string): string {
  const names = path.replaceAll(/\[\d+\]|::\w+(\(.*\))?|:nth-of-type\(\d+\)/g, '').match(/[A-Za-z_][\w-]*/g)
  return names?.at(-1) ?? ''
}

async function wholeMatch({ queryId, index }: MatchRef): Promise<QueryMatch | null> {
  const read = await readMatch(queryId, index, true, LONGEST_VALUE)
  if (!read.ok) {
    notice(read.error)
    return null
  }
  if (read.value.length <= LONGEST_VALUE) return read.value
  notice({
    kind: 'TooLarge',
    stage: 'call',
    message: `The match is ${read.value.length.toLocaleString('en-US')} characters long; a value may have ${LONGEST_VALUE.toLocaleString('en-US')}.`,
    hint: 'Filter for a part of it.',
  })
  return null
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 60 ? `“${line.slice(0, 60)}…”` : `“${line}”`
}
