/** The request as code of a language, following the form as it is edited. */
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import FileDown from 'lucide-react/icons/file-down'
import { useState } from 'react'
import { CODE_LANGUAGES, SAVING_LANGUAGES } from '#contract/model/code-languages.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { codeLanguage, codeSaves, type GeneratedCode } from '../../actions/code.ts'
import { setCollapsed } from '../../actions/collections.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { useLayoutStore } from '../../stores/layout-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FoldRegion } from '../../ui/fold-region.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { useCode } from './use-code.ts'
import styles from './code-region.module.css'
import { Awaiting } from '../../lib/lazy-part.ts'
import { ReadOnlyView } from '../../monaco/parts.ts'
import { told } from '../../lib/told.ts'
import { listed } from '../../lib/listed.ts'
import { rich, t } from '../../lib/t.ts'

/** Its name among the parts of the window that are folded unless they are opened. */
const OPEN_ID = 'code-open'
const LANGUAGES: readonly SelectOption<string>[] = CODE_LANGUAGES.map(({ id, title, group }) => ({ value: id, label: title, group }))

export function CodeRegion({ draftId }: { readonly draftId: DraftId }) {
  const isOpen = useLayoutStore(({ collapsed }) => collapsed.includes(OPEN_ID))
  const language = useLayoutStore((state) => codeLanguage(state.codeLanguage))
  const saves = useLayoutStore(codeSaves)
  const change = useLayoutStore((state) => state.change)
  const isBegun = useDraftsStore((state) => (state.tabs[draftId]?.draft.document.url ?? '').trim() !== '')
  const [isClear, setClear] = useState(false)
  const { code, error } = useCode(draftId, { language, secrets: isClear ? 'clear' : 'environment', saves }, isOpen && isBegun)
  const editor = CODE_LANGUAGES.find(({ id }) => id === language)?.editor ?? 'plaintext'
  return (
    <FoldRegion
      label={t`Code`}
      isFolded={!isOpen}
      onToggle={() => setCollapsed(OPEN_ID, !isOpen)}
      summary={isOpen ? '' : t`the same request in a language`}
      tools={
        isOpen && (
          <>
            <Select
              label={t`Language`}
              value={language}
              options={LANGUAGES}
              onChange={(next) => change({ codeLanguage: next })}
              className={styles.language ?? ''}
            />
            {SAVING_LANGUAGES.has(language) && (
              <IconButton
                label={saves ? t`Show the answer` : t`Write the answer to a file`}
                pressed={saves}
                icon={<FileDown />}
                onClick={() => change({ codeSaves: !saves })}
              />
            )}
            <IconButton
              label={isClear ? t`Read secrets from the environment` : t`Put secrets and cookies into the code`}
              pressed={isClear}
              icon={isClear ? <EyeOff /> : <Eye />}
              onClick={() => setClear(!isClear)}
            />
            {code && isBegun && <CopyButton label={t`Copy code`} text={() => code.text} />}
          </>
        )
      }
    >
      {!isBegun ? (
        <p className={styles.more}>{t`Type an address to see the request as code.`}</p>
      ) : error ? (
        <div className={styles.notes}>
          <ProblemNote kind={error.kind} message={error.message} />
        </div>
      ) : (
        code && (
          <>
            <Notes code={code} />
            <div className={styles.code}>
              <Awaiting fallback={<pre className={styles.plain}>{code.text}</pre>}>
                <ReadOnlyView viewKey={`${draftId}/code`} text={code.text} language={editor} label={t`Generated code`} wrap={false} />
              </Awaiting>
            </div>
          </>
        )
      )}
    </FoldRegion>
  )
}

/** What the code does not say as the request does, and what it has to be given. */
function Notes({ code: { notes, environment } }: { readonly code: GeneratedCode }) {
  if (notes.length === 0 && environment.length === 0) return null
  return (
    <ul className={styles.notes} aria-label={t`Notes about the code`}>
      {environment.length > 0 && <li className={styles.note}>{rich`Reads ${listed(environment)} from its environment.`}</li>}
      {notes.map(({ message, severity }, index) => (
        <li key={index} className={styles.note} data-severity={severity}>
          {told(message)}
        </li>
      ))}
    </ul>
  )
}
