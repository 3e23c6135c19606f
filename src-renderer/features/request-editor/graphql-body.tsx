/** A GraphQL body: the query, and below it its variables as JSON. Sent as JSON with the variables' own text. */
import { useContext } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import { Editor } from '../../monaco/editor.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Variables } from '../../ui/variables/variable-lookup.ts'
import { isJsonWithVariables } from './json-format.ts'
import { useRequest, useSectionProblems } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

export function GraphqlBody({ draftId }: { readonly draftId: DraftId }) {
  const query = useRequest(draftId, ({ body }) => (body.kind === 'graphql' ? body.query : ''))
  const variables = useRequest(draftId, ({ body }) => (body.kind === 'graphql' ? body.variables : ''))
  const lookup = useContext(Variables)
  const all = useSectionProblems(draftId, 'body')
  // While a variable has no value, the text around it is not JSON yet: one complaint is enough.
  const undefinedOnes = all.filter((problem) => problem.kind === 'UndefinedVariable')
  const problems = undefinedOnes.length > 0 ? undefinedOnes : all
  const change = (part: 'query' | 'variables', text: string): void =>
    editDocument(draftId, `body.${part}`, (document) =>
      document.body.kind === 'graphql' ? { ...document, body: { ...document.body, [part]: text } } : document,
    )
  return (
    <>
      <div className={styles.editorBox} data-share="large">
        <Editor
          modelKey={`${draftId}/body.graphql`}
          language="graphql"
          label={t`Body text`}
          text={query}
          placeholder={t`query { viewer { name } }`}
          onChange={(text) => change('query', text)}
        />
      </div>
      <h2 className={styles.divide}>{t`Variables`}</h2>
      <div className={styles.editorBox} data-field="variables">
        <Editor
          modelKey={`${draftId}/body.graphql-variables`}
          language="json"
          label={t`Variables`}
          text={variables}
          placeholder={'{ "id": 1 }'}
          isRight={isJsonWithVariables}
          variables={lookup}
          onChange={(text) => change('variables', text)}
        />
      </div>
      {problems.length > 0 && (
        <div className={styles.statusLine}>
          {problems.map((problem, index) => (
            <ProblemNote key={index} message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />
          ))}
        </div>
      )}
    </>
  )
}
