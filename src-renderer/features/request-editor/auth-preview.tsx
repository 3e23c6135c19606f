/** What the credentials will send, as core prepared it: masked, with where it is from and how long it holds. */
import { useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { PreparedHeader } from '#contract/model/prepared.ts'
import { maskedValue } from '../../lib/mask-header.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import styles from '../../forms/auth.module.css'
import controls from '../../ui/controls/controls.module.css'
import { t } from '../../lib/t.ts'

const NO_HEADERS: readonly PreparedHeader[] = []

export function AuthPreview({ draftId }: { readonly draftId: DraftId }) {
  const headers = usePreviewsStore((state) => state.byTab[draftId]?.headers ?? NO_HEADERS)
  const own = useMemo(() => headers.filter(({ source }) => source === 'auth' || source === 'url' || source === 'netrc'), [headers])
  if (own.length === 0) return null
  return (
    <div className={controls.option} role="group" aria-label={t`Will be sent`}>
      <span className={controls.optionLabel}>{t`Will be sent`}</span>
      <div className={controls.optionBody}>
        {own.map(({ name, value, note }) => (
          <div key={name}>
            <p className={styles.preview}>
              <span className={styles.previewName}>{name}: </span>
              {maskedValue(name, value, true)}
            </p>
            {note !== undefined && <p className={controls.optionHelp}>{note}</p>}
          </div>
        ))}
      </div>
    </div>
  )
}
