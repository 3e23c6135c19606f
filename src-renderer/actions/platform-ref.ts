/** The one platform of this window, set once at start; actions take it from here. */
import type { Platform } from '../platform/platform.ts'

let current: Platform | null = null

export function setPlatform(platform: Platform): void {
  current = platform
}

/** @throws if called before `main.ts` has chosen a platform: a bug */
export function platform(): Platform {
  if (!current) throw new Error('The platform is not chosen yet.')
  return current
}
