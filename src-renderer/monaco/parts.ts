/**
 * The parts of the window that need Monaco, each fetched when it is first shown. Monaco takes its own words (find bar, menu,
 * tooltips) from a global while its modules run for the first time: those of the window's language are there before any of it,
 * so that nothing else may import what imports Monaco, but for types.
 */
import type { Language } from '#contract/model/language.ts'
import { lazyPart } from '../lib/lazy-part.ts'
import { loadedLanguage } from '../languages/load-language.ts'

const WORDS: Readonly<Record<Exclude<Language, 'en'>, () => Promise<unknown>>> = {
  'zh-CN': () => import('monaco-editor/nls/lang/zh-cn'),
}

let isReadOnlyHere = false

export const DiffView = lazyPart(async () => ({ default: (await inWords(() => import('./diff-view.tsx'))).DiffView }))

export const ReadOnlyView = lazyPart(async () => {
  const { ReadOnlyView: part } = await inWords(() => import('./read-only-view.tsx'))
  isReadOnlyHere = true
  return { default: part }
})

/** Whether it is drawn at once, with nothing in its place before. */
export function isReadOnlyViewHere(): boolean {
  return isReadOnlyHere
}

/** The module of the editor that can be typed in. */
export function codeEditor() {
  return inWords(() => import('./code-editor.tsx'))
}

async function inWords<T>(load: () => Promise<T>): Promise<T> {
  const language = loadedLanguage()
  if (language !== 'en') await WORDS[language]()
  return load()
}
