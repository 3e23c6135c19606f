/** Looking at files without reading them. */
import type { Stats } from 'node:fs'
import { systemCode } from '../lib/core-error.ts'

/** What tells one state of a file from another without reading it. */
export function signatureOf(found: Stats): string {
  return `${found.mtimeMs}:${found.ctimeMs}:${found.size}:${found.ino}`
}

/** What cannot be looked at is not there. */
export function orNull<T>(look: () => T): T | null {
  try {
    return look()
  } catch (error) {
    if (systemCode(error) === null) throw error
    return null
  }
}
