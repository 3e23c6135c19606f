/**
 * The editor as the rest of the window uses it. Monaco comes in a chunk of its own; until it is there, a plain field
 * shows the same text under the same name and can be typed in, and its cursor is handed over.
 */
import { useLayoutEffect, useRef, useState } from 'react'
import type { CodeEditor as Ready } from './code-editor.tsx'
import styles from './editor.module.css'
import type { EditorProps, HandOver } from './editor-props.ts'
import { whenIdle } from '../lib/when-idle.ts'
import { Awaiting, fetched, lazyPart } from '../lib/lazy-part.ts'
import { codeEditor } from './parts.ts'

const LazyEditor = lazyPart(async () => ({ default: (await codeEditor()).CodeEditor }))

/** Once it has come: drawn at once then, with no plain field in between. */
let readyEditor: typeof Ready | null = null

/** Have Monaco's chunk fetched and made warm while nothing else goes on, so that the first editor opens at once. */
export function preloadEditor(): void {
  if (readyEditor !== null) return
  // Nobody waits for it: where it fails, whoever shows an editor says so.
  fetched(codeEditor)
    .then(async ({ CodeEditor }) => {
      readyEditor = CodeEditor
      const { warmUp } = await fetched(() => import('./warm-up.ts'))
      whenIdle(warmUp)
    })
    .catch(() => undefined)
}

/** A text with highlighting, folding and find; read-only without `onChange`. Fills its parent, a flex column. */
export function Editor(props: EditorProps) {
  const [handOver, setHandOver] = useState<HandOver | null>(null)
  const [CodeEditor] = useState<typeof Ready | typeof LazyEditor>(() => readyEditor ?? LazyEditor)
  return (
    <Awaiting fallback={<PlainField {...props} onLeave={setHandOver} />}>
      <CodeEditor {...props} handOver={handOver} />
    </Awaiting>
  )
}

interface PlainFieldProps extends EditorProps {
  readonly onLeave: (handOver: HandOver) => void
}

function PlainField({ text, label, onChange, placeholder, wrap = true, onLeave }: PlainFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const element = field.current
    return () => {
      if (element && document.activeElement === element) onLeave({ start: element.selectionStart, end: element.selectionEnd })
    }
  }, [onLeave])
  return (
    <textarea
      ref={field}
      className={styles.plain}
      aria-label={label}
      placeholder={placeholder}
      readOnly={onChange === undefined}
      spellCheck={false}
      wrap={wrap ? 'soft' : 'off'}
      value={text}
      onChange={(event) => onChange?.(event.target.value)}
    />
  )
}
