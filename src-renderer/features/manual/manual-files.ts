/** The files that the manual is made of, put into the bundle: it needs no network, and is always of this version. */
import { manualPages, type ManualPage } from './manual-pages.ts'

export const MANUAL_PAGES: readonly ManualPage[] = manualPages(
  import.meta.glob<string>('../../../docs/**/*.md', { query: '?raw', import: 'default', eager: true }),
)
