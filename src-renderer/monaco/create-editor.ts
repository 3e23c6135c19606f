/** Makes an editor in an element, with our look and our fonts. What it shows and what it is for are its caller's. */
import { codeFont } from './code-font.ts'
import { leaveByTab } from './leave-by-tab.ts'
import { editor } from './setup.ts'
import { followLook } from './themes.ts'

export function createEditor(host: HTMLElement, options: editor.IStandaloneEditorConstructionOptions): editor.IStandaloneCodeEditor {
  followLook()
  const created = editor.create(host, { ...options, ...codeFont(), model: null })
  // Widths measured before the font has come would put the cursor beside the letters.
  void document.fonts.ready.then(() => editor.remeasureFonts())
  leaveByTab(created, host)
  quietAnnouncers()
  return created
}

/** Monaco speaks through two elements that are alerts even while empty; they stay live, but an alert is a problem of ours. */
function quietAnnouncers(): void {
  for (const element of document.querySelectorAll('.monaco-aria-container [role="alert"]')) {
    element.removeAttribute('role')
    element.setAttribute('aria-live', 'assertive')
  }
}
