/** Which of our languages someone reads best. Without the schema of languages, so that whatever is drawn first may ask. */
import type { Language } from './language.ts'

/**
 * The first of the preferred languages that there is; of Chinese the simplified one, where no traditional script is asked
 * for (RFC 5646 §2.2.3).
 * @param preferred tags (BCP 47), as `navigator.languages` has them; one that is none is passed over
 */
export function preferredLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const known = localeOf(tag)
    if (known?.language === 'en') return 'en'
    if (known?.language === 'zh' && known.script === 'Hans') return 'zh-CN'
  }
  return 'en'
}

/** The same, for the `Accept-Language` of a browser, which names the best first. */
export function acceptedLanguage(header: string | undefined): Language {
  return preferredLanguage((header ?? '').split(',').map((range) => range.replace(/;.*/, '').trim()))
}

function localeOf(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag).maximize()
  } catch {
    return null
  }
}
