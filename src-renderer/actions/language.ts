/**
 * Another language: the window is loaded anew in it. Tabs, what is typed in them and their answers are there again; a send, a
 * run or a WebSocket under way would not be, so that it waits for whoever is at the window then.
 */
import { isRunOver } from '#contract/model/run-facts.ts'
import { languageOf, rememberChoice, type LanguageChoice } from '../languages/languages.ts'
import { loadedLanguage } from '../languages/load-language.ts'
import { useAppStore } from '../stores/app-store.ts'
import { useExchangesStore } from '../stores/exchanges-store.ts'

import { useRunsStore } from '../stores/runs-store.ts'
import { t } from '../lib/t.ts'

const NOTICE = 'language'

/** Have the window speak the language that the settings ask for. */
export function followLanguage(choice: LanguageChoice): void {
  const isRemembered = rememberChoice(choice)
  useAppStore.getState().dropNotice(NOTICE)
  // What cannot be remembered would be asked for again after each load.
  if (!isRemembered || languageOf(choice, navigator.languages) === loadedLanguage()) return
  if (!isAnythingUnderWay()) return loadAnew()
  useAppStore.getState().addNotice({
    id: NOTICE,
    tone: 'info',
    text: t`The window takes the language when it is loaded anew. What is under way would be stopped by that.`,
    action: { label: t`Load anew`, run: loadAnew },
  })
}

function isAnythingUnderWay(): boolean {
  const isSending = Object.values(useExchangesStore.getState().byTab).some(({ sending }) => sending !== null)
  const { progress } = useRunsStore.getState()
  return isSending || (progress !== null && !isRunOver(progress.state))
}

/** What waits to be written is written, or kept by the page, when it goes (`start.ts`). */
function loadAnew(): void {
  location.reload()
}
