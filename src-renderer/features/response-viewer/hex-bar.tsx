/** The bar below the bytes: goes to an offset, looks for bytes or text, and copies what is chosen. */
import { useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { formatExactBytes } from '../../lib/format-bytes.ts'
import { copyBytes, findBytes, type CopiedAs } from './hex-bytes.ts'
import { offsetOf, patternOf, spanOf, type ByteSelection } from './hex-selection.ts'
import type { BodyId } from '#contract/model/ids.ts'
import styles from './hex-view.module.css'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export interface HexBarProps {
  readonly bodyId: BodyId
  readonly bytes: number
  readonly selection: ByteSelection | null
  readonly onSelect: (selection: ByteSelection) => void
  readonly offsetField: Ref<HTMLInputElement>
}

export function HexBar({ bodyId, bytes, selection, onSelect, offsetField }: HexBarProps) {
  const [offset, setOffset] = useState('')
  const place = offsetOf(offset, bytes)
  const go = (): void => {
    if (place !== null) onSelect({ anchor: place, focus: place })
  }
  return (
    <div className={styles.bar}>
      <TextInput
        ref={offsetField}
        label={t`Offset`}
        placeholder={t`Offset, or 0x…`}
        className={styles.field ?? ''}
        references={false}
        invalid={offset.trim() !== '' && place === null}
        value={offset}
        onChange={setOffset}
        onKeyDown={(event) => isEnter(event) && go()}
      />
      <Button onClick={go} disabled={place === null}>{t`Go`}</Button>
      <ByteFind bodyId={bodyId} bytes={bytes} selection={selection} onSelect={onSelect} />
      <span role="status" aria-label={t`Selection`} className={styles.status}>
        {selection && wordsOf(selection)}
      </span>
      {selection && <CopyButtons bodyId={bodyId} selection={selection} />}
    </div>
  )
}

function ByteFind({ bodyId, bytes, selection, onSelect }: Omit<HexBarProps, 'offsetField'>) {
  const [text, setText] = useState('')
  const [result, setResult] = useState<string | null>(null)
  const search = useRef<AbortController | null>(null)
  const pattern = patternOf(text)
  const find = (): void => {
    if (pattern.length === 0) return
    search.current?.abort()
    const abort = new AbortController()
    search.current = abort
    setResult(null)
    const from = selection === null ? 0 : spanOf(selection).first + 1
    void findBytes(bodyId, bytes, pattern, from, abort.signal).then((found) => {
      if (abort.signal.aborted) return
      setResult(found === null ? t`Not found` : found < from ? t`Found from the beginning on` : null)
      if (found !== null) onSelect({ anchor: found, focus: found + pattern.length - 1 })
    })
  }
  const change = (next: string): void => {
    search.current?.abort()
    setResult(null)
    setText(next)
  }
  return (
    <>
      <TextInput
        label={t`Find bytes or text`}
        placeholder={t`Find 89 50 or text`}
        className={styles.field ?? ''}
        references={false}
        value={text}
        onChange={change}
        onKeyDown={(event) => isEnter(event) && find()}
      />
      <Button onClick={find} disabled={pattern.length === 0}>{t`Find`}</Button>
      <span role="status" aria-label={t`Find result`} className={styles.status}>
        {result}
      </span>
    </>
  )
}

function CopyButtons({ bodyId, selection }: { readonly bodyId: BodyId; readonly selection: ByteSelection }) {
  const copy = (as: CopiedAs): void => void copyBytes(bodyId, spanOf(selection), as)
  return (
    <>
      <Button variant="ghost" onClick={() => copy('hex')}>{t`Copy as hex`}</Button>
      <Button variant="ghost" onClick={() => copy('text')}>{t`Copy as text`}</Button>
    </>
  )
}

function isEnter(event: KeyboardEvent): boolean {
  if (event.key === 'Enter') event.preventDefault()
  return event.key === 'Enter'
}

function wordsOf(selection: ByteSelection): string {
  const { first, last } = spanOf(selection)
  const hex = (offset: number): string => `0x${offset.toString(16)}`
  return first === last
    ? t`${hex(first)} · byte ${formatNumber(first)}`
    : `${hex(first)}–${hex(last)} · ${formatExactBytes(last - first + 1)}`
}
