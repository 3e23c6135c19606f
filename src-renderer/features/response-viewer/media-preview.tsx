/** Sound or film with the browser's player, which reads it by ranges: one can jump in it without waiting for all of it. */
import CirclePlay from 'lucide-react/icons/circle-play'
import { useState } from 'react'
import { bodyAddress } from '../../actions/bodies.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { NotShown, type ShownBody } from './not-shown.tsx'
import styles from './previews.module.css'
import { rich, t } from '../../lib/t.ts'

interface Facts {
  readonly seconds: number
  readonly width: number
  readonly height: number
}

export function MediaPreview({ isFilm, ...body }: ShownBody & { readonly isFilm: boolean }) {
  const [facts, setFacts] = useState<Facts | 'broken' | null>(null)
  const { contentType, bytes } = body
  if (facts === 'broken') {
    return (
      <NotShown
        icon={<CirclePlay />}
        title={isFilm ? t`This film cannot be played` : t`This sound cannot be played`}
        body={body}
      >{rich`The player knows nothing of ${contentType}, or the bytes are none.`}</NotShown>
    )
  }
  const player = {
    src: bodyAddress(body.bodyId, playedType(contentType, isFilm)),
    controls: true,
    preload: 'metadata' as const,
    'aria-label': t`Body of the response`,
    onError: () => setFacts('broken'),
  }
  return (
    <div className={styles.preview}>
      <div className={styles.stage}>
        {isFilm ? (
          <video
            {...player}
            className={styles.film}
            onLoadedMetadata={({ currentTarget: { duration, videoWidth, videoHeight } }) =>
              setFacts({ seconds: duration, width: videoWidth, height: videoHeight })
            }
          />
        ) : (
          <audio
            {...player}
            className={styles.sound}
            onLoadedMetadata={({ currentTarget: { duration } }) => setFacts({ seconds: duration, width: 0, height: 0 })}
          />
        )}
      </div>
      <p className={styles.facts}>{[facts && wordsOf(facts), contentType, formatBytes(bytes)].filter(Boolean).join(' · ')}</p>
    </div>
  )
}

function wordsOf({ seconds, width, height }: Facts): string {
  const measures = width > 0 ? `${width} × ${height}` : ''
  return [measures, Number.isFinite(seconds) ? formatDuration(seconds * 1000) : ''].filter(Boolean).join(' · ')
}

/** Hosts serve sound and film only under types of theirs; the player looks at the bytes anyway. */
function playedType(contentType: string, isFilm: boolean): string {
  return /^(?:audio|video)\//.test(contentType) ? contentType : isFilm ? 'video/mp4' : 'audio/mpeg'
}
