/** What an environment says: its name, what it takes over from, and its variables. Its frame, with Save, is the window's. */
import { useCallback, useEffect, useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { Environment } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import { editLayer } from '../../actions/layer-drafts.ts'
import { focusTaken } from '../../actions/pages.ts'
import { useSecrets } from '../../forms/use-secrets.ts'
import { variableProblems } from '../../lib/environment-problems.ts'
import { tableStep } from '../../lib/table-step.ts'
import { layerDraftOf, useLayerDraftsStore, type LayerDraftOf } from '../../stores/layer-drafts-store.ts'
import type { SecretPlace } from '../../stores/secrets-store.ts'
import type { LayerFocus } from '../../stores/page-store.ts'
import { WantedCell, type WantedPlace } from '../../ui/key-value-table/index.ts'
import { VariableTable } from '../../ui/variable-table/index.ts'
import { EnvironmentFields } from './environment-fields.tsx'
import { InheritedByEnvironment } from './inherited-variables.tsx'
import styles from './environments.module.css'
import { rich, t } from '../../lib/t.ts'

interface EnvironmentEditorProps {
  readonly id: DraftId
  readonly focus: LayerFocus | null
}

export function EnvironmentEditor({ id, focus }: EnvironmentEditorProps) {
  const draft = useLayerDraftsStore(layerDraftOf(id, 'environment'))
  return draft && <Editor draft={draft} focus={focus} />
}

function Editor({ draft, focus }: { readonly draft: LayerDraftOf<'environment'>; readonly focus: LayerFocus | null }) {
  const { id, value } = draft
  const secrets = useSecrets(usePlace(draft), draft.base?.variables ?? null, value.variables)
  const problems = useMemo(() => variableProblems(value.variables), [value.variables])
  const wanted = useWanted(value.variables, focus)
  const onEdit = useCallback(
    (what: string, change: (rows: readonly Variable[]) => readonly Variable[]): void =>
      editLayer(id, 'environment', tableStep('variables', what), (before) => withRows(before, change)),
    [id],
  )
  return (
    <div className={styles.editor}>
      <EnvironmentFields draft={draft} />
      <h3 className={styles.heading}>{t`Variables`}</h3>
      <WantedCell value={wanted}>
        <VariableTable variables={value.variables} onEdit={onEdit} problems={problems} secrets={secrets} />
      </WantedCell>
      <p
        className={styles.help}
      >{rich`Used as ${(<code>{'{{name}}'}</code>)} in requests while this environment is chosen. The file is shared; values of secrets are not in it: they are encrypted on this machine, and kept as soon as they are typed.`}</p>
      <InheritedByEnvironment draft={draft} />
    </div>
  )
}

/** Secrets are kept under the name that the file has. */
function usePlace({ collectionId, base, value }: LayerDraftOf<'environment'>): SecretPlace {
  const name = base?.name ?? value.name
  return useMemo(() => ({ collectionId, origin: { layer: 'environment', name } }), [collectionId, name])
}

/** The row that is to have the focus: one of that name, else the blank one. Once it has it, nothing is wanted any more. */
function useWanted(variables: readonly Variable[], focus: LayerFocus | null): WantedPlace | null {
  const wanted = useMemo((): WantedPlace | null => {
    if (focus === null) return null
    const row = variables.findIndex(({ name }) => name === focus.name)
    return { table: t`Variables`, place: { row: row < 0 ? variables.length : row, column: row < 0 ? 'name' : 'value', at: 'all' } }
  }, [focus, variables])
  useEffect(() => {
    // The table below has taken it up by now.
    if (wanted !== null) focusTaken()
  }, [wanted])
  return wanted
}

function withRows(environment: Environment, change: (rows: readonly Variable[]) => readonly Variable[]): Environment {
  return { ...environment, variables: [...change(environment.variables)] }
}
