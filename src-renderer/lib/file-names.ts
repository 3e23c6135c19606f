/** Names out of paths, of either system, and paths as a collection keeps them. */

import { listed } from './listed.ts'
import { t } from './t.ts'

/** The last part of a path. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path
}

/** A file's name without its last extension; a name that is all extension stays whole. */
export function fieldNameOf(path: string): string {
  const name = baseName(path)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}

/** Whether the name says what the file is. */
export function hasExtension(path: string): boolean {
  return /[^.\\/]\.[^.\\/]+$/.test(path)
}

/** Whether a path is a copy that Posthaste keeps of an uploaded file: its own place, not one the user chose. */
export function isCopyIn(dataDir: string, path: string): boolean {
  const base = dataDir.replace(/[\\/]+$/, '')
  return base !== '' && path.startsWith(base) && /^[\\/]uploads[\\/]/.test(path.slice(base.length))
}

/**
 * A path as a collection keeps it: `./…` below its root folder, so that the folder can be moved and shared; as it is
 * elsewhere.
 */
export function belowRoot(path: string, root: string): string {
  const base = root.replace(/[\\/]+$/, '')
  if (base === '' || !path.startsWith(base)) return path
  const rest = path.slice(base.length)
  return /^[\\/]./.test(rest) ? `./${rest.slice(1).replaceAll('\\', '/')}` : path
}

/** More than that many are counted. */
const NAMED_HIDDEN = 3

/** How many and which hidden files and folders were left out; there is at least one. */
export function hiddenWords(names: readonly string[]): string {
  const named = listed(names.slice(0, NAMED_HIDDEN))
  const others = names.length - NAMED_HIDDEN
  const which = others > 0 ? t`${named} and ${others} more` : named
  return names.length === 1 ? t`1 hidden item was left out: ${which}.` : t`${names.length} hidden items were left out: ${which}.`
}
