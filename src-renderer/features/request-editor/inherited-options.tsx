/** The options that hold for the request though it does not set them itself: their values, and where each is from. */
import type { DraftId } from '#contract/model/ids.ts'
import { NO_LAYERS } from '#contract/model/request-defaults.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { optionWords } from './option-words.ts'
import { OriginLink } from '../../forms/origin-link.tsx'
import styles from './inherited.module.css'
import { t } from '../../lib/t.ts'

export function InheritedOptions({ draftId }: { readonly draftId: DraftId }) {
  const options = usePreviewsStore((state) => (state.byTab[draftId]?.layers ?? NO_LAYERS).options)
  if (options.length === 0) return null
  return (
    <ul className={styles.options} aria-label={t`Inherited options`}>
      {options.map(({ key, value, origin }) => {
        const { label, text } = optionWords(key, value)
        return (
          <li key={key}>
            <span>{label}</span>
            <span className={styles.optionValue} title={text}>
              {text}
            </span>
            <OriginLink origin={origin} sought={{ name: key, section: 'options' }} />
          </li>
        )
      })}
    </ul>
  )
}
