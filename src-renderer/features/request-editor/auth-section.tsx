/** Who the request says it is from. Every kind keeps what was typed in it while another is chosen. */
import { useCallback, useMemo } from 'react'
import type { CollectionId, DraftId } from '#contract/model/ids.ts'
import { NO_LAYERS } from '#contract/model/request-defaults.ts'
import type { Auth } from '#contract/model/request.ts'
import { chooseAuthKind, editDocument } from '../../actions/edit.ts'
import { AuthFields } from '../../forms/auth-fields.tsx'
import { AuthOf, type AuthFormValue } from '../../forms/auth-form-context.ts'
import { AUTH_KINDS, AuthKindSelect } from '../../forms/auth-kind.tsx'
import { otherProblems } from '../../forms/problems.ts'
import { collectionFor } from '../../lib/collection-of.ts'
import { useChoicesStore } from '../../stores/choices-store.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { AuthPreview } from './auth-preview.tsx'
import { InheritedAuth } from './inherited-auth.tsx'
import { OAuth2Token } from './oauth2-token.tsx'
import { useRequest, useSectionProblems } from './use-request.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

const WORDS = {
  none: t`No credentials are sent, unless the URL holds some (user:password@host), a header is typed, or your netrc file has some for the host.`,
  inherit: t`Taken from the nearest that has credentials: its folders from the inside out, the session, the collection.`,
}
/** Where it says none itself, and those of its session stand in. */
const WORDS_OF_SESSION = { ...WORDS, none: t`It has no credentials of its own, so those of its session are sent.` }
const NO_WARNINGS: readonly string[] = []

export function AuthSection({ draftId }: { readonly draftId: DraftId }) {
  const auth = useRequest(draftId, (document) => document.auth)
  const problems = useSectionProblems(draftId, 'auth')
  const collectionId = useCollectionId(draftId)
  const warnings = usePreviewsStore((state) => state.byTab[draftId]?.warnings ?? NO_WARNINGS)
  const words = usePreviewsStore((state) => ((state.byTab[draftId]?.layers ?? NO_LAYERS).auth === null ? WORDS : WORDS_OF_SESSION))
  const edit = useCallback(
    (field: string, change: (auth: Auth) => Auth): void =>
      editDocument(draftId, `auth.${field}`, (document) => ({ ...document, auth: change(document.auth) })),
    [draftId],
  )
  const form = useMemo(
    (): AuthFormValue => ({
      auth,
      edit,
      problems,
      collectionId,
      words,
      token: auth.kind === 'oauth2' ? <OAuth2Token draftId={draftId} auth={auth} /> : null,
    }),
    [auth, edit, problems, collectionId, words, draftId],
  )
  return (
    <div className={styles.scroll}>
      <div className={styles.options}>
        <AuthKindSelect kinds={AUTH_KINDS} auth={auth} onChange={(kind) => chooseAuthKind(draftId, kind)} />
        <InheritedAuth draftId={draftId} />
        <AuthOf value={form}>
          <AuthFields />
        </AuthOf>
        <AuthPreview draftId={draftId} />
        {otherProblems(problems, Object.keys(auth)).map((problem, index) => (
          <ProblemNote key={index} message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />
        ))}
        {warnings.filter(isAboutCredentials).map((warning) => (
          <ProblemNote key={warning} tone="warning" message={warning} />
        ))}
      </div>
    </div>
  )
}

/** Of the collection that the request goes with. */
function useCollectionId(draftId: DraftId): CollectionId | null {
  const nodeId = useDraftsStore((state) => state.tabs[draftId]?.draft.nodeId ?? null)
  const lastUsed = useChoicesStore((state) => state.lastUsed)
  return useCollectionsStore((state) => collectionFor(nodeId, state.collections, lastUsed)?.id ?? null)
}

/** Warnings that stand beside the credentials they are about. */
function isAboutCredentials(warning: string): boolean {
  return /plain http:\/\/|instead of the one from Auth|access token|user name holds a colon|netrc/.test(warning)
}
