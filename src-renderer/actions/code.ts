/** The request as code: asked for of core, and copied. */
import { CODE_LANGUAGES, DEFAULT_CODE_LANGUAGE, SAVING_LANGUAGES, type CodeLanguageId } from '#contract/model/code-languages.ts'
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { Layout } from '#contract/model/draft.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Result } from '#contract/result.ts'
import { useAppStore } from '../stores/app-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { copyToClipboard, notice } from './bodies.ts'
import { contextOf } from './context.ts'
import { platform } from './platform-ref.ts'
import { seedOf } from './preview.ts'
import { listed } from '../lib/listed.ts'
import { t } from '../lib/t.ts'

export type GeneratedCode = Output<'code.generate'>

/** The language that is chosen. */
export function codeLanguage(chosen: string | undefined): CodeLanguageId {
  return CODE_LANGUAGES.find(({ id }) => id === chosen)?.id ?? DEFAULT_CODE_LANGUAGE
}

/** Whether the code writes the answer to a file: chosen, and something that the language can. */
export function codeSaves({ codeLanguage: language, codeSaves: isChosen }: Pick<Layout, 'codeLanguage' | 'codeSaves'>): boolean {
  return isChosen === true && SAVING_LANGUAGES.has(codeLanguage(language))
}

/** How a request is put as code. */
export interface CodeWishes {
  readonly language: CodeLanguageId
  readonly secrets: 'environment' | 'clear'
  /** Whether the answer goes to a file. */
  readonly saves: boolean
}

/** The code of the request as it is now; null where it is not open any more. */
export async function generateCode(
  id: DraftId,
  { language, secrets, saves }: CodeWishes,
): Promise<Result<GeneratedCode, WireError> | null> {
  const tab = useDraftsStore.getState().tabs[id]
  if (!tab) return null
  const { document, nodeId } = tab.draft
  const asked = { document, nodeId, seed: seedOf(id), context: contextOf(tab.draft), language, secrets }
  return platform().call('code.generate', saves ? { ...asked, save: {} } : asked)
}

/** Puts the request's code on the clipboard. @param wanted the language; left out: the one that is chosen */
export async function copyAsCode(id: DraftId, wanted?: CodeLanguageId): Promise<void> {
  const layout = useLayoutStore.getState()
  const language = wanted ?? codeLanguage(layout.codeLanguage)
  const made = await generateCode(id, { language, secrets: 'environment', saves: codeSaves({ ...layout, codeLanguage: language }) })
  if (made === null) return
  if (!made.ok) return notice(made.error)
  if (!(await copyToClipboard(made.value.text))) return
  const title = CODE_LANGUAGES.find(({ id }) => id === language)?.title ?? language
  const names = made.value.environment
  const reads = names.length === 0 ? '' : t`; it reads ${listed(names)} from its environment`
  useAppStore.getState().addNotice({ id: 'code:copied', tone: 'info', text: t`Copied as ${title}${reads}` })
}
