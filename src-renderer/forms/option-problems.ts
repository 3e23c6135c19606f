/** What is wrong with options as they are typed, whosever they are: what core says of them, and texts that are no values yet. */
import { useEffect, useMemo, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { CollectionId, DraftId } from '#contract/model/ids.ts'
import type { Options } from '#contract/model/request.ts'
import { checkParts, type CheckedParts } from '../actions/layer-checks.ts'
import { optionAt } from '../actions/typed.ts'
import { useTypedStore, type TypedText } from '../stores/typed-store.ts'

const ASK_AFTER_MS = 250
const NOTHING: readonly WireError[] = []
const NO_TEXTS: Readonly<Record<string, TypedText>> = {}

/** What core says of some parts. @param collectionId null: of no collection @param parts must keep its identity until it is edited */
export function useChecked(collectionId: CollectionId | null, parts: CheckedParts): readonly WireError[] {
  const [problems, setProblems] = useState(NOTHING)
  useEffect(() => {
    let isWanted = true
    const timer = setTimeout(() => {
      void checkParts(collectionId, parts).then((found) => {
        if (isWanted) setProblems(found)
      })
    }, ASK_AFTER_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [collectionId, parts])
  return problems
}

/** Texts in number fields of some options that are no numbers (yet), by their field. */
export function useTyped(id: DraftId, prefix: string): Readonly<Record<string, TypedText>> {
  const texts = useTypedStore((state) => state.byTab[id] ?? NO_TEXTS)
  return useMemo(
    () =>
      Object.fromEntries(
        Object.entries(texts).flatMap(([field, text]) => (field.startsWith(prefix) ? [[field.slice(prefix.length), text]] : [])),
      ),
    [texts, prefix],
  )
}

/** Problems of options that are set here, with the wrong texts among them. */
export function optionProblems(
  problems: readonly WireError[],
  options: Options,
  typed: Readonly<Record<string, TypedText>>,
): readonly WireError[] {
  const own = problems.filter(({ where }) => where?.section === 'options' && optionAt(options, where.field ?? '') !== undefined)
  const wrong = Object.entries(typed).flatMap(([field, { value, label, fault }]): WireError[] =>
    Object.is(optionAt(options, field), value)
      ? [{ kind: 'InvalidOption', stage: 'prepare', message: `${label}: ${fault}`, where: { section: 'options', field } }]
      : [],
  )
  return [...own, ...wrong]
}
