/** The texts of languages other than English, by their English. Fetched where one of them is chosen. */
import { createInstance } from 'i18next'
import type { Translate } from '../lib/t.ts'
import type { Language } from './languages.ts'

const CATALOGUES: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ readonly default: Readonly<Record<string, string>> }>>> = {
  'zh-CN': () => import('./zh-CN.json'),
}

/** What gives the texts of a language. */
export async function translatorOf(language: Exclude<Language, 'en'>): Promise<Translate> {
  const { default: texts } = await CATALOGUES[language]()
  return translatorFrom(language, texts)
}

/** What gives these texts, each by its English. */
export function translatorFrom(language: string, texts: Readonly<Record<string, string>>): Translate {
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
  return (key, values) => (Object.hasOwn(texts, key) ? catalogue.t(key, Object.fromEntries(values.entries())) : null)
}
