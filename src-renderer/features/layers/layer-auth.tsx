/** The credentials of a layer, in the form that a request has for its own. */
import { useCallback, useMemo, useRef } from 'react'
import type { WireError } from '#contract/errors.ts'
import { emptyAuth } from '#contract/model/request-defaults.ts'
import type { Auth, AuthKind } from '#contract/model/request.ts'
import { AuthFields } from '../../forms/auth-fields.tsx'
import { AuthOf, type AuthFormValue } from '../../forms/auth-form-context.ts'
import { OriginLink } from '../../forms/origin-link.tsx'
import { AUTH_KINDS, AuthKindSelect } from '../../forms/auth-kind.tsx'
import { otherProblems } from '../../forms/problems.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import controls from '../../ui/controls/controls.module.css'
import { editParts, type PartsDraft } from './layer-parts.ts'
import type { Outer } from './use-outer.ts'
import styles from './layers.module.css'
import { t } from '../../lib/t.ts'

type KnownKind = Exclude<AuthKind, 'unsupported'>

const WITHOUT_INHERIT = AUTH_KINDS.filter(({ value }) => value !== 'inherit')
const WORDS = {
  session: {
    none: t`The session has no credentials. Requests use their own, or inherit those of their folders or collection.`,
    inherit: t`The same as None: a session inherits from nobody.`,
  },
  folder: {
    none: t`The folder says nothing: requests that inherit look further out, to the folders around it, the session and the collection.`,
    inherit: t`Requests that inherit look further out: to the folders around it, the session and the collection.`,
  },
  collection: {
    none: t`The collection has no credentials.`,
    inherit: t`The same as None: there is nothing further out.`,
  },
}

interface LayerAuthProps {
  readonly draft: PartsDraft
  readonly problems: readonly WireError[]
  /** Credentials of what is around a folder; null: there are none, or nothing is inherited. */
  readonly outer: Outer['auth']
}

export function LayerAuth({ draft, problems: all, outer }: LayerAuthProps) {
  const { id, kind, collectionId } = draft
  const { auth } = draft.value
  const place = draft.kind === 'session' ? 'session' : draft.folderId === null ? 'collection' : 'folder'
  const problems = useMemo(() => all.filter(({ where }) => where?.section === 'auth'), [all])
  const edit = useCallback(
    (field: string, change: (auth: Auth) => Auth): void =>
      editParts(id, kind, `auth.${field}`, (value) => {
        const next = change(value.auth)
        return next === value.auth ? {} : { auth: next }
      }),
    [id, kind],
  )
  const choose = useChooseKind(draft)
  const form = useMemo(
    (): AuthFormValue => ({
      auth,
      edit,
      problems,
      collectionId,
      words: WORDS[place],
      token: <p className={controls.plainHelp}>{t`A token is got and kept by the first request that goes with these settings.`}</p>,
    }),
    [auth, edit, problems, collectionId, place],
  )
  return (
    <div className={styles.form}>
      <AuthKindSelect kinds={place === 'folder' || auth.kind === 'inherit' ? AUTH_KINDS : WITHOUT_INHERIT} auth={auth} onChange={choose} />
      <AuthOf value={form}>
        <AuthFields />
      </AuthOf>
      {outer !== null && (auth.kind === 'none' || auth.kind === 'inherit') && <Instead {...outer} />}
      {otherProblems(problems, Object.keys(auth)).map((problem, index) => (
        <ProblemNote key={index} message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />
      ))}
    </div>
  )
}

/** Whose credentials hold where the layer has none. */
function Instead({ auth, origin }: NonNullable<Outer['auth']>) {
  const label = auth.kind === 'unsupported' ? auth.type : AUTH_KINDS.find(({ value }) => value === auth.kind)?.label
  return (
    <div className={controls.option} role="group" aria-label={t`Credentials used`}>
      <span className={controls.optionLabel}>{t`Used instead`}</span>
      <div className={controls.optionBody}>
        <div className={controls.numberLine}>
          <strong className={styles.instead}>{label}</strong>
          <OriginLink origin={origin} sought={{ section: 'auth' }} />
        </div>
      </div>
    </div>
  )
}

/** What was typed in one kind comes back when it is chosen again, for as long as the page is open; undo has it for longer. */
function useChooseKind({ id, kind, value: { auth } }: PartsDraft): (kind: KnownKind) => void {
  const shelf = useRef(new Map<AuthKind, Auth>())
  return (next) => {
    if (next === auth.kind) return
    shelf.current.set(auth.kind, auth)
    const shelved = shelf.current.get(next) ?? emptyAuth(next)
    editParts(id, kind, 'auth.kind', () => ({ auth: shelved }), 'alone')
  }
}
