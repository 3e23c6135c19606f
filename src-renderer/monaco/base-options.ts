/** What every editor of ours has in common, whether it is typed in or only read; the size of the font is `code-font`'s. */
import { editor } from './setup.ts'

/**
 * Monaco 0.57 takes this setting of models from the flat name only, and forgets what `model.updateOptions` said as soon
 * as any editor's options change. With it on, the whole text is parsed for brackets before it is drawn.
 */
interface FlatOptions {
  readonly 'bracketPairColorization.enabled': false
}

export const BASE_OPTIONS: editor.IStandaloneEditorConstructionOptions & FlatOptions = {
  'bracketPairColorization.enabled': false,
  automaticLayout: true,
  // A quote typed over a selection replaces it, as in every other field.
  autoSurround: 'never',
  codeLens: false,
  colorDecorators: false,
  contextmenu: true,
  dropIntoEditor: { enabled: false },
  // The textarea is a real text box to screen readers, input methods and tests; the EditContext element is none yet.
  editContext: false,
  fixedOverflowWidgets: true,
  folding: true,
  fontLigatures: false,
  glyphMargin: false,
  guides: { indentation: true, bracketPairs: false },
  hideCursorInOverviewRuler: true,
  inlayHints: { enabled: 'off' },
  inlineSuggest: { enabled: false },
  lineDecorationsWidth: 6,
  lightbulb: { enabled: editor.ShowLightbulbIconMode.Off },
  lineNumbersMinChars: 3,
  links: false,
  minimap: { enabled: false },
  overviewRulerBorder: false,
  overviewRulerLanes: 0,
  padding: { top: 6, bottom: 6 },
  parameterHints: { enabled: false },
  pasteAs: { enabled: false },
  quickSuggestions: false,
  renderLineHighlight: 'none',
  scrollBeyondLastLine: false,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false, alwaysConsumeMouseWheel: false },
  smoothScrolling: false,
  stickyScroll: { enabled: false },
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true, nonBasicASCII: false },
  unusualLineTerminators: 'off',
  useShadowDOM: false,
  wordBasedSuggestions: 'off',
  wrappingIndent: 'same',
}
