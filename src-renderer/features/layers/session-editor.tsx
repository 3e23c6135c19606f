/** What a session says: its name, and section by section what goes with every request. Its frame, with Save, is the window's. */
import { useId, useMemo, useRef } from 'react'
import { assertNever } from '#contract/result.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import type { Row } from '#contract/model/request.ts'
import { editLayer } from '../../actions/layer-drafts.ts'
import { sessionNameProblem } from '../../lib/session-problems.ts'
import { layerDraftOf, useLayerDraftsStore, type LayerDraftOf } from '../../stores/layer-drafts-store.ts'
import type { LayerFocus } from '../../stores/page-store.ts'
import { useSurroundingsStore } from '../../stores/surroundings-store.ts'
import { isUnsaid, useFreshRow, type FreshRow } from '../../ui/fresh-row.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { Adapters, type FreshAdapter } from './adapters.tsx'
import { LayerAuth } from './layer-auth.tsx'
import { LayerOptions } from './layer-options.tsx'
import { useOptionsEdit } from './layer-parts.ts'
import { LayerRows } from './layer-rows.tsx'
import { sessionTabs, type AdapterFaults, type SessionSection } from './layer-tabs.ts'
import { SessionJar } from './session-jar.tsx'
import { useLayerProblems } from './use-problems.ts'
import { useAdapterProblems } from './use-adapter-problems.ts'
import { SectionedPage } from './sectioned-page.tsx'
import { useOuter } from './use-outer.ts'
import { useSections } from './use-sections.ts'
import { useUnread } from './use-unread.ts'
import styles from './layers.module.css'
import { OptionWords } from '../../forms/option-words.tsx'
import { t } from '../../lib/t.ts'

type Draft = LayerDraftOf<'session'>

const SECTIONS = ['headers', 'params', 'auth', 'options', 'cookies', 'adapters'] as const satisfies readonly SessionSection[]
const NO_NAMES: readonly string[] = []

interface SessionEditorProps {
  readonly id: DraftId
  readonly focus: LayerFocus | null
}

export function SessionEditor({ id, focus }: SessionEditorProps) {
  const draft = useLayerDraftsStore(layerDraftOf(id, 'session'))
  return draft && <Editor draft={draft} focus={focus} />
}

function Editor({ draft, focus }: { readonly draft: Draft; readonly focus: LayerFocus | null }) {
  const { value, collectionId } = draft
  const panel = useRef<HTMLDivElement>(null)
  const { headers, cookies, auth, options } = value
  const problems = useLayerProblems(
    draft.id,
    collectionId,
    useMemo(() => ({ headers, cookies, auth, options }), [headers, cookies, auth, options]),
  )
  const fresh = useFreshRow()
  const faults = useSaidFaults(useAdapterProblems(collectionId, value.adapters), fresh.fresh)
  const sections = useSections(SECTIONS, 'headers', focus, (section) => rowsOf(draft, section), panel, 'session')
  const tabs = useMemo(() => sessionTabs(value, problems, faults), [value, problems, faults])
  return (
    <SectionedPage draft={draft} label={t`Session`} tabs={tabs} sections={sections} panel={panel} head={<Name draft={draft} />}>
      <Section draft={draft} section={sections.active} problems={problems} faults={faults} focus={focus} fresh={fresh} />
    </SectionedPage>
  )
}

interface SectionProps {
  readonly draft: Draft
  readonly section: SessionSection
  readonly problems: ReturnType<typeof useLayerProblems>
  readonly faults: ReturnType<typeof useAdapterProblems>
  readonly focus: LayerFocus | null
  readonly fresh: FreshAdapter
}

/** A new adapter has no prefix yet, which is no fault of whoever is about to type it. */
function useSaidFaults(faults: readonly AdapterFaults[], fresh: FreshRow | null): readonly AdapterFaults[] {
  return useMemo(
    () => faults.map((fault, index) => (isUnsaid(fresh, index, 'prefix') ? { ...fault, prefix: null } : fault)),
    [faults, fresh],
  )
}

function Section({ draft, section, problems, faults, focus, fresh }: SectionProps) {
  const { id, value } = draft
  const outer = useOuter(draft)
  const editRows = useRowsOf(id)
  const editOptions = useOptionsEdit(draft)
  const unread = useUnread(draft)
  switch (section) {
    case 'headers':
      return (
        <LayerRows
          section="headers"
          rows={value.headers}
          edit={editRows.headers}
          problems={problems}
          outer={outer.headers}
          help={<OptionWords of="session.headers" />}
        />
      )
    case 'params':
      return (
        <LayerRows
          section="params"
          rows={value.params}
          edit={editRows.params}
          problems={problems}
          help={<OptionWords of="session.params" />}
        />
      )
    case 'auth':
      return <LayerAuth draft={draft} problems={problems} outer={null} />
    case 'options':
      return (
        <LayerOptions
          id={id}
          scope="session"
          prefix=""
          options={value.options}
          edit={editOptions}
          problems={problems}
          outer={outer.options}
          unread={unread}
        />
      )
    case 'cookies':
      return (
        <>
          <SessionJar draft={draft} />
          <LayerRows
            section="cookies"
            rows={value.cookies}
            edit={editRows.cookies}
            problems={problems}
            help={<OptionWords of="session.cookies" />}
          />
        </>
      )
    case 'adapters':
      return <Adapters draft={draft} outer={outer.options} faults={faults} focus={focus} fresh={fresh} />
    default:
      return assertNever(section)
  }
}

type Rows = (field: string, change: (rows: readonly Row[]) => readonly Row[]) => void

function useRowsOf(id: DraftId): Readonly<Record<'headers' | 'params' | 'cookies', Rows>> {
  return useMemo(() => {
    const of =
      (part: 'headers' | 'params' | 'cookies'): Rows =>
      (field, change) =>
        editLayer(id, 'session', field, (before) => ({ ...before, [part]: [...change(before[part])] }))
    return { headers: of('headers'), params: of('params'), cookies: of('cookies') }
  }, [id])
}

function rowsOf({ value }: Draft, section: string): readonly { readonly name: string }[] {
  return section === 'headers' || section === 'params' || section === 'cookies' ? value[section] : []
}

/** The default session is there in every collection and keeps its name. */
function Name({ draft: { id, collectionId, base, value } }: { readonly draft: Draft }) {
  const fieldId = useId()
  const names = useSurroundingsStore((state) => state.byCollection[collectionId]?.sessions ?? NO_NAMES)
  const others = names.filter((name) => name !== base?.name).map((name) => ({ name }))
  const isDefault = base?.name === DEFAULT_SESSION
  const fault = isDefault ? null : sessionNameProblem(value.name, others)
  if (isDefault) return <p className={styles.help}>{t`Every request goes with it that names no other while no other is chosen.`}</p>
  return (
    <div className={styles.name}>
      <label htmlFor={fieldId}>{t`Name`}</label>
      <div>
        <TextInput
          id={fieldId}
          label={t`Session name`}
          className={styles.fill ?? ''}
          references={false}
          value={value.name}
          onChange={(name) => editLayer(id, 'session', 'name', (before) => ({ ...before, name }))}
          invalid={fault !== null}
          {...(fault !== null && { describedBy: `${fieldId}-fault` })}
        />
        {fault !== null && <ProblemNote id={`${fieldId}-fault`} message={fault} />}
      </div>
    </div>
  )
}
