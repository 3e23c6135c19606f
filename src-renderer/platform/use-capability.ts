/** What the host can do, for components: they ask "can this host do X", never "which host is this". */
import { useSyncExternalStore } from 'react'
import type { Capabilities } from '#contract/capabilities.ts'

let current: Capabilities = { realPaths: false, dialogs: false, reveal: false, nativeMenu: false }
const listeners = new Set<() => void>()

/** Set once the host has said what it is. */
export function setCapabilities(capabilities: Capabilities): void {
  current = capabilities
  listeners.forEach((listener) => listener())
}

/** What the host can do, outside components. */
export function capabilities(): Capabilities {
  return current
}

/** Whether the host has the capability; false until it has said so. */
export function useCapability(name: keyof Capabilities): boolean {
  return useSyncExternalStore(subscribe, () => current[name])
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
