/** Two texts beside each other, or in little room one below the other, with what differs marked, in Monaco; neither can be changed. Loaded on demand: import it from `parts.ts`. */
import { useLayoutEffect, useRef } from 'react'
import { BASE_OPTIONS } from './base-options.ts'
import { editor } from './setup.ts'
import { codeFont } from './code-font.ts'
import { followLook } from './themes.ts'
import { t } from '../lib/t.ts'

export interface DiffViewProps {
  readonly left: string
  readonly right: string
  /** What the texts are, such as `Responses`. */
  readonly label: string
}

/** Milliseconds; what is not compared by then is shown as it is. */
const PATIENCE_MS = 3000

/** Halves of what is narrower hold a few words of a line: there what went stands above what came. */
const NARROW_PX = 480

const OPTIONS: editor.IStandaloneDiffEditorConstructionOptions = {
  ...BASE_OPTIONS,
  domReadOnly: true,
  hideUnchangedRegions: { enabled: true },
  // The signs of what came and went stand there.
  lineDecorationsWidth: 16,
  maxComputationTime: PATIENCE_MS,
  originalEditable: false,
  readOnly: true,
  renderOverviewRuler: false,
  renderSideBySide: true,
  renderSideBySideInlineBreakpoint: NARROW_PX,
  useInlineViewWhenSpaceIsLimited: true,
  wordWrap: 'on',
}

export function DiffView({ left, right, label }: DiffViewProps) {
  const host = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!host.current) return
    followLook()
    const created = editor.createDiffEditor(host.current, {
      ...OPTIONS,
      ...codeFont(),
      originalAriaLabel: t`${label}, left`,
      modifiedAriaLabel: t`${label}, right`,
    })
    const original = editor.createModel(left, 'plaintext')
    const modified = editor.createModel(right, 'plaintext')
    created.setModel({ original, modified })
    return () => {
      created.dispose()
      original.dispose()
      modified.dispose()
    }
  }, [left, right, label])
  return <div ref={host} style={{ flex: 1, minHeight: 0, minWidth: 0, height: '100%' }} />
}
