/**
 * The path of Bruno's `res('order.items[0].amount')`: a name asked of a list is asked of each of its items, and `..name` is
 * looked for at any depth.
 */
import type { LooseStep } from './expression.ts'

const STEP = /\s*(\.\.|\.|)(?:([^.[\]()?*\s]+)|\[(\d{1,9})\]|\[(['"])((?:(?!\4).){1,1000})\4\])/y

/** @returns null where it is none, or has filters */
export function parseLoosePath(text: string): LooseStep[] | null {
  const steps: LooseStep[] = []
  STEP.lastIndex = 0
  let at = 0
  const source = text.trim()
  while (at < source.length) {
    STEP.lastIndex = at
    const found = STEP.exec(source)
    if (!found) return null
    const [whole, dots = '', name, index, , quoted] = found
    if (steps.length > 0 && dots === '' && name !== undefined) return null
    steps.push({ key: index !== undefined ? Number(index) : (name ?? quoted ?? ''), deep: dots === '..' })
    at += whole.length
  }
  return steps.length === 0 ? null : steps
}
