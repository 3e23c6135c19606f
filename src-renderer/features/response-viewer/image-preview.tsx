/** An image, on a checkerboard so that transparency shows, with its measures and its size on screen. */
import ImageOff from 'lucide-react/icons/image-off'
import ZoomIn from 'lucide-react/icons/zoom-in'
import ZoomOut from 'lucide-react/icons/zoom-out'
import { useState } from 'react'
import { bodyAddress } from '../../actions/bodies.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import styles from './image-preview.module.css'
import type { ShownBody } from './not-shown.tsx'
import { LARGEST_ZOOM, SMALLEST_ZOOM, zoomIn, zoomOut, zoomText } from './zoom.ts'
import { rich, t } from '../../lib/t.ts'

interface Measures {
  readonly width: number
  readonly height: number
}

export function ImagePreview({ bodyId, contentType, bytes }: ShownBody) {
  const [measures, setMeasures] = useState<Measures | 'broken' | null>(null)
  /** Null fits the image into the pane; it is never enlarged for that. */
  const [zoom, setZoom] = useState<number | null>(null)
  if (measures === 'broken') {
    return (
      <EmptyState
        icon={<ImageOff />}
        title={t`This image cannot be shown`}
      >{rich`Its bytes are no ${contentType} that can be drawn. Raw and Hex show what came.`}</EmptyState>
    )
  }
  const scale = zoom ?? 1
  return (
    <div className={styles.preview}>
      <div className={styles.board} data-fit={zoom === null}>
        <img
          className={styles.image}
          src={bodyAddress(bodyId, contentType)}
          alt={t`Body of the response`}
          draggable={false}
          style={zoom === null || measures === null ? undefined : { width: measures.width * scale, height: measures.height * scale }}
          onLoad={({ currentTarget }) => setMeasures({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })}
          onError={() => setMeasures('broken')}
        />
      </div>
      <div className={styles.bar}>
        <span className={styles.facts}>
          {measures && `${measures.width} × ${measures.height} · `}
          {contentType} · {formatBytes(bytes)}
        </span>
        <Button variant="ghost" aria-pressed={zoom === null} onClick={() => setZoom(null)}>{t`Fit`}</Button>
        <IconButton label={t`Zoom out`} icon={<ZoomOut />} disabled={scale <= SMALLEST_ZOOM} onClick={() => setZoom(zoomOut(scale))} />
        <Button variant="ghost" tooltip={t`Actual size`} onClick={() => setZoom(1)}>
          {zoom === null ? '100 %' : zoomText(zoom)}
        </Button>
        <IconButton label={t`Zoom in`} icon={<ZoomIn />} disabled={scale >= LARGEST_ZOOM} onClick={() => setZoom(zoomIn(scale))} />
      </div>
    </div>
  )
}
