/**
 * Hints in the words of the command line: core names where a thing is changed in the window, and who called a command has flags
 * and files. What has no flag is in the file, under the name that the window shows.
 */
import type { WireError } from '#contract/errors.ts'

/** What the window shows of an answer that is none, and here nobody sees. */
const SEEN_IN_WINDOW = /\bThe (?:bytes it sent are|first part of it is) shown\. /g

/** What the flag says wins over what is set anywhere else. */
const FLAGS: readonly (readonly [inWindow: RegExp, here: string])[] = [
  [/\braise the (?:connect|read) timeout in (?:Options|Settings)(?: of .+?)?(?=\.?$|[.,;] )/g, 'give --timeout more seconds'],
  [/\bTurn off Verify in Options for this request\b/g, 'Give --insecure'],
  [/\bTurn off Verify in Options\b/g, 'Give --insecure'],
  [/\bthe Console tab has what it printed\b/g, 'what it printed stands above, and under console in --json'],
  [/\b(go) on from part (\d+)/gi, '$1 on with --from-part $2'],
  [/\btick "Send as typed"/gi, 'put posthaste: { asTyped: true } into the body'],
  [SEEN_IN_WINDOW, ''],
  [/\b([Ii])n Options\b(?! of)/g, '$1n the options of the request’s file'],
]

/** The same failure, with what to do about it here. */
export function onCommandLine<T extends Pick<WireError, 'hint'>>(error: T): T {
  if (error.hint === undefined) return error
  return { ...error, hint: FLAGS.reduce((hint, [inWindow, here]) => hint.replace(inWindow, here), error.hint) }
}
