/** The place in the window where an entry of the history is shown and sent again: it has an exchange, as a tab has, but no draft. */
import type { DraftId } from '#contract/model/ids.ts'

// The text has the alphabet and length that DraftIdSchema asks for; ids of tabs begin with `d-`, so none is the same.
export const HISTORY_TAB = 'history-entry' as DraftId
