/**
 * Monaco with the languages Posthaste shows, and its workers from our own bundle: a blob worker would need a looser
 * content security policy. All features are registered at once, because the JSON mode brings them anyway, later, when
 * an editor may no longer get new ones; `code-editor.tsx` switches off those that have no use here. Everything that
 * imports this file is in the lazy chunk.
 */
import 'monaco-editor/internal/common/workers'
import 'monaco-editor/features/register.all'
import 'monaco-editor/languages/definitions/css/register'
import 'monaco-editor/languages/definitions/graphql/register'
import 'monaco-editor/languages/definitions/html/register'
import 'monaco-editor/languages/definitions/javascript/register'
import 'monaco-editor/languages/definitions/markdown/register'
import 'monaco-editor/languages/definitions/csharp/register'
import 'monaco-editor/languages/definitions/go/register'
import 'monaco-editor/languages/definitions/java/register'
import 'monaco-editor/languages/definitions/kotlin/register'
import 'monaco-editor/languages/definitions/php/register'
import 'monaco-editor/languages/definitions/powershell/register'
import 'monaco-editor/languages/definitions/python/register'
import 'monaco-editor/languages/definitions/r/register'
import 'monaco-editor/languages/definitions/ruby/register'
import 'monaco-editor/languages/definitions/rust/register'
import 'monaco-editor/languages/definitions/shell/register'
import 'monaco-editor/languages/definitions/swift/register'
import 'monaco-editor/languages/definitions/typescript/register'
import 'monaco-editor/languages/definitions/xml/register'
import 'monaco-editor/languages/definitions/yaml/register'
import { editor, KeyCode, KeyMod, languages } from 'monaco-editor/editor'
import editorWorker from 'monaco-editor/editor/editor.worker?worker&url'
import { jsonDefaults } from 'monaco-editor/languages/features/json/register'
import jsonWorker from 'monaco-editor/languages/features/json/json.worker?worker&url'
import typeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker&url'
import './monaco.css'
import { whenFetched } from '../lib/lazy-part.ts'

/** JavaScript that is edited as a script of a request. */
const SCRIPT = 'posthaste-script'

self.MonacoEnvironment = {
  getWorker: async (_id, label) => {
    const url = label === 'json' ? jsonWorker : label === SCRIPT ? typeScriptWorker : editorWorker
    // One that cannot be fetched is an error that nobody catches, and moves into the window's thread: a host that is away is waited for.
    await whenFetched(url)
    return new Worker(url, { type: 'module' })
  },
}

// Its colours are JavaScript's; what it may call comes with the first script that is opened.
languages.register({ id: SCRIPT })
languages.registerTokensProviderFactory(SCRIPT, {
  create: async () => (await import('monaco-editor/languages/definitions/javascript/javascript')).language,
})
languages.onLanguage(SCRIPT, () => {
  void import('monaco-editor/languages/definitions/javascript/javascript').then(({ conf }) =>
    languages.setLanguageConfiguration(SCRIPT, conf),
  )
  void import('./script-types.ts').then(({ offerScriptTypes, offerLate }) => {
    offerScriptTypes(SCRIPT)
    offerLate(SCRIPT)
  })
})

// What is sent is plain JSON: a comment or a trailing comma would be refused by the receiver, so both are errors.
jsonDefaults.setDiagnosticsOptions({
  validate: true,
  allowComments: false,
  comments: 'error',
  trailingCommas: 'error',
  schemaValidation: 'ignore',
  schemaRequest: 'ignore',
  enableSchemaRequest: false,
})
// No schema is known, so there is nothing to complete, hover or outline; formatting is ours, because it must keep every token.
jsonDefaults.setModeConfiguration({
  tokens: true,
  diagnostics: true,
  foldingRanges: true,
  selectionRanges: true,
  documentFormattingEdits: false,
  documentRangeFormattingEdits: false,
  completionItems: false,
  hovers: false,
  documentSymbols: false,
  colors: false,
})

// These keys are the window's: send, duplicate, palette, address; F1 would open a second palette. A rule without a
// command lets a key pass.
editor.addKeybindingRules([
  { keybinding: KeyMod.CtrlCmd | KeyCode.Enter, command: null },
  { keybinding: KeyMod.CtrlCmd | KeyCode.KeyD, command: null },
  { keybinding: KeyMod.CtrlCmd | KeyCode.KeyK, command: null },
  { keybinding: KeyMod.CtrlCmd | KeyCode.KeyL, command: null },
  { keybinding: KeyCode.F1, command: null },
])

export { editor }
export { languages, MarkerSeverity, Range, Uri } from 'monaco-editor/editor'
