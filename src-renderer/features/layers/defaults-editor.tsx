/** What a folder, or a collection, gives to every request in it. Its frame, with Save, is the window's. */
import { useCallback, useMemo, useRef } from 'react'
import { assertNever } from '#contract/result.ts'
import type { WireError } from '#contract/errors.ts'
import type { ScriptFault } from '#contract/model/checks.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Row } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { editLayer } from '../../actions/layer-drafts.ts'
import { defaultsOrigin } from '../../actions/layer-kinds.ts'
import { useSecrets } from '../../forms/use-secrets.ts'
import { variableProblems } from '../../lib/environment-problems.ts'
import { tableStep } from '../../lib/table-step.ts'
import { layerDraftOf, useLayerDraftsStore, type LayerDraftOf } from '../../stores/layer-drafts-store.ts'
import type { LayerFocus } from '../../stores/page-store.ts'
import { VariableTable } from '../../ui/variable-table/index.ts'
import { InheritedByDefaults } from './inherited-by-defaults.tsx'
import { LayerAuth } from './layer-auth.tsx'
import { LayerOptions } from './layer-options.tsx'
import { editParts, useOptionsEdit } from './layer-parts.ts'
import { LayerRows } from './layer-rows.tsx'
import { LayerScripts } from './layer-scripts.tsx'
import { defaultsTabs, type DefaultsSection } from './layer-tabs.ts'
import { SectionedPage } from './sectioned-page.tsx'
import { useOuter } from './use-outer.ts'
import { useLayerFaults } from './use-layer-faults.ts'
import { useLayerProblems } from './use-problems.ts'
import { useSections } from './use-sections.ts'
import { useUnread } from './use-unread.ts'
import styles from './layers.module.css'
import { rich, t } from '../../lib/t.ts'

type Draft = LayerDraftOf<'defaults'>

const SECTIONS = ['headers', 'auth', 'variables', 'options', 'scripts'] as const satisfies readonly DefaultsSection[]

interface DefaultsEditorProps {
  readonly id: DraftId
  readonly focus: LayerFocus | null
}

export function DefaultsEditor({ id, focus }: DefaultsEditorProps) {
  const draft = useLayerDraftsStore(layerDraftOf(id, 'defaults'))
  return draft && <Editor draft={draft} focus={focus} />
}

function Editor({ draft, focus }: { readonly draft: Draft; readonly focus: LayerFocus | null }) {
  const { value, collectionId } = draft
  const panel = useRef<HTMLDivElement>(null)
  const { headers, auth, options, variables } = value
  const problems = useLayerProblems(
    draft.id,
    collectionId,
    useMemo(() => ({ headers, auth, options }), [headers, auth, options]),
  )
  const sections = useSections(SECTIONS, 'headers', focus, (section) => rowsOf(draft, section), panel, 'defaults')
  const faults = useLayerFaults(draft)
  const tabs = useMemo(
    () => defaultsTabs(value, problems, variableProblems(variables).length > 0, faults.length > 0),
    [value, problems, variables, faults],
  )
  return (
    <SectionedPage draft={draft} label={t`Defaults`} tabs={tabs} sections={sections} panel={panel}>
      <Section draft={draft} section={sections.active} problems={problems} faults={faults} />
    </SectionedPage>
  )
}

interface SectionProps {
  readonly draft: Draft
  readonly section: DefaultsSection
  readonly problems: readonly WireError[]
  readonly faults: readonly ScriptFault[]
}

function Section({ draft, section, problems, faults }: SectionProps) {
  const { id, value } = draft
  const outer = useOuter(draft)
  const editHeaders = useCallback(
    (field: string, change: (rows: readonly Row[]) => readonly Row[]): void =>
      editParts(id, 'defaults', field, ({ headers }) => ({ headers: [...change(headers)] })),
    [id],
  )
  const editOptions = useOptionsEdit(draft)
  const unread = useUnread(draft)
  switch (section) {
    case 'headers':
      return (
        <LayerRows
          section="headers"
          rows={value.headers}
          edit={editHeaders}
          problems={problems}
          outer={outer.headers}
          help={
            draft.folderId === null
              ? t`Sent with every request of the collection, unless its session, one of its folders or the request has the name.`
              : t`Sent with every request in the folder, unless a folder further in or the request has the name.`
          }
        />
      )
    case 'auth':
      return <LayerAuth draft={draft} problems={problems} outer={outer.auth} />
    case 'variables':
      return (
        <>
          <DefaultVariables draft={draft} />
          <InheritedByDefaults draft={draft} ofFolders={outer.variables} />
        </>
      )
    case 'options':
      return (
        <LayerOptions
          id={id}
          scope="defaults"
          prefix=""
          options={value.options}
          edit={editOptions}
          problems={problems}
          outer={outer.options}
          unread={unread}
        />
      )
    case 'scripts':
      return <LayerScripts draft={draft} faults={faults} />
    default:
      return assertNever(section)
  }
}

function DefaultVariables({ draft: { id, collectionId, folderId, base, value } }: { readonly draft: Draft }) {
  const place = useMemo(() => ({ collectionId, origin: defaultsOrigin(collectionId, folderId) }), [collectionId, folderId])
  const secrets = useSecrets(place, base?.variables ?? null, value.variables)
  const problems = useMemo(() => variableProblems(value.variables), [value.variables])
  const onEdit = useCallback(
    (what: string, change: (rows: readonly Variable[]) => readonly Variable[]): void =>
      editLayer(id, 'defaults', tableStep('variables', what), (before) => ({ ...before, variables: [...change(before.variables)] })),
    [id],
  )
  return (
    <>
      <VariableTable variables={value.variables} onEdit={onEdit} problems={problems} secrets={secrets} />
      <p
        className={styles.help}
      >{rich`Used as ${(<code>{'{{name}}'}</code>)} ${folderId === null ? t`in every request of the collection` : t`in the requests of this folder`}. Values of secrets are not in the file: they are encrypted on this machine, and kept as soon as they are typed.`}</p>
    </>
  )
}

function rowsOf({ value }: Draft, section: string): readonly { readonly name: string }[] {
  return section === 'headers' || section === 'variables' ? value[section] : []
}
