/** The texts of languages other than English, by their English. Fetched where one of them is chosen. */
import { createInstance } from 'i18next'
import type { Language } from '#contract/model/language.ts'
import type { Translate } from '../lib/t.ts'
import { fitSpaces } from './fit-spaces.ts'
import { sentencesFrom } from './sentences.ts'

type Texts = Readonly<Record<string, string>>

/** The window's texts, and the sentences of core. */
interface Catalogue {
  readonly window: () => Promise<{ readonly default: Texts }>
  readonly core: () => Promise<{ readonly default: Texts }>
}

const CATALOGUES: Readonly<Record<Exclude<Language, 'en'>, Catalogue>> = {
  'zh-CN': { window: () => import('./zh-CN.json'), core: () => import('./zh-CN.core.json') },
}

/** What gives the texts of a language, and tells core's sentences in it. */
export async function catalogueOf(
  language: Exclude<Language, 'en'>,
): Promise<{ readonly translate: Translate; readonly tell: (said: string) => string }> {
  const { window, core } = CATALOGUES[language]
  const [texts, sentences] = await Promise.all([window(), core()])
  return { translate: translatorFrom(language, texts.default), tell: sentencesFrom(sentences.default) }
}

/** What gives these texts, each by its English. */
export function translatorFrom(language: string, texts: Texts): Translate {
  const catalogue = createInstance()
  void catalogue.init({
    lng: language,
    initAsync: false,
    resources: { [language]: { translation: texts } },
    // A key is a sentence: its full stops and colons part nothing.
    keySeparator: false,
    nsSeparator: false,
    contextSeparator: '\u0000',
    pluralSeparator: '\u0000',
    // React escapes; a value stays as it is, whatever it looks like.
    interpolation: { prefix: '%{', suffix: '}', escapeValue: false, nestingPrefix: '\u0000', nestingSuffix: '\u0000', maxReplaces: 100 },
  })
  return (key, values) => {
    const text = texts[key]
    if (text === undefined || !Object.hasOwn(texts, key)) return null
    const fitted = fitSpaces(text, (index) => values[index] ?? '')
    return catalogue.services.interpolator.interpolate(fitted, Object.fromEntries(values.entries()), language, {})
  }
}
