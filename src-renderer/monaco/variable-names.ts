/**
 * Names of variables offered by the editor's own list while `{{` is typed. Monaco asks one provider for all editors, so
 * it is registered once and looks up whose model it is asked about.
 */
import { openReferenceAt } from '../lib/references.ts'
import type { VariableLookup } from '../ui/variables/variable-lookup.ts'
import { languages, type editor } from './setup.ts'

const lookups = new Map<editor.IStandaloneCodeEditor, VariableLookup>()
let isRegistered = false

/** Offer names in an editor. Returns what ends it. */
export function offerNames(instance: editor.IStandaloneCodeEditor, lookup: VariableLookup): () => void {
  if (!isRegistered) register()
  lookups.set(instance, lookup)
  return () => void lookups.delete(instance)
}

function register(): void {
  isRegistered = true
  languages.registerCompletionItemProvider('*', {
    triggerCharacters: ['{'],
    provideCompletionItems: (model, { lineNumber, column }) => {
      const lookup = [...lookups].find(([instance]) => instance.getModel() === model)?.[1]
      const open = lookup && openReferenceAt(model.getLineContent(lineNumber), column - 1)
      if (!open) return { suggestions: [] }
      const range = { startLineNumber: lineNumber, endLineNumber: lineNumber, startColumn: open.start + 1, endColumn: open.end + 1 }
      const suggestions = lookup.scope().completions.map(({ name, value, origin }, index): languages.CompletionItem => ({
        label: { label: name, detail: ` ${value}`, description: origin },
        kind: languages.CompletionItemKind.Variable,
        insertText: `{{${name}}}`,
        filterText: `{{${name}`,
        sortText: String(index).padStart(5, '0'),
        range,
      }))
      return { suggestions }
    },
  })
}
