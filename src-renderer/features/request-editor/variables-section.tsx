/** Variables of this request alone: they win over those of its folders, environment and collection. */
import { useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { InheritedVariables } from '../../forms/inherited-variables.tsx'
import { useVariablesStore } from '../../stores/variables-store.ts'
import { VariableTable } from '../../ui/variable-table/index.ts'
import { useRequest, useRowEdits } from './use-request.ts'
import styles from './request-editor.module.css'
import { rich } from '../../lib/t.ts'

/** Those that the request defines itself are not among what it has from elsewhere. */
const NONE: ReadonlySet<string> = new Set()

export function VariablesSection({ draftId }: { readonly draftId: DraftId }) {
  const variables = useRequest(draftId, (document) => document.variables)
  const onEdit = useRowEdits<Variable>(draftId, 'variables', withVariables)
  const known = useVariablesStore((state) => state.byTab[draftId])
  const inherited = useMemo(() => (known ?? []).filter(({ origin }) => origin.layer !== 'request'), [known])
  return (
    <div className={styles.scroll}>
      <VariableTable variables={variables} onEdit={onEdit} />
      <p
        className={styles.help}
      >{rich`Used as ${(<code>{'{{name}}'}</code>)} in this request, before those of its folders, environment and collection. They are saved in its file: keep secrets in an environment.`}</p>
      <InheritedVariables found={inherited} above={variables} own={NONE} collectionId={null} hasKinds={false} />
    </div>
  )
}

function withVariables(document: RequestDocument, change: (rows: readonly Variable[]) => readonly Variable[]): RequestDocument {
  return { ...document, variables: [...change(document.variables)] }
}
