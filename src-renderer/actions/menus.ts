/**
 * What the menus of the system say, in the language of the window. The host that draws them knows them in English; what is
 * not said here stays so.
 */
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'

/** Tell the host; what is English here as well is left to it. */
export async function sayMenus(): Promise<void> {
  const texts = Object.fromEntries(Object.entries(menuTexts()).filter(([english, text]) => text !== english))
  await platform().callHost('menu.say', { texts })
}

/** Each text by its English. */
export function menuTexts(): Readonly<Record<string, string>> {
  return {
    'New request': t`New request`,
    'Open saved request…': t`Open saved request…`,
    'New collection…': t`New collection…`,
    'Import…': t`Import…`,
    'Open collection folder…': t`Open collection folder…`,
    Save: t`Save`,
    'Save as…': t`Save as…`,
    Duplicate: t`Duplicate`,
    'Copy as Python': t`Copy as Python`,
    'Copy as code': t`Copy as code`,
    'Close tab': t`Close tab`,
    'Reopen closed tab': t`Reopen closed tab`,
    'Settings…': t`Settings…`,
    Send: t`Send`,
    Cancel: t`Cancel`,
    'Go to the address': t`Go to the address`,
    'Find in the response': t`Find in the response`,
    'Command palette…': t`Command palette…`,
    'Side bar': t`Side bar`,
    'Response beside or below': t`Response beside or below`,
    'Cookies…': t`Cookies…`,
    'Next tab': t`Next tab`,
    'Previous tab': t`Previous tab`,
    Manual: t`Manual`,
    'Welcome tour': t`Welcome tour`,
    'Keyboard shortcuts…': t`Keyboard shortcuts…`,
    File: t`File`,
    Edit: t`Edit`,
    Request: t`Request`,
    View: t`View`,
    Window: t`Window`,
    Help: t`Help`,
    'About Posthaste': t`About Posthaste`,
    Copy: t`Copy`,
    Cut: t`Cut`,
    Delete: t`Delete`,
    'Reload the window': t`Reload the window`,
    'Bring all to front': t`Bring all to front`,
    'Hide Posthaste': t`Hide Posthaste`,
    'Hide others': t`Hide others`,
    Minimize: t`Minimize`,
    Paste: t`Paste`,
    'Paste without formatting': t`Paste without formatting`,
    'Quit Posthaste': t`Quit Posthaste`,
    Redo: t`Redo`,
    'Actual size': t`Actual size`,
    'Select all': t`Select all`,
    Services: t`Services`,
    'Start speaking': t`Start speaking`,
    'Stop speaking': t`Stop speaking`,
    'Developer tools': t`Developer tools`,
    'Full screen': t`Full screen`,
    Undo: t`Undo`,
    'Show all': t`Show all`,
    Zoom: t`Zoom`,
    'Zoom in': t`Zoom in`,
    'Zoom out': t`Zoom out`,
    Speech: t`Speech`,
  }
}
