/** A body that is a file's bytes, streamed from where it is. */
import { useId } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import { isCopyIn } from '../../lib/file-names.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { FileChips } from './file-chips.tsx'
import { FilesRegion } from './files-region.tsx'
import { CONTENT_TYPES } from '../../lib/header-names.ts'
import { useFileFacts } from './use-file-facts.ts'
import { useRequest, useSectionProblems } from './use-request.ts'
import controls from '../../ui/controls/controls.module.css'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'

export function FileBody({ draftId }: { readonly draftId: DraftId }) {
  const id = useId()
  const path = useRequest(draftId, ({ body }) => (body.kind === 'file' ? body.path : ''))
  const contentType = useRequest(draftId, ({ body }) => (body.kind === 'file' ? body.contentType : ''))
  const dataDir = useAppStore((state) => state.info?.dataDir ?? '')
  const [problem] = useSectionProblems(draftId, 'body')
  const facts = useFileFacts(draftId, [path])
  const change = (field: 'path' | 'contentType', text: string): void =>
    editDocument(draftId, `body.${field}`, (document) =>
      document.body.kind === 'file' ? { ...document, body: { ...document.body, [field]: text } } : document,
    )
  return (
    <div className={styles.scroll}>
      <FilesRegion draftId={draftId} multiple={false} invitation={t`Drop a file here to send it as the body`}>
        <div className={styles.options}>
          <div className={controls.option}>
            <span className={controls.optionLabel}>{t`File`}</span>
            <div className={controls.optionBody}>
              {!isCopyIn(dataDir, path) && (
                <TextInput
                  label={t`File path`}
                  data-field="path"
                  code
                  className={controls.wide ?? ''}
                  value={path}
                  onChange={(text) => change('path', text)}
                  placeholder={t`/path/to/file, or ./file`}
                  invalid={problem !== undefined && path !== ''}
                  {...(problem && { describedBy: `${id}-problem` })}
                />
              )}
              <FileChips files={path === '' ? [] : [path]} facts={facts} contentType={contentType} onRemove={() => change('path', '')} />
              {problem && path !== '' && (
                <ProblemNote id={`${id}-problem`} message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />
              )}
            </div>
          </div>
          <div className={controls.option}>
            <span className={controls.optionLabel}>{t`Content type`}</span>
            <div className={controls.optionBody}>
              <Combobox
                label={t`Content type`}
                className={controls.wide ?? ''}
                value={contentType}
                options={CONTENT_TYPES}
                onChange={(text) => change('contentType', text)}
                placeholder={facts.get(path)?.contentType ?? t`From the file’s name`}
              />
            </div>
          </div>
        </div>
      </FilesRegion>
    </div>
  )
}
