/**
 * A text that can only be read, in Monaco: an answer's body. Unlike the editor it is tuned for texts that are long and
 * that change as a whole: nothing here goes through a text of two million characters more often than it must.
 * Loaded on demand: import it from `parts.ts`.
 */
import { useEffectEvent, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from 'react'
import type { EditorHandle, EditorLanguage } from './editor-props.ts'
import { LONG_TEXT } from './long-text.ts'
import { onRelease } from './model-owners.ts'
import { BASE_OPTIONS } from './base-options.ts'
import { createEditor } from './create-editor.ts'
import { editor } from './setup.ts'
import { t } from '../lib/t.ts'

export interface ReadOnlyViewProps {
  /** `owner/part`: cursor, folding and scroll are kept under it until `releaseModels(owner)`. */
  readonly viewKey: string
  readonly text: string
  readonly language: EditorLanguage
  /** The accessible name of the text box. */
  readonly label: string
  /** Whether long lines go on below; a text longer than `LONG_TEXT` is never wrapped. */
  readonly wrap: boolean
  /** What can be done at a place of the text, in its menu. Must keep its identity. */
  readonly actions?: readonly TextAction[] | undefined
  /**
   * Something stands in for the text until it can be looked at: called once it can, for that to go. Both happen in one task, so
   * that nobody sees, finds or is read the text twice.
   */
  readonly onShown?: (() => void) | undefined
  readonly ref?: Ref<ReadOnlyHandle> | undefined
}

export interface ReadOnlyHandle extends Pick<EditorHandle, 'focus' | 'find'> {
  readonly goToLine: () => void
  /** Scrolls to a line, counted from 0, or to the end, and puts the cursor there. */
  readonly scrollTo: (line: number | 'end') => void
}

export interface TextAction {
  readonly label: string
  /** @param offset in UTF-16 units of that text */
  readonly run: (text: string, offset: number) => void
}

const NO_ACTIONS: readonly TextAction[] = []
const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  ...BASE_OPTIONS,
  domReadOnly: true,
  occurrencesHighlight: 'off',
  readOnly: true,
  readOnlyMessage: { value: t`What was received cannot be changed.` },
  renderValidationDecorations: 'off',
  selectionHighlight: false,
  stopRenderingLineAfter: -1,
}

/** Where each text was left. A new text under the same key is shown from there: sending again does not lose the place. */
const places = new Map<string, editor.ICodeEditorViewState>()

onRelease((owner) => {
  for (const key of places.keys()) if (key.startsWith(`${owner}/`)) places.delete(key)
})

/** Monaco opens its find box only from where the focus is. */
function openFind(instance: editor.IStandaloneCodeEditor): void {
  instance.focus()
  void instance.getAction('actions.find')?.run()
}

export function ReadOnlyView({ viewKey, text, language, label, wrap, actions = NO_ACTIONS, onShown, ref }: ReadOnlyViewProps) {
  const host = useRef<HTMLDivElement>(null)
  const [instance, setInstance] = useState<editor.IStandaloneCodeEditor | null>(null)

  useLayoutEffect(() => {
    if (!host.current) return
    const created = createEditor(host.current, OPTIONS)
    setInstance(created)
    return () => created.dispose()
  }, [])

  /** Asked for before there was a text to find in. */
  const wantsFind = useRef(false)
  const isLong = text.length > LONG_TEXT
  const isAwaited = useEffectEvent(() => onShown !== undefined)
  const tellShown = useEffectEvent(() => onShown?.())
  // Before the model, so that a text is laid out once.
  useLayoutEffect(() => {
    instance?.updateOptions({
      ariaLabel: label,
      folding: !isLong,
      matchBrackets: isLong ? 'never' : 'always',
      wordWrap: wrap && !isLong ? 'on' : 'off',
    })
  }, [instance, label, wrap, isLong])

  useLayoutEffect(() => {
    if (!instance) return
    const model = editor.createModel(text, language)
    const show = (): void => {
      instance.setModel(model)
      instance.restoreViewState(places.get(viewKey) ?? null)
      if (wantsFind.current) openFind(instance)
      wantsFind.current = false
      tellShown()
    }
    // Taking in a long text and laying it out each take their time: apart, so that the window can answer in between. And what
    // stands in has gone to its place by then.
    const isLater = isLong || isAwaited()
    const later = isLater ? setTimeout(show) : undefined
    if (!isLater) show()
    return () => {
      clearTimeout(later)
      const place = instance.getModel() === model ? instance.saveViewState() : null
      if (place) places.set(viewKey, place)
      model.dispose()
    }
  }, [instance, viewKey, text, language, isLong])

  useLayoutEffect(() => {
    const added = actions.map(({ label: actionLabel, run }, index) =>
      instance?.addAction({
        id: `posthaste.text.${index}`,
        label: actionLabel,
        contextMenuGroupId: '0_value',
        contextMenuOrder: index,
        run: (view) => {
          const [model, position] = [view.getModel(), view.getPosition()]
          if (model && position) run(model.getValue(), model.getOffsetAt(position))
        },
      }),
    )
    return () => added.forEach((action) => action?.dispose())
  }, [instance, actions])

  useImperativeHandle(
    ref,
    () => ({
      focus: () => instance?.focus(),
      find: () => {
        if (instance?.getModel()) openFind(instance)
        else wantsFind.current = true
      },
      goToLine: () => {
        instance?.focus()
        void instance?.getAction('editor.action.gotoLine')?.run()
      },
      scrollTo: (line) => {
        const last = instance?.getModel()?.getLineCount() ?? 1
        const lineNumber = line === 'end' ? last : Math.min(last, line + 1)
        instance?.setPosition({ lineNumber, column: line === 'end' ? (instance.getModel()?.getLineMaxColumn(last) ?? 1) : 1 })
        instance?.setScrollPosition({
          scrollLeft: 0,
          scrollTop: line === 'end' ? instance.getScrollHeight() : instance.getTopForLineNumber(lineNumber),
        })
      },
    }),
    [instance],
  )

  return <div ref={host} style={{ flex: 1, minHeight: 0, minWidth: 0, height: '100%' }} />
}
