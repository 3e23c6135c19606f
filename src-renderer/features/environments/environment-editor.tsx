/** What an environment says: its name, what it takes over from, and its variables. Its frame, with Save, is the window's. */
import { useCallback, useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { Environment } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import { editLayer } from '../../actions/layer-drafts.ts'
import { variableProblems } from '../../lib/environment-problems.ts'
import { layerDraftOf, useLayerDraftsStore, type LayerDraftOf } from '../../stores/layer-drafts-store.ts'
import type { LayerFocus } from '../../stores/page-store.ts'
import { WantedCell, type WantedPlace } from '../../ui/key-value-table/index.ts'
import { VariableTable } from '../../ui/variable-table/index.ts'
import { EnvironmentFields } from './environment-fields.tsx'
import { InheritedVariables } from './inherited-variables.tsx'
import { useSecrets } from './use-secrets.ts'
import styles from './environments.module.css'

interface EnvironmentEditorProps {
  readonly id: DraftId
  readonly focus: LayerFocus | null
}

export function EnvironmentEditor({ id, focus }: EnvironmentEditorProps) {
  const draft = useLayerDraftsStore(layerDraftOf(id, 'environment'))
  return draft && <Editor draft={draft} focus={focus} />
}

let serial = 0

function Editor({ draft, focus }: { readonly draft: LayerDraftOf<'environment'>; readonly focus: LayerFocus | null }) {
  const { id, value } = draft
  const secrets = useSecrets(draft)
  const problems = useMemo(() => variableProblems(value.variables), [value.variables])
  const wanted = useWanted(value.variables, focus)
  const onEdit = useCallback(
    (what: string, change: (rows: readonly Variable[]) => readonly Variable[]): void => {
      // Typing in one cell is one undo step; anything else is one each.
      const isTyping = /\.(?:name|value|description|rules\.[a-zA-Z]+)$/.test(what)
      if (!isTyping) serial += 1
      editLayer(id, 'environment', `variables.${what}${isTyping ? '' : `#${serial}`}`, (before) => withRows(before, change))
    },
    [id],
  )
  return (
    <div className={styles.editor}>
      <EnvironmentFields draft={draft} />
      <h3 className={styles.heading}>Variables</h3>
      <WantedCell value={wanted}>
        <VariableTable variables={value.variables} onEdit={onEdit} problems={problems} secrets={secrets} />
      </WantedCell>
      <p className={styles.help}>
        Used as <code>{'{{name}}'}</code> in requests while this environment is chosen. The file is shared; values of secrets are not in it:
        they are encrypted on this machine, and kept as soon as they are typed.
      </p>
      <InheritedVariables draft={draft} />
    </div>
  )
}

/** The row that is to have the focus: one of that name, else the blank one. */
function useWanted(variables: readonly Variable[], focus: LayerFocus | null): WantedPlace | null {
  return useMemo(() => {
    if (focus === null) return null
    const row = variables.findIndex(({ name }) => name === focus.name)
    return { table: 'Variables', place: { row: row < 0 ? variables.length : row, column: row < 0 ? 'name' : 'value', at: 'all' } }
    // Only a new wish moves the focus, not each key.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [focus])
}

function withRows(environment: Environment, change: (rows: readonly Variable[]) => readonly Variable[]): Environment {
  return { ...environment, variables: [...change(environment.variables)] }
}
