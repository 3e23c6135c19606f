/**
 * What core says of a failure or of an import, in the language of the window. Core speaks English, as the command line and
 * its reports do; a catalogue knows its sentences by their templates.
 */
let tell: ((text: string) => string) | null = null

/** From now on core's sentences are looked up here; null: they stay as they are. */
export function tellBy(next: ((text: string) => string) | null): void {
  tell = next
}

/** A sentence of core, or several; what no catalogue knows stays as it is. */
export function told(text: string): string {
  return tell?.(text) ?? text
}
