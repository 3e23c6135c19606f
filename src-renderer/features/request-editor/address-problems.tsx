/** What is wrong with method and address, in words under them, with the one mend that can be offered. */
import { useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { likelyScheme, withLikelyScheme } from '#contract/model/missing-scheme.ts'
import type { WireError } from '#contract/errors.ts'
import { editDocument } from '../../actions/edit.ts'
import { MendVariable } from '../../forms/mend-variable.tsx'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { isBarelyBegun } from './joined-lines.ts'
import { withUrl } from './query-rows.ts'
import { useProblems, useRequest } from './use-request.ts'
import styles from './request-editor.module.css'

export const ADDRESS_PROBLEMS_ID = 'address-problems'

/** The problems of method and URL; none of an address that is only being begun. */
export function useAddressProblems(id: DraftId): readonly WireError[] {
  const problems = useProblems(id)
  const isBegun = useRequest(id, (document) => isBarelyBegun(document.url))
  return useMemo(
    () => problems.filter(({ where }) => where?.section === 'method' || (where?.section === 'url' && !isBegun)),
    [problems, isBegun],
  )
}

export function AddressProblems({ draftId }: { readonly draftId: DraftId }) {
  const problems = useAddressProblems(draftId)
  if (problems.length === 0) return null
  return (
    <div id={ADDRESS_PROBLEMS_ID} className={styles.addressProblems}>
      {problems.map((problem, index) => (
        <div key={index} className={styles.addressProblem}>
          <ProblemNote
            kind={problem.kind}
            message={problem.message}
            {...(problem.hint !== undefined && problem.kind !== 'MissingSchema' && { hint: problem.hint })}
          />
          {problem.kind === 'MissingSchema' && <UseScheme draftId={draftId} />}
          <MendVariable problem={problem} className={styles.mend ?? ''} />
        </div>
      ))}
    </div>
  )
}

function UseScheme({ draftId }: { readonly draftId: DraftId }) {
  const scheme = useRequest(draftId, (document) => likelyScheme(document.url))
  const onClick = (): void => editDocument(draftId, 'url.scheme', (document) => withUrl(document, withLikelyScheme(document.url)))
  return (
    <Button className={styles.mend ?? ''} onClick={onClick}>
      Use {scheme}://
    </Button>
  )
}
