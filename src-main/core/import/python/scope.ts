/** Where names are looked up: a function's own, then those around it, as Python does. */
import type { Scope, Value } from './values.ts'

export function newScope(outer: Scope | null = null): Scope {
  return { names: new Map(), outer, handedOut: new Set() }
}

export function lookUp(scope: Scope, name: string): Value | undefined {
  for (let at: Scope | null = scope; at; at = at.outer) {
    const found = at.names.get(name)
    if (found) return found
  }
  return undefined
}
