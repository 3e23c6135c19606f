/** The values of `:name` in the URL's path. The names are the URL's, so only values can be typed. */
import X from 'lucide-react/icons/x'
import { useId, useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { WireError } from '#contract/errors.ts'
import { editDocument } from '../../actions/edit.ts'
import { IconButton } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { pathParamsOf, withoutPathParam, withPathValue, type PathParam } from './path-params.ts'
import { useRequest } from './use-request.ts'
import styles from './request-editor.module.css'
import { rich, t } from '../../lib/t.ts'

interface PathParamsProps {
  readonly draftId: DraftId
  readonly problems: readonly WireError[]
}

export function PathParams({ draftId, problems }: PathParamsProps) {
  const url = useRequest(draftId, (document) => document.url)
  const params = useRequest(draftId, (document) => document.params)
  const shown = useMemo(() => pathParamsOf(url, params), [url, params])
  if (shown.length === 0) return null
  return (
    <section className={styles.group}>
      <h2 className={styles.groupTitle}>{t`Path params`}</h2>
      <div role="table" aria-label={t`Path params`}>
        {shown.map((param) => (
          <PathRow
            key={param.name}
            draftId={draftId}
            param={param}
            problem={problems.find(({ where }) => where?.row !== undefined && where.row === param.row)}
          />
        ))}
      </div>
    </section>
  )
}

interface PathRowProps {
  readonly draftId: DraftId
  readonly param: PathParam
  readonly problem: WireError | undefined
}

function PathRow({ draftId, param, problem }: PathRowProps) {
  const noteId = useId()
  const { name, value, inUrl } = param
  const change = (next: string): void =>
    editDocument(draftId, `params.path.${name}`, (document) => ({ ...document, params: withPathValue(document.params, name, next) }))
  const remove = (): void =>
    editDocument(draftId, `params.path.${name}.remove`, (document) => ({ ...document, params: withoutPathParam(document.params, name) }))
  return (
    <div role="row" className={styles.pathRow} data-off={!inUrl}>
      <span role="cell" className={styles.pathName}>
        :{name}
      </span>
      <div role="cell" className={styles.pathValue}>
        <TextInput
          label={t`Value`}
          data-field={`:${name}`}
          code
          value={value}
          onChange={change}
          placeholder={t`Value of :${name}`}
          invalid={problem !== undefined}
          {...(problem && { describedBy: noteId })}
        />
        {problem && <ProblemNote id={noteId} message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />}
        {!inUrl && <p className={styles.help}>{rich`The URL has no :${name} any more; this value is kept, and not sent.`}</p>}
      </div>
      <span role="cell">{!inUrl && <IconButton label={t`Remove :${name}`} icon={<X />} onClick={remove} />}</span>
    </div>
  )
}
