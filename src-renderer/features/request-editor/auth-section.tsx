/** Who the request says it is from. Every kind keeps what was typed in it while another is chosen. */
import { useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { AuthKind } from '#contract/model/request.ts'
import { chooseAuthKind } from '../../actions/edit.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { AuthFields } from './auth-fields.tsx'
import { AuthPreview } from './auth-preview.tsx'
import { InheritedAuth } from './inherited-auth.tsx'
import { otherProblems } from './problems.ts'
import { useRequest, useSectionProblems } from './use-request.ts'
import styles from './request-editor.module.css'
import controls from '../../ui/controls/controls.module.css'

const KINDS: readonly SelectOption<AuthKind>[] = [
  { value: 'none', label: 'None' },
  { value: 'inherit', label: 'Inherit' },
  { value: 'basic', label: 'Basic' },
  { value: 'bearer', label: 'Bearer' },
  { value: 'digest', label: 'Digest' },
  { value: 'apikey', label: 'API key' },
  { value: 'header', label: 'Custom header' },
  { value: 'oauth2', label: 'OAuth 2.0' },
  { value: 'oauth1', label: 'OAuth 1.0' },
  { value: 'awsv4', label: 'AWS Signature' },
]
const NO_WARNINGS: readonly string[] = []

export function AuthSection({ draftId }: { readonly draftId: DraftId }) {
  const auth = useRequest(draftId, (document) => document.auth)
  const problems = useSectionProblems(draftId, 'auth')
  const warnings = usePreviewsStore((state) => state.byTab[draftId]?.warnings ?? NO_WARNINGS)
  const options = useMemo(
    () => (auth.kind === 'unsupported' ? [...KINDS, { value: 'unsupported' as const, label: auth.type }] : KINDS),
    [auth],
  )
  return (
    <div className={styles.scroll}>
      <div className={styles.options}>
        <div className={controls.option}>
          <span className={controls.optionLabel}>Auth type</span>
          <div className={controls.optionBody}>
            <Select
              label="Auth type"
              value={auth.kind}
              options={options}
              onChange={(kind) => {
                if (kind !== 'unsupported') chooseAuthKind(draftId, kind)
              }}
            />
          </div>
        </div>
        <InheritedAuth draftId={draftId} />
        <AuthFields draftId={draftId} auth={auth} />
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

/** Warnings that stand beside the credentials they are about. */
function isAboutCredentials(warning: string): boolean {
  return /plain http:\/\/|instead of the one from Auth|access token|user name holds a colon|netrc/.test(warning)
}
