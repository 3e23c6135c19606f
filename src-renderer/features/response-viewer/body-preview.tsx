/** A body as it is meant to be seen or heard: a picture, a page, a document, audio, video, a font, parts. */
import { assertNever } from '#contract/result.ts'
import { suggestedName } from '../../actions/bodies.ts'
import { BodyEncoding } from './body-encoding.tsx'
import type { BodyViewProps } from './body-view-props.tsx'
import { wantedEncoding } from './encodings.ts'
import { FontPreview } from './font-preview.tsx'
import { ImagePreview } from './image-preview.tsx'
import { MediaPreview } from './media-preview.tsx'
import { MultipartView } from './multipart-view.tsx'
import { PagePreview } from './page-preview.tsx'
import { PdfPreview } from './pdf-preview.tsx'

export function BodyPreview(props: BodyViewProps) {
  const { choice, response, encoding } = props
  const { bodyId, kind, type } = choice
  const shown = { bodyId, contentType: type, bytes: response.bodyBytes, name: suggestedName(response) }
  switch (kind) {
    case 'html':
      return (
        <>
          <BodyEncoding {...props} />
          <PagePreview bodyId={bodyId} contentType={choice.contentType} encoding={wantedEncoding(response, encoding)} />
        </>
      )
    case 'pdf':
      return <PdfPreview key={bodyId} {...shown} />
    case 'audio':
    case 'video':
      return <MediaPreview key={bodyId} {...shown} isVideo={kind === 'video'} />
    case 'font':
      return <FontPreview key={bodyId} {...shown} />
    case 'multipart':
      return <MultipartView key={bodyId} {...props} />
    case 'image':
    case 'svg':
    case 'json':
    case 'xml':
    case 'table':
    case 'text':
    case 'binary':
      return <ImagePreview key={bodyId} {...shown} />
    default:
      return assertNever(kind)
  }
}
