/** What can be done with a match, as a menu and as the buttons below it. */
import ClipboardCopy from 'lucide-react/icons/clipboard-copy'
import Route from 'lucide-react/icons/route'
import type { DraftId } from '#contract/model/ids.ts'
import type { QueryKind, QueryMatch } from '#contract/model/body-query.ts'
import { copyToClipboard } from '../../../actions/bodies.ts'
import { copyMatch } from '../../../actions/body-query.ts'
import { assertMatch, captureMatch } from '../../../actions/match-uses.ts'
import type { MenuItem } from '../../../ui/menu-item.ts'
import { usesOf } from '../value-menu.tsx'
import { t } from '../../../lib/t.ts'

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
        { label: t`Copy value`, icon: <ClipboardCopy />, onSelect: () => void copyMatch(queryId, index) },
        { label: t`Copy path`, icon: <Route />, disabled: match.path === '', onSelect: () => void copyToClipboard(match.path) },
      ],
      uses:
        draftId === null
          ? []
          : usesOf(
              () => void assertMatch(draftId, ref),
              () => void captureMatch(draftId, ref),
            ),
    }
  }
}
