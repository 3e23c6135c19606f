/** The history's public face. */
export { EarlierSends } from './earlier-sends.tsx'
export { EntryHead } from './entry-head.tsx'
export { HistoryView } from './history-view.tsx'
