/** What can be done with a match, as a menu and as the buttons below it. */
import ClipboardCopy from 'lucide-react/icons/clipboard-copy'
import CircleCheck from 'lucide-react/icons/circle-check'
import Route from 'lucide-react/icons/route'
import Variable from 'lucide-react/icons/variable'
import type { DraftId } from '#contract/model/ids.ts'
import type { QueryKind, QueryMatch } from '#contract/model/body-query.ts'
import { copyToClipboard } from '../../../actions/bodies.ts'
import { copyMatch } from '../../../actions/body-query.ts'
import { assertMatch, captureMatch } from '../../../actions/match-uses.ts'
import type { MenuItem } from '../../../ui/menu.tsx'

export interface MatchMenu {
  readonly copies: readonly MenuItem[]
  readonly uses: readonly MenuItem[]
}

/** @param draftId the tab whose request is asked for what was matched; null: the body is not its last answer */
export function matchMenuOf(
  queryId: string,
  kind: QueryKind,
  expression: string,
  draftId: DraftId | null,
): (index: number, match: QueryMatch) => MatchMenu {
  return (index, match) => {
    const ref = { queryId, index, kind, expression }
    return {
      copies: [
        { label: 'Copy value', icon: <ClipboardCopy />, onSelect: () => void copyMatch(queryId, index) },
        { label: 'Copy path', icon: <Route />, disabled: match.path === '', onSelect: () => void copyToClipboard(match.path) },
      ],
      uses:
        draftId === null
          ? []
          : [
              { label: 'Use as an assertion', icon: <CircleCheck />, onSelect: () => void assertMatch(draftId, ref) },
              { label: 'Capture into a variable…', icon: <Variable />, onSelect: () => void captureMatch(draftId, ref) },
            ],
    }
  }
}
