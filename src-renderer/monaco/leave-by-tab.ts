/**
 * Esc, then Tab leaves an editor: Tab alone is typed into the text, and a keyboard must not be caught in it
 * (WCAG 2.1.2). An Esc that closes something of the editor's own, such as its list of names, is not yet the wish to leave.
 */
import type { editor } from './setup.ts'
import { t } from '../lib/t.ts'

const TAB_HINT = t`Tab is typed; press Esc, then Tab, to leave`
/** What Esc closes in the editor. */
const OWN_PARTS = '.suggest-widget.visible, .find-widget.visible, .monaco-hover:not(.hidden)'

/** @param host element that the editor was made in */
export function leaveByTab(instance: editor.IStandaloneCodeEditor, host: HTMLElement): void {
  let isLeaving = false
  // The field comes with the model; one that only shows lets go of Tab by itself.
  const describe = (): void =>
    host.querySelector('textarea')?.setAttribute('aria-description', instance.getRawOptions().readOnly === true ? '' : TAB_HINT)
  instance.onDidChangeModel(describe)
  instance.onDidChangeConfiguration(describe)
  instance.onKeyDown((event) => {
    const { key, ctrlKey, altKey, metaKey } = event.browserEvent
    if (key === 'Shift') return
    // The editor does not hear of it, so the browser moves the focus as it does from any field.
    if (isLeaving && key === 'Tab' && !ctrlKey && !altKey && !metaKey) event.stopPropagation()
    isLeaving = key === 'Escape' && host.querySelector(OWN_PARTS) === null
  })
  instance.onDidBlurEditorText(() => {
    isLeaving = false
  })
}
