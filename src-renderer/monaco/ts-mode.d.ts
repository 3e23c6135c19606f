/** Parts of Monaco that it exports without declaring them: its TypeScript mode, and the colours of JavaScript. */
declare module 'monaco-editor/languages/definitions/javascript/javascript' {
  import type { languages } from 'monaco-editor/editor'

  export const conf: languages.LanguageConfiguration
  export const language: languages.IMonarchLanguage
}

declare module 'monaco-editor/languages/features/typescript/tsMode' {
  import type { languages, Uri } from 'monaco-editor/editor'
  import type { javascriptDefaults } from 'monaco-editor/languages/features/typescript/register'

  type Defaults = typeof javascriptDefaults
  type GetWorker = (...uris: Uri[]) => Promise<unknown>

  export class WorkerManager {
    constructor(language: string, defaults: Defaults)
    getLanguageServiceWorker(...uris: Uri[]): Promise<unknown>
  }
  export class LibFiles {
    constructor(worker: GetWorker)
  }
  export class SuggestAdapter implements languages.CompletionItemProvider {
    constructor(worker: GetWorker)
    readonly triggerCharacters: string[]
    provideCompletionItems: languages.CompletionItemProvider['provideCompletionItems']
  }
  export class SignatureHelpAdapter implements languages.SignatureHelpProvider {
    constructor(worker: GetWorker)
    provideSignatureHelp: languages.SignatureHelpProvider['provideSignatureHelp']
  }
  export class QuickInfoAdapter implements languages.HoverProvider {
    constructor(worker: GetWorker)
    provideHover: languages.HoverProvider['provideHover']
  }
  export class DiagnosticsAdapter {
    constructor(libFiles: LibFiles, defaults: Defaults, language: string, worker: GetWorker)
  }
}
