/**
 * The files that the manual is made of, put into the bundle: it needs no network, and is always of this version. Those of
 * another language are fetched where the window speaks it; a page that is not there in it is shown in English.
 */
import { localeOfTexts } from '../../lib/t.ts'
import { manualPages, type Files, type ManualPage } from './manual-pages.ts'

const ENGLISH = import.meta.glob<string>(['../../../docs/**/*.md', '!../../../docs/zh-CN/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

const TRANSLATED: Readonly<Record<string, () => Promise<Files>>> = {
  'zh-CN': async () => (await import('./chinese-files.ts')).CHINESE_FILES,
}

export const MANUAL_PAGES: readonly ManualPage[] = manualPages(ENGLISH, await translated(localeOfTexts()))

async function translated(language: string): Promise<Files> {
  try {
    return (await TRANSLATED[language]?.()) ?? {}
  } catch (error) {
    // A manual in English is worth more than none.
    reportError(error)
    return {}
  }
}
