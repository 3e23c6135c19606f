/** A specimen of a font: its alphabet and a sentence in growing sizes, in the font itself. */
import CaseSensitive from 'lucide-react/icons/case-sensitive'
import { useEffect, useState } from 'react'
import type { BodyId } from '#contract/model/ids.ts'
import { bodyAddress } from '../../actions/bodies.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { NotShown, type ShownBody } from './not-shown.tsx'
import styles from './previews.module.css'
import { rich, t } from '../../lib/t.ts'

const ALPHABET = [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  'abcdefghijklmnopqrstuvwxyz',
  '0123456789 .,:;!?&@#%()[]{}«»“”‘’–—€$£',
  'ÀÉÎÕÜßçñøåæ ΑΒΓαβγ АБВабв',
]
const SENTENCE = t`The quick brown fox jumps over the lazy dog`
const SIZES = [12, 16, 24, 36, 60]

export function FontPreview(body: ShownBody) {
  const { bodyId, contentType, bytes } = body
  const family = `body-${bodyId.slice(0, 16)}`
  const state = useFont(bodyId, family)
  const [text, setText] = useState(SENTENCE)
  if (state === 'broken') {
    return (
      <NotShown
        icon={<CaseSensitive />}
        title={t`This font cannot be shown`}
        body={body}
      >{t`Its bytes are not a font that can be drawn with.`}</NotShown>
    )
  }
  if (state === null) return null
  return (
    <div className={styles.preview}>
      <div className={styles.specimen} role="group" aria-label={t`Specimen of the font`} tabIndex={0}>
        <div className={styles.alphabet} style={{ fontFamily: family }}>
          {ALPHABET.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
        <input
          className={styles.sentence}
          aria-label={t`Sample text`}
          value={text}
          placeholder={SENTENCE}
          onChange={({ target }) => setText(target.value)}
        />
        {SIZES.map((size) => (
          <p key={size} className={styles.sample}>
            <span className={styles.size}>{rich`${size} px`}</span>
            <span style={{ fontFamily: family, fontSize: size, lineHeight: 1.3 }}>{text || SENTENCE}</span>
          </p>
        ))}
      </div>
      <p className={styles.facts}>
        {contentType} · {formatBytes(bytes)}
      </p>
    </div>
  )
}

/** Makes the font known to the page while it is looked at. */
function useFont(bodyId: BodyId, family: string): 'ready' | 'broken' | null {
  const [state, setState] = useState<'ready' | 'broken' | null>(null)
  useEffect(() => {
    // Hosts serve fonts under types of fonts; what it is, its bytes say.
    const font = new FontFace(family, `url(${JSON.stringify(bodyAddress(bodyId, 'font/sfnt'))})`)
    let isGone = false
    font.load().then(
      () => {
        if (isGone) return
        document.fonts.add(font)
        setState('ready')
      },
      () => {
        if (!isGone) setState('broken')
      },
    )
    return () => {
      isGone = true
      document.fonts.delete(font)
    }
  }, [bodyId, family])
  return state
}
