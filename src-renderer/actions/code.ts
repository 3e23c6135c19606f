/** The request as code: asked for of core, and copied. */
import { CODE_LANGUAGES, DEFAULT_CODE_LANGUAGE, type CodeLanguageId } from '#contract/model/code.ts'
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Result } from '#contract/result.ts'
import { useAppStore } from '../stores/app-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { copyToClipboard, notice } from './bodies.ts'
import { contextOf } from './context.ts'
import { platform } from './platform-ref.ts'
import { seedOf } from './preview.ts'

export type GeneratedCode = Output<'code.generate'>

/** The language that is chosen. */
export function codeLanguage(chosen: string | undefined): CodeLanguageId {
  return CODE_LANGUAGES.find(({ id }) => id === chosen)?.id ?? DEFAULT_CODE_LANGUAGE
}

/** The code of the request as it is now; null where it is not open any more. */
export async function generateCode(
  id: DraftId,
  language: CodeLanguageId,
  secrets: 'environment' | 'clear',
): Promise<Result<GeneratedCode, WireError> | null> {
  const tab = useDraftsStore.getState().tabs[id]
  if (!tab) return null
  const { document, nodeId } = tab.draft
  return platform().call('code.generate', { document, nodeId, seed: seedOf(id), context: contextOf(tab.draft), language, secrets })
}

/** Puts the request's code on the clipboard, in the language that is chosen. */
export async function copyAsCode(id: DraftId): Promise<void> {
  const language = codeLanguage(useLayoutStore.getState().codeLanguage)
  const made = await generateCode(id, language, 'environment')
  if (made === null) return
  if (!made.ok) return notice(made.error)
  if (!(await copyToClipboard(made.value.text))) return
  const title = CODE_LANGUAGES.find(({ id }) => id === language)?.title ?? language
  const names = made.value.environment
  const reads = names.length === 0 ? '' : `; it reads ${names.join(', ')} from its environment`
  useAppStore.getState().addNotice({ id: 'code:copied', tone: 'info', text: `Copied as ${title}${reads}` })
}
