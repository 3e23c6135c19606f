/**
 * What the system asks the app to open: files and folders among its arguments, and `posthaste:` links. Kept until a window
 * asks for it; what becomes of it is the window's to say, which shows everything before it writes or sends anything.
 */
import { statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Opened } from '#contract/host-commands.ts'

export interface OpenRequests {
  /** Takes what names something to open out of arguments; the rest are switches, which are not looked at. */
  readonly add: (args: readonly string[], folder: string) => void
  readonly take: () => readonly Opened[]
  /** Told when there is something new, from now on. */
  readonly onMore: (listener: () => void) => void
}

/** Whoever makes a link can make it any length. In characters. */
const MAX_LINK = 256 * 1024

/** @param options.ownFolder where the app itself lies, which is among the arguments of one that is not packed */
export function createOpenRequests(options: { readonly ownFolder: string }): OpenRequests {
  let waiting: Opened[] = []
  let listener = (): void => undefined
  return {
    add: (args, folder) => {
      const found = args.filter((arg) => resolve(folder, arg) !== resolve(options.ownFolder)).flatMap((arg) => openedOf(arg, folder) ?? [])
      waiting.push(...found)
      if (found.length > 0) listener()
    },
    take: () => {
      const taken = waiting
      waiting = []
      return taken
    },
    onMore: (told) => (listener = told),
  }
}

/** @returns null for a switch, a path where there is nothing, and a link of another kind */
export function openedOf(argument: string, folder: string): Opened | null {
  if (argument === '' || argument.startsWith('-')) return null
  if (/^posthaste:/i.test(argument)) return linkedText(argument)
  const path = pathOf(argument, folder)
  const found = path === null ? undefined : statSync(path, { throwIfNoEntry: false })
  if (path === null || !found) return null
  if (found.isDirectory()) return { kind: 'collection', path }
  return basename(path) === 'opencollection.yml' ? { kind: 'collection', path: dirname(path) } : { kind: 'file', path }
}

function pathOf(argument: string, folder: string): string | null {
  try {
    return /^file:/i.test(argument) ? fileURLToPath(argument) : resolve(folder, argument)
  } catch {
    return null
  }
}

/** `posthaste://import?text=…`: what could also be pasted, such as a cURL command. */
function linkedText(link: string): Opened | null {
  const url = link.length > MAX_LINK ? null : URL.parse(link)
  if (url?.host !== 'import') return null
  const text = url.searchParams.get('text')
  return text === null || text.trim() === '' ? null : { kind: 'text', text }
}
