/**
 * Tells the editor's models, which live in a chunk that may not be loaded yet, that their owner is gone: a model
 * outlives the component that shows it, so that cursor and scroll survive switching tabs, and is disposed with the tab.
 */

const listeners = new Set<(owner: string) => void>()

/** Dispose every model of an owner, such as a closed tab. */
export function releaseModels(owner: string): void {
  for (const listener of listeners) listener(owner)
}

/** Called by the model registry when it is loaded. */
export function onRelease(listener: (owner: string) => void): void {
  listeners.add(listener)
}
