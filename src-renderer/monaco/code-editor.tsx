/**
 * A text in Monaco, as a controlled component: text comes in, edits go out, undo belongs to whoever owns the text.
 * Loaded on demand by `editor.tsx`; import that one.
 */
import { useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { EditorProps, HandOver, LineMark } from './editor-props.ts'
import { modelFor, receiveText, textAfter, type KeptModel } from './models.ts'
import { BASE_OPTIONS } from './base-options.ts'
import { createEditor } from './create-editor.ts'
import { EditorVariables } from './editor-variables.tsx'
import { jsonFault } from './json-faults.ts'
import { editor, MarkerSeverity } from './setup.ts'
import { useFieldAsWhole } from './use-field-as-whole.ts'

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  ...BASE_OPTIONS,
  detectIndentation: true,
  tabSize: 2,
}

const MARKS_OWNER = 'posthaste'
const NO_MARKS: readonly LineMark[] = []

type Instance = editor.IStandaloneCodeEditor

interface CodeEditorProps extends EditorProps {
  /** The field that stood in had the focus: take it over. */
  readonly handOver: HandOver | null
}

export function CodeEditor(props: CodeEditorProps) {
  const {
    modelKey,
    text,
    language,
    label,
    onChange,
    placeholder,
    wrap = true,
    isRight,
    variables = null,
    handOver,
    marks = NO_MARKS,
    ref,
  } = props
  const readOnly = onChange === undefined
  const host = useRef<HTMLDivElement>(null)
  const shown = useRef<KeptModel | null>(null)
  const [instance, setInstance] = useState<Instance | null>(null)

  const report = useEffectEvent((entry: KeptModel, event: editor.IModelContentChangedEvent) => {
    if (entry.receiving || event.isEolChange) return
    onChange?.(textAfter(entry, event))
  })
  const takeFocus = useEffectEvent((created: Instance, model: editor.ITextModel) => {
    if (handOver === null) return
    const start = model.getPositionAt(handOver.start)
    const end = model.getPositionAt(handOver.end)
    created.setSelection({
      startLineNumber: start.lineNumber,
      startColumn: start.column,
      endLineNumber: end.lineNumber,
      endColumn: end.column,
    })
    created.focus()
  })
  const currentText = useEffectEvent(() => text)

  useLayoutEffect(() => {
    if (!host.current) return
    const created = createEditor(host.current, OPTIONS)
    setInstance(created)
    return () => {
      // This runs before the clean-up below, and a disposed editor has no view to keep.
      if (shown.current) keepView(shown.current, created)
      created.dispose()
    }
  }, [])

  useLayoutEffect(() => {
    if (!instance) return
    const entry = modelFor(modelKey, currentText(), language)
    shown.current = entry
    instance.setModel(entry.model)
    if (entry.view) instance.restoreViewState(entry.view)
    else takeFocus(instance, entry.model)
    const listening = entry.model.onDidChangeContent((event) => report(entry, event))
    return () => {
      keepView(entry, instance)
      listening.dispose()
    }
  }, [instance, modelKey, language])

  useLayoutEffect(() => {
    const entry = shown.current
    if (!instance || !entry || entry.model.isDisposed()) return
    receiveText(entry, text, instance.hasTextFocus() ? instance : null)
  }, [instance, modelKey, text])

  useEffect(() => {
    instance?.updateOptions({
      ariaLabel: label,
      readOnly,
      domReadOnly: readOnly,
      placeholder: placeholder ?? '',
      wordWrap: wrap ? 'on' : 'off',
    })
  }, [instance, label, readOnly, placeholder, wrap])

  useOwnMarks(instance, isRight)
  useEffect(() => {
    const model = instance?.getModel()
    if (model)
      editor.setModelMarkers(
        model,
        MARKS_OWNER,
        marks.map((mark) => markerOf(mark, model)),
      )
  }, [instance, modelKey, marks])
  useFieldAsWhole(instance, host)
  useImperativeHandle(
    ref,
    () => ({
      focus: () => instance?.focus(),
      find: () => void instance?.getAction('actions.find')?.run(),
      goTo: (lineNumber, column) => {
        if (!instance?.getModel()) return false
        instance.setPosition({ lineNumber, column })
        instance.revealLineInCenterIfOutsideViewport(lineNumber)
        instance.focus()
        return true
      },
    }),
    [instance],
  )

  return (
    <>
      <div ref={host} style={{ flex: 1, minHeight: 0, minWidth: 0, height: '100%' }} />
      {instance && variables && <EditorVariables instance={instance} lookup={variables} />}
    </>
  )
}

function keepView(entry: KeptModel, from: Instance): void {
  const view = from.saveViewState()
  if (view) entry.view = view
}

/** From the column to the end of its line; a line that is no longer there is the last one. */
function markerOf({ line, column, message }: LineMark, model: editor.ITextModel): editor.IMarkerData {
  const at = Math.min(Math.max(1, line), model.getLineCount())
  const end = model.getLineMaxColumn(at)
  const first = Math.max(1, model.getLineFirstNonWhitespaceColumn(at))
  return {
    severity: MarkerSeverity.Error,
    message,
    startLineNumber: at,
    startColumn: Math.min(column ?? first, Math.max(1, end - 1)),
    endLineNumber: at,
    endColumn: end,
  }
}

/** Has the marks that Monaco makes in words of ours, and takes them off a text that its owner says is right. */
function useOwnMarks(instance: Instance | null, isRight: EditorProps['isRight']): void {
  useEffect(() => {
    if (!instance) return
    const listening = editor.onDidChangeMarkers((uris) => {
      const model = instance.getModel()
      if (!model || !uris.some((uri) => uri.toString() === model.uri.toString())) return
      const owner = model.getLanguageId()
      const made = editor.getModelMarkers({ resource: model.uri, owner })
      const own = isRight?.(model.getValue()) === true ? [] : made.map((mark) => ({ ...mark, message: jsonFault(mark.message) }))
      if (own.length === made.length && own.every(({ message }, index) => message === made[index]?.message)) return
      // A change made while one is being told is told to nobody; so it is made right after.
      queueMicrotask(() => !model.isDisposed() && editor.setModelMarkers(model, owner, own))
    })
    return () => listening.dispose()
  }, [instance, isRight])
}
