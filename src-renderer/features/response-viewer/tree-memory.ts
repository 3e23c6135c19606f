/**
 * Which nodes were open in each tab's tree, so that sending again, or coming back from another view, shows what one was
 * looking at. Lives as long as the window.
 */
import type { TreeWay } from './tree-model.ts'

/** Trees remembered; beyond it the longest untouched is forgotten. */
const REMEMBERED = 100

const openWays = new Map<string, readonly TreeWay[]>()

export function rememberWays(key: string, ways: readonly TreeWay[]): void {
  openWays.delete(key)
  openWays.set(key, ways)
  const [oldest] = openWays.keys()
  if (openWays.size > REMEMBERED && oldest !== undefined) openWays.delete(oldest)
}

/** Null where no tree of that key was open before. */
export function rememberedWays(key: string): readonly TreeWay[] | null {
  return openWays.get(key) ?? null
}
