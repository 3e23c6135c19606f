/** The languages that the window speaks, and which one is asked for. */
import type { Language } from '#contract/model/language.ts'
import { preferredLanguage } from '#contract/model/preferred-language.ts'
import type { Settings } from '#contract/model/settings.ts'

/** What the settings say: a language, or that of the system. */
export type LanguageChoice = Settings['language']

/** By their tags (BCP 47), each named as its speakers do. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' }

/** What the page remembers, so that the first texts are right before the settings are read. */
const CACHE_KEY = 'posthaste.language'

/**
 * The language of a choice.
 * @param preferred tags, as `navigator.languages` has them
 */
export function languageOf(choice: LanguageChoice, preferred: readonly string[]): Language {
  return choice === 'system' ? preferredLanguage(preferred) : choice
}

/** The choice that the page remembers. */
export function rememberedChoice(): LanguageChoice {
  try {
    const choice = localStorage.getItem(CACHE_KEY)
    return choice !== null && Object.hasOwn(LANGUAGE_NAMES, choice) ? (choice as Language) : 'system'
  } catch {
    // A browser may refuse storage.
    return 'system'
  }
}

/** Remember a choice; false where the browser refuses that. */
export function rememberChoice(choice: LanguageChoice): boolean {
  try {
    localStorage.setItem(CACHE_KEY, choice)
    return true
  } catch {
    return false
  }
}
