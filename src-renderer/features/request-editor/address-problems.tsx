/** What is wrong with method and address, in words under them, with the one mend that can be offered. */
import { useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { hasScheme, likelyScheme, withLikelyScheme } from '#contract/model/missing-scheme.ts'
import type { WireError } from '#contract/errors.ts'
import { editDocument } from '../../actions/edit.ts'
import { MendVariable } from '../../forms/mend-variable.tsx'
import { listOfNames, undefinedNames, type UndefinedNames } from '../../lib/undefined-names.ts'
import { environmentThatHas } from '../../lib/variable-scope.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { isBarelyBegun } from './joined-lines.ts'
import { withUrl } from './query-rows.ts'
import { useProblems, useRequest } from './use-request.ts'
import styles from './request-editor.module.css'
import { rich, t } from '../../lib/t.ts'

export const ADDRESS_PROBLEMS_ID = 'address-problems'

/** The problems of method and URL; none of an address that is only being begun, or was when the problems were found. */
export function useAddressProblems(id: DraftId): readonly WireError[] {
  const problems = useProblems(id)
  const isBegun = useRequest(id, (document) => isBarelyBegun(document.url))
  const wasBegun = usePreviewsStore((state) => isBarelyBegun(state.byTab[id]?.address ?? ''))
  const isSaid = !isBegun && !wasBegun
  return useMemo(
    () => distinct(problems.filter(({ where }) => where?.section === 'method' || (where?.section === 'url' && isSaid))),
    [problems, isSaid],
  )
}

/** A name without a value is one problem, at however many places of the address it stands. */
function distinct(problems: readonly WireError[]): readonly WireError[] {
  return [...new Map(problems.map((problem) => [`${problem.kind} ${problem.message}`, problem])).values()]
}

export function AddressProblems({ draftId }: { readonly draftId: DraftId }) {
  const problems = useAddressProblems(draftId)
  if (problems.length === 0) return null
  const { names, environment, others } = undefinedNames(problems)
  const isFolded = names.length > 1
  return (
    <div id={ADDRESS_PROBLEMS_ID} className={styles.addressProblems}>
      {isFolded && <NamesWithoutValue names={names} environment={environment} />}
      {(isFolded ? others : problems).map((problem, index) => (
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

/** Several names in one line or two: all from one environment, or each with its own mend. */
function NamesWithoutValue({ names, environment }: Pick<UndefinedNames, 'names' | 'environment'>) {
  const places = names.map(({ problem }) => environmentThatHas(problem))
  // Choosing one environment mends all the names that it has.
  const mended = names.filter((_name, index) => places[index] === null || places.indexOf(places[index] ?? null) === index)
  return (
    <div className={styles.addressProblem} role="group" aria-label={t`Names without a value`}>
      <ProblemNote
        kind="UndefinedVariable"
        message={t`${listOfNames(names)} have no value.`}
        {...(environment !== null && { hint: t`Environment ${environment} has them.` })}
      />
      <span className={styles.mends}>
        {mended.map(({ name, problem }) => (
          <MendVariable key={name} problem={problem} className={styles.mend ?? ''} />
        ))}
      </span>
    </div>
  )
}

function UseScheme({ draftId }: { readonly draftId: DraftId }) {
  // What is wrong is found again a moment after it was mended: until then it must not be mended twice.
  const scheme = useRequest(draftId, ({ url }) => (hasScheme(url) ? null : likelyScheme(url)))
  if (scheme === null) return null
  const onClick = (): void => editDocument(draftId, 'url.scheme', (document) => withUrl(document, withLikelyScheme(document.url)))
  return <Button className={styles.mend ?? ''} onClick={onClick}>{rich`Use ${scheme}://`}</Button>
}
