/**
 * `{{name}}` in an editor: a ground under each reference in sight, names offered while one is typed, and the bubble that
 * other fields have, for the pointer and for Ctrl+I. Only what is in sight is looked at, so that a large text costs nothing.
 */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { referencesIn } from '../lib/references.ts'
import { markOf } from '../lib/variable-scope.ts'
import { VariableBubble } from '../ui/variables/variable-bubble.tsx'
import type { VariableLookup } from '../ui/variables/variable-lookup.ts'
import { Range, type editor } from './setup.ts'
import { offerNames } from './variable-names.ts'

type Instance = editor.IStandaloneCodeEditor

/** A line longer than this is data; looking through it would cost at every key. */
const MAX_LINE = 20_000
const SHOW_AFTER_MS = 250
const HIDE_AFTER_MS = 160

interface Shown {
  readonly name: string
  readonly anchor: DOMRect
  readonly byKey: boolean
}

export function EditorVariables({ instance, lookup }: { readonly instance: Instance; readonly lookup: VariableLookup }) {
  const scope = useSyncExternalStore(lookup.subscribe, lookup.scope)
  useMarks(instance, lookup)
  useEffect(() => offerNames(instance, lookup), [instance, lookup])
  const { shown, hold, hide } = useBubble(instance)
  if (!shown) return null
  return (
    <VariableBubble
      key={`${shown.name} ${shown.byKey}`}
      name={shown.name}
      looked={scope.lookUp(shown.name)}
      anchor={shown.anchor}
      takesFocus={shown.byKey}
      onHold={hold}
      onLeave={hide}
      onClose={() => {
        hide('now')
        if (shown.byKey) instance.focus()
      }}
      lookup={lookup}
    />
  )
}

/** Grounds under the references in sight; drawn again, once a frame, when the text, the view or a value changes. */
function useMarks(instance: Instance, lookup: VariableLookup): void {
  useEffect(() => {
    const marks = instance.createDecorationsCollection()
    let frame = 0
    const draw = (): void => {
      frame = 0
      marks.set(marksInSight(instance, lookup))
    }
    const soon = (): void => {
      frame ||= requestAnimationFrame(draw)
    }
    const listening = [
      instance.onDidChangeModel(soon),
      instance.onDidChangeModelContent(soon),
      instance.onDidScrollChange(soon),
      instance.onDidLayoutChange(soon),
    ]
    const stop = lookup.subscribe(soon)
    soon()
    return () => {
      cancelAnimationFrame(frame)
      stop()
      listening.forEach((one) => one.dispose())
      marks.clear()
    }
  }, [instance, lookup])
}

function marksInSight(instance: Instance, lookup: VariableLookup): editor.IModelDeltaDecoration[] {
  const model = instance.getModel()
  if (!model) return []
  const scope = lookup.scope()
  const marks: editor.IModelDeltaDecoration[] = []
  for (const { startLineNumber, endLineNumber } of instance.getVisibleRanges()) {
    for (let line = startLineNumber; line <= endLineNumber; line += 1) {
      if (model.getLineLength(line) > MAX_LINE) continue
      for (const { name, start, end } of referencesIn(model.getLineContent(line))) {
        const state = markOf(scope.lookUp(name))
        marks.push({ range: new Range(line, start + 1, line, end + 1), options: { inlineClassName: `variable variable-${state}` } })
      }
    }
  }
  return marks
}

interface Asking {
  readonly shown: Shown | null
  readonly hold: () => void
  readonly hide: (when: 'soon' | 'now') => void
}

/** Which reference is asked for: the one under the pointer, or by Ctrl+I the one at the cursor. */
function useBubble(instance: Instance): Asking {
  const [shown, setShown] = useState<Shown | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const hold = useCallback((): void => {
    if (timer.current !== null) clearTimeout(timer.current)
  }, [])
  const later = useCallback(
    (work: () => void, afterMs: number): void => {
      hold()
      timer.current = setTimeout(work, afterMs)
    },
    [hold],
  )
  const hide = useCallback((when: 'soon' | 'now'): void => later(() => setShown(null), when === 'now' ? 0 : HIDE_AFTER_MS), [later])
  useEffect(() => {
    let under = ''
    const listening = [
      instance.onMouseMove(({ target }) => {
        const at = target.position && referenceAt(instance, target.position)
        const place = at ? `${at.name} ${at.line} ${at.start}` : ''
        if (place === under) return place === '' ? undefined : hold()
        under = place
        if (at) later(() => setShown({ name: at.name, anchor: placeOf(instance, at), byKey: false }), SHOW_AFTER_MS)
        else hide('soon')
      }),
      instance.onMouseLeave(() => {
        under = ''
        hide('soon')
      }),
      instance.onKeyDown((event) => {
        const { browserEvent } = event
        if (!(browserEvent.ctrlKey || browserEvent.metaKey) || browserEvent.shiftKey || browserEvent.altKey) return
        if (browserEvent.key.toLowerCase() !== 'i') return
        const position = instance.getPosition()
        const at = position && referenceAt(instance, position)
        if (!at) return
        event.preventDefault()
        event.stopPropagation()
        hold()
        setShown({ name: at.name, anchor: placeOf(instance, at), byKey: true })
      }),
      instance.onDidScrollChange(() => hide('now')),
      instance.onDidChangeModelContent(() => hide('now')),
    ]
    return () => {
      hold()
      listening.forEach((one) => one.dispose())
    }
  }, [instance, hold, later, hide])
  return { shown, hold, hide }
}

interface Place {
  readonly name: string
  readonly line: number
  readonly start: number
  readonly end: number
}

function referenceAt(instance: Instance, { lineNumber, column }: { readonly lineNumber: number; readonly column: number }): Place | null {
  const model = instance.getModel()
  if (!model || model.getLineLength(lineNumber) > MAX_LINE) return null
  const found = referencesIn(model.getLineContent(lineNumber)).find(({ start, end }) => start < column && column <= end + 1)
  return found ? { name: found.name, line: lineNumber, start: found.start, end: found.end } : null
}

/** Where a reference stands in the window. */
function placeOf(instance: Instance, { line, start }: Place): DOMRect {
  const box = instance.getDomNode()?.getBoundingClientRect() ?? new DOMRect()
  const at = instance.getScrolledVisiblePosition({ lineNumber: line, column: start + 1 })
  return new DOMRect(box.left + (at?.left ?? 0), box.top + (at?.top ?? 0), 0, at?.height ?? 20)
}
