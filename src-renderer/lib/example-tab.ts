/** The place in the window where a saved example is shown: it has an exchange, as a tab has, but no draft. */
import type { DraftId } from '#contract/model/ids.ts'

// The text has the alphabet and length that DraftIdSchema asks for; ids of tabs begin with `d-`, so none is the same.
export const EXAMPLE_TAB = 'saved-example' as DraftId
