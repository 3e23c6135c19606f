/**
 * What an editor of scripts knows of their language: TypeScript's own checker, in a worker that starts with the first
 * script, with the declarations of the scripts' API in place of a browser's. Bound to a language id of its own, so that
 * JavaScript in a body stays plain text with colours and starts no worker.
 */
import { editor, languages } from 'monaco-editor/editor'
import { javascriptDefaults } from 'monaco-editor/languages/features/typescript/register'
import {
  DiagnosticsAdapter,
  LibFiles,
  QuickInfoAdapter,
  SignatureHelpAdapter,
  SuggestAdapter,
  WorkerManager,
} from 'monaco-editor/languages/features/typescript/tsMode'
import { SCRIPT_API_TYPES } from '#contract/model/script-api.ts'

/** `return` outside of a function, and `await` and `import` outside of a module: a script may have them. */
const ALLOWED = [1108, 1375, 1378, 2307]
/** Without the DOM, which scripts do not have. */
const LIBS = ['lib.es2023.d.ts']

/** @param language id of the language that scripts have */
export function offerScriptTypes(language: string): void {
  // TypeScript's names for these: ESNext, and the files it brings along.
  javascriptDefaults.setCompilerOptions({ allowNonTsExtensions: true, allowJs: true, target: 99, lib: LIBS })
  javascriptDefaults.setDiagnosticsOptions({ noSemanticValidation: true, noSyntaxValidation: false, diagnosticCodesToIgnore: ALLOWED })
  // Nothing for JavaScript at large.
  javascriptDefaults.setModeConfiguration({})
  javascriptDefaults.addExtraLib(SCRIPT_API_TYPES, 'file:///script-api.d.ts')
  const manager = new WorkerManager(language, javascriptDefaults)
  const worker = (...uris: Parameters<typeof manager.getLanguageServiceWorker>) => manager.getLanguageServiceWorker(...uris)
  languages.registerCompletionItemProvider(language, new SuggestAdapter(worker))
  languages.registerSignatureHelpProvider(language, new SignatureHelpAdapter(worker))
  languages.registerHoverProvider(language, new QuickInfoAdapter(worker))
  new DiagnosticsAdapter(new LibFiles(worker), javascriptDefaults, language, worker)
}

/** Behind a dot, where members are offered as one types. */
const AT_MEMBER = /[\w$)\]]\.[\w$]*$/

/** Offers what was typed for before anything was known of the language: no key asks for it again. */
export function offerLate(language: string): void {
  for (const one of editor.getEditors()) {
    const [model, position] = [one.getModel(), one.getPosition()]
    if (!one.hasTextFocus() || model?.getLanguageId() !== language || position === null) continue
    const before = model.getLineContent(position.lineNumber).slice(0, position.column - 1)
    if (AT_MEMBER.test(before)) one.trigger('keyboard', 'editor.action.triggerSuggest', { auto: true })
  }
}
