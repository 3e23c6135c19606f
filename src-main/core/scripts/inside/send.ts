/** `send(name)`: a saved request of the same collection, sent as it would be by hand. There is no other way out. */
import type { ScriptResponse } from '../script-job.ts'
import { ask } from './host.ts'
import { answerOf, resOf } from './response.ts'
import { renewCaptured } from './variables.ts'

interface Waiting {
  readonly resolve: (facts: ScriptResponse) => void
  readonly reject: (error: Error) => void
}

const waiting = new Map<number, Waiting>()
let lastCall = 0

/** @param name its name, or its path in the collection (`folder/login`) */
export function sendFacts(name: unknown): Promise<{ readonly facts: ScriptResponse; readonly which: string }> {
  if (typeof name !== 'string' || name.trim() === '') {
    return Promise.reject(new Error('send: the name of a saved request of this collection, or its path. Scripts send nothing else.'))
  }
  lastCall += 1
  const call = lastCall
  return new Promise<ScriptResponse>((resolve, reject) => {
    waiting.set(call, { resolve, reject })
    ask('send', { call, name })
  }).then((facts) => ({ facts, which: String(call) }))
}

export async function send(name: unknown) {
  const { facts, which } = await sendFacts(name)
  return resOf(answerOf(facts, which))
}

/** @param message the number of the call, and JSON: `{ facts }` or `{ problem }` */
export function settleCall(message: string): void {
  const at = message.indexOf(' ')
  const call = Number(message.slice(0, at))
  const one = waiting.get(call)
  waiting.delete(call)
  const said = JSON.parse(message.slice(at + 1)) as {
    readonly facts?: ScriptResponse
    readonly captured?: readonly (readonly [string, string])[]
    readonly problem?: string
  } // Made outside.
  renewCaptured(said.captured ?? [])
  if (said.facts) one?.resolve(said.facts)
  else one?.reject(new Error(said.problem ?? 'The request could not be sent.'))
}
