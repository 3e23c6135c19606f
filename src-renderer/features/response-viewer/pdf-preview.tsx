/** A PDF in the browser's own viewer; where it has none it is said so. */
import FileText from 'lucide-react/icons/file-text'
import { bodyAddress } from '../../actions/bodies.ts'
import { NotShown, type ShownBody } from './not-shown.tsx'
import styles from './previews.module.css'
import { t } from '../../lib/t.ts'

export function PdfPreview(body: ShownBody) {
  if (!navigator.pdfViewerEnabled) {
    return (
      <NotShown
        icon={<FileText />}
        title={t`A PDF document`}
        body={body}
      >{t`There is no viewer for PDF in this window. Download it to read it.`}</NotShown>
    )
  }
  return (
    <div className={styles.preview}>
      <iframe
        className={styles.page}
        title={t`Preview of the document`}
        src={`${bodyAddress(body.bodyId, 'application/pdf')}#navpanes=0`}
        referrerPolicy="no-referrer"
      />
    </div>
  )
}
