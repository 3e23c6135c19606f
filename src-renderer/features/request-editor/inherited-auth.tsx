/** Whose credentials stand in for the request's own, and the say that the request has in it. */
import type { ReactNode } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { NO_LAYERS } from '#contract/model/request-defaults.ts'
import type { Auth } from '#contract/model/request.ts'
import { editDocument } from '../../actions/edit.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { Button } from '../../ui/button.tsx'
import { withOption } from '../../forms/option-edits.ts'
import { OriginLink } from '../../forms/origin-link.tsx'
import { useRequest } from './use-request.ts'
import controls from '../../ui/controls/controls.module.css'
import styles from './inherited.module.css'
import { t } from '../../lib/t.ts'

const NAMES: Readonly<Record<Auth['kind'], string>> = {
  none: t`None`,
  inherit: t`Inherit`,
  basic: t`Basic`,
  bearer: t`Bearer`,
  digest: t`Digest`,
  apikey: t`API key`,
  header: t`Custom header`,
  oauth2: 'OAuth 2.0',
  oauth1: 'OAuth 1.0',
  awsv4: t`AWS Signature`,
  unsupported: t`Credentials`,
}

export function InheritedAuth({ draftId }: { readonly draftId: DraftId }) {
  const kind = useRequest(draftId, ({ auth }) => auth.kind)
  const isRefused = useRequest(draftId, ({ options }) => options.omitAuth === true)
  const isKnown = usePreviewsStore((state) => state.byTab[draftId] !== undefined)
  const used = usePreviewsStore((state) => (state.byTab[draftId]?.layers ?? NO_LAYERS).auth)
  const refuse = (on: boolean): void =>
    editDocument(draftId, 'auth.omit', (document) => ({
      ...document,
      options: withOption(document.options, 'omitAuth', on ? true : undefined),
    }))
  if (!isKnown || (kind !== 'none' && kind !== 'inherit')) return null
  if (kind === 'none' && isRefused) {
    return (
      <Note>
        {t`Credentials of the session are not sent with this request.`}
        <Button onClick={() => refuse(false)}>{t`Send them`}</Button>
      </Note>
    )
  }
  if (used === null) {
    return kind === 'none' ? null : (
      <Note>{t`There is nothing to inherit: no folder, session or collection around it has credentials.`}</Note>
    )
  }
  return (
    <Note>
      <strong>{used.auth.kind === 'unsupported' ? used.auth.type : NAMES[used.auth.kind]}</strong>
      <OriginLink origin={used.origin} sought={{ section: 'auth' }} />
      {kind === 'none' && <Button onClick={() => refuse(true)}>{t`Do not send it`}</Button>}
    </Note>
  )
}

function Note({ children }: { readonly children: ReactNode }) {
  return (
    <div className={controls.option} role="group" aria-label={t`Credentials used`}>
      <span className={controls.optionLabel}>{t`Used`}</span>
      <div className={controls.optionBody}>
        <div className={styles.note}>{children}</div>
      </div>
    </div>
  )
}
