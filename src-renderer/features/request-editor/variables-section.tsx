/** Variables of this request alone: they win over those of its folders, environment and collection. */
import type { DraftId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { VariableTable } from '../../ui/variable-table/index.ts'
import { useRequest, useRowEdits } from './use-request.ts'
import styles from './request-editor.module.css'

export function VariablesSection({ draftId }: { readonly draftId: DraftId }) {
  const variables = useRequest(draftId, (document) => document.variables)
  const onEdit = useRowEdits<Variable>(draftId, 'variables', withVariables)
  return (
    <div className={styles.scroll}>
      <VariableTable variables={variables} onEdit={onEdit} />
      <p className={styles.help}>
        Used as <code>{'{{name}}'}</code> in this request, before those of its folders, environment and collection. They are saved in its
        file: keep secrets in an environment.
      </p>
    </div>
  )
}

function withVariables(document: RequestDocument, change: (rows: readonly Variable[]) => readonly Variable[]): RequestDocument {
  return { ...document, variables: [...change(document.variables)] }
}
