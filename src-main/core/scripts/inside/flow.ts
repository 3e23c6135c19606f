/** What a script asks of the run that it is part of. */
import { ask, textOf } from './host.ts'

/** @param name of the request to go on with; null: the run ends after this one */
export function setNextRequest(name: unknown): void {
  ask('next', { name: name === null || name === undefined ? null : textOf(name) })
}

export function skipRequest(): void {
  ask('skip', '')
}

export function stopRun(): void {
  ask('stop', '')
}
