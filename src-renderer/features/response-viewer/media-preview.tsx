/**
 * Audio or video with the browser's player, which reads it by ranges: one can jump in it without waiting for all of it.
 * Where its bytes turn bad on the way it is said from when on, and what comes before can be played again.
 */
import CirclePlay from 'lucide-react/icons/circle-play'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import { useState, type SyntheticEvent } from 'react'
import { bodyAddress } from '../../actions/bodies.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { Button } from '../../ui/button.tsx'
import { NotShown, type ShownBody } from './not-shown.tsx'
import styles from './previews.module.css'
import { rich, t } from '../../lib/t.ts'

interface Facts {
  readonly seconds: number
  readonly width: number
  readonly height: number
}

/** Why it does not play: not at all, or from some second on. */
type Stop = { readonly kind: 'unknown' } | { readonly kind: 'break'; readonly at: number }

export function MediaPreview({ isVideo, ...body }: ShownBody & { readonly isVideo: boolean }) {
  const [facts, setFacts] = useState<Facts | null>(null)
  const [stop, setStop] = useState<Stop | null>(null)
  const { contentType, bytes } = body
  if (stop !== null) return <Stopped stop={stop} isVideo={isVideo} body={body} onRestart={() => setStop(null)} />
  const player = {
    src: bodyAddress(body.bodyId, playedType(contentType, isVideo)),
    controls: true,
    preload: 'metadata' as const,
    'aria-label': t`Body of the response`,
    onError: ({ currentTarget: { error, currentTime } }: SyntheticEvent<HTMLMediaElement>) =>
      setStop(facts !== null && error?.code === MediaError.MEDIA_ERR_DECODE ? { kind: 'break', at: currentTime } : { kind: 'unknown' }),
  }
  return (
    <div className={styles.preview}>
      <div className={styles.stage}>
        {isVideo ? (
          <video
            {...player}
            className={styles.video}
            onLoadedMetadata={({ currentTarget: { duration, videoWidth, videoHeight } }) =>
              setFacts({ seconds: duration, width: videoWidth, height: videoHeight })
            }
          />
        ) : (
          <audio
            {...player}
            className={styles.audio}
            onLoadedMetadata={({ currentTarget: { duration } }) => setFacts({ seconds: duration, width: 0, height: 0 })}
          />
        )}
      </div>
      <p className={styles.facts}>{[facts && wordsOf(facts), contentType, formatBytes(bytes)].filter(Boolean).join(' · ')}</p>
    </div>
  )
}

interface StoppedProps {
  readonly stop: Stop
  readonly isVideo: boolean
  readonly body: ShownBody
  readonly onRestart: () => void
}

function Stopped({ stop, isVideo, body, onRestart }: StoppedProps) {
  if (stop.kind === 'unknown') {
    return (
      <NotShown
        icon={<CirclePlay />}
        title={isVideo ? t`This video cannot be played` : t`This audio cannot be played`}
        body={body}
      >{rich`Either the player does not know ${body.contentType}, or the bytes are damaged or cut off. Hex shows what came.`}</NotShown>
    )
  }
  const time = formatDuration(stop.at * 1000)
  return (
    <NotShown
      icon={<CirclePlay />}
      title={isVideo ? t`This video breaks off at ${time}` : t`This audio breaks off at ${time}`}
      body={body}
      action={<Button icon={<RotateCcw />} onClick={onRestart}>{t`Play again`}</Button>}
    >{t`Its bytes are damaged or cut off from there on.`}</NotShown>
  )
}

function wordsOf({ seconds, width, height }: Facts): string {
  const measures = width > 0 ? `${width} × ${height}` : ''
  return [measures, Number.isFinite(seconds) ? formatDuration(seconds * 1000) : ''].filter(Boolean).join(' · ')
}

/** Hosts serve audio and video only under types of theirs; the player looks at the bytes anyway. */
function playedType(contentType: string, isVideo: boolean): string {
  return /^(?:audio|video)\//.test(contentType) ? contentType : isVideo ? 'video/mp4' : 'audio/mpeg'
}
