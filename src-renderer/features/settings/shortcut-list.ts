/** What there is to say of the keys of actions: which are found, which stand in each other's way, which cannot be given. Pure. */
import { keysOfAction } from '#contract/model/action-keys.ts'
import type { Settings } from '#contract/model/settings.ts'
import { isSameShortcut } from '../../lib/key-match.ts'
import { shortcutText } from '../../lib/shortcut-text.ts'
import { t } from '../../lib/t.ts'

/** An action as far as its keys are concerned. */
export interface NamedAction {
  readonly id: string
  readonly label: string
}

/** What every field of a text does with them is worth more than any action. */
const TAKEN: Readonly<Record<string, string>> = {
  'Ctrl+A': t`selects all`,
  'Ctrl+C': t`copies`,
  'Ctrl+V': t`pastes`,
  'Ctrl+X': t`cuts`,
  'Ctrl+Space': t`offers names of variables in a field`,
  'Ctrl+I': t`explains a variable in a field`,
  'Ctrl+Backspace': t`deletes a word, or a row of a table`,
  'Alt+ArrowUp': t`moves a row of a table up`,
  'Alt+ArrowDown': t`moves a row of a table down`,
}

/** Actions whose name or keys hold every word; none where nothing is typed. */
export function actionsMatching(actions: readonly NamedAction[], typed: string): readonly NamedAction[] {
  const words = typed.trim().toLowerCase().split(/\s+/)
  if (words[0] === '') return []
  return actions.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
}

/** The other actions that have a key. */
export function actionsWithKey(
  actions: readonly NamedAction[],
  own: Settings['keys'],
  key: string,
  except: string,
): readonly NamedAction[] {
  return actions.filter(({ id }) => id !== except && keysOfAction(id, own).some((one) => isSameShortcut(one, key)))
}

/** What a key does already, so that no action can have it; null: nothing. */
export function takenBy(key: string): string | null {
  const found = Object.entries(TAKEN).find(([taken]) => isSameShortcut(taken, key))
  return found ? `${shortcutText(key)} ${found[1]}.` : null
}
