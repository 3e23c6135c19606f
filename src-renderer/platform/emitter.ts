/** Listeners by the name of an event, for both platforms. */
import type { AnyEvent, EventName, EventPayload } from '#contract/events.ts'

type Listener = (payload: unknown) => void

export class Emitter {
  readonly #listeners = new Map<string, Set<Listener>>()

  /** Returns what takes the listener off. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set<Listener>()
    this.#listeners.set(name, listeners)
    // A payload is only ever emitted under the name it belongs to; the map cannot say so.
    const stored = listener as Listener
    listeners.add(stored)
    return () => listeners.delete(stored)
  }

  /** The payload comes from our own host, which types it by the contract. */
  emit(name: string, payload: unknown): void {
    this.#listeners.get(name)?.forEach((listener) => listener(payload))
  }

  emitEvent(event: AnyEvent): void {
    this.emit(event.name, event.payload)
  }
}
