/** Brings the catalogue of the language before the window is begun. English needs none. */
import type { Language } from '#contract/model/language.ts'
import { translateBy } from '../lib/t.ts'
import { tellBy } from '../lib/told.ts'
import { languageOf, rememberedChoice } from './languages.ts'

let loaded: Language = 'en'

/** The language that the window's texts are in. */
export function loadedLanguage(): Language {
  return loaded
}

/** Has everything that is said from now on said in the language that is asked for; in English where its catalogue does not come. */
export async function loadLanguage(): Promise<void> {
  const language = languageOf(rememberedChoice(), navigator.languages)
  if (language !== 'en') {
    try {
      const { catalogueOf } = await import('./catalogue.ts')
      const { translate, tell } = await catalogueOf(language)
      translateBy(translate, language)
      tellBy(tell)
    } catch (error) {
      // The window is worth more than its language.
      reportError(error)
      return
    }
  }
  loaded = language
  document.documentElement.lang = language
}
