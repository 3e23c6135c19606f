/**
 * One Monaco model for each text that is shown, with the cursor and scroll it was left at. Kept while its owner (an
 * open tab) lives, so that coming back to a tab finds the text as it was left, and disposed when the owner goes.
 */
import { asModelText, commonLineBreak, smallestEdit, withChanges, withOffsets } from './text-edits.ts'
import { onRelease } from './model-owners.ts'
import { editor, Range, Uri } from './setup.ts'

export interface KeptModel {
  readonly model: editor.ITextModel
  /** The text as its owner has it: with its own line breaks, which the model may have made alike. */
  text: string
  readonly lineBreak: '\n' | '\r\n'
  /** Whether the model holds exactly `text`: no byte order mark, one kind of line break. */
  exact: boolean
  view: editor.ICodeEditorViewState | null
  /** True while a change comes from outside, so that it is not reported back. */
  receiving: boolean
}

const kept = new Map<string, KeptModel>()

onRelease((owner) => {
  for (const [key, entry] of kept) {
    if (key !== owner && !key.startsWith(`${owner}/`)) continue
    kept.delete(key)
    entry.model.dispose()
  }
})

/**
 * The model of a key, made if need be, showing `text`.
 *
 * @param key `owner` or `owner/part`; released by its owner's name
 */
export function modelFor(key: string, text: string, language: string): KeptModel {
  const known = kept.get(key)
  if (known && !known.model.isDisposed()) {
    if (known.model.getLanguageId() !== language) editor.setModelLanguage(known.model, language)
    receiveText(known, text, null)
    return known
  }
  const lineBreak = commonLineBreak(text)
  const shown = asModelText(text, lineBreak)
  const model = editor.createModel(shown, language, Uri.from({ scheme: 'posthaste', path: `/${key}` }))
  model.setEOL(lineBreak === '\n' ? editor.EndOfLineSequence.LF : editor.EndOfLineSequence.CRLF)
  const entry: KeptModel = { model, text, lineBreak, exact: shown === text, view: null, receiving: false }
  kept.set(key, entry)
  return entry
}

/**
 * Take over a text that was changed elsewhere (undo, formatting, a file that changed on disk), as the smallest edit, so
 * that cursor, folding and scroll stay.
 *
 * @param cursorIn the editor whose cursor goes to where the change was; null leaves cursors to move with the text
 */
export function receiveText(entry: KeptModel, text: string, cursorIn: editor.ICodeEditor | null): void {
  if (entry.text === text) return
  const shown = asModelText(text, entry.lineBreak)
  const edit = smallestEdit(entry.exact ? entry.text : asModelText(entry.text, entry.lineBreak), shown)
  entry.text = text
  entry.exact = shown === text
  if (edit === null) return
  const { model } = entry
  const start = model.getPositionAt(edit.start)
  const end = model.getPositionAt(edit.end)
  const range = new Range(start.lineNumber, start.column, end.lineNumber, end.column)
  entry.receiving = true
  try {
    model.applyEdits([{ range, text: edit.text }])
  } finally {
    entry.receiving = false
  }
  if (!cursorIn) return
  const place = model.getPositionAt(edit.start + edit.text.length)
  cursorIn.setPosition(place)
  cursorIn.revealPositionInCenterIfOutsideViewport(place)
}

/** The owner's text after an edit made in the editor; remembers it. */
export function textAfter(entry: KeptModel, event: editor.IModelContentChangedEvent): string {
  entry.text = entry.exact ? withOffsets(entry.text, event.changes) : withChanges(entry.text, event.changes)
  return entry.text
}
