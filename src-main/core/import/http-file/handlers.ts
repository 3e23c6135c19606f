/**
 * Response handlers of JetBrains: what they keep of an answer (`client.global.set`) is captured, and all else in them is
 * carried over as text, with a word on what it does not find here.
 */
import type { Capture } from '#contract/model/capture.ts'
import type { Notes } from '../notes.ts'
import type { Script } from './blocks.ts'

const KEPT =
  /client\.global\.set\(\s*(["'])([\w.-]{1,100})\1\s*,\s*response\.(?:body((?:\.[A-Za-z_$][\w$]*|\[\d+\])*)|headers\.valueOf\(\s*(["'])([\w-]{1,100})\4\s*\))\s*\)\s*(?:;|(?=\n|$))/g
const ABSENT = /(?:^|[^\w$.])(client\.\w+|request\.(?:variables|environment)|response\.(?:status|body|headers|contentType))\b/g

export interface ReadHandlers {
  readonly scripts: readonly Script[]
  readonly captures: readonly Capture[]
}

export function readHandlers(scripts: readonly Script[], say: Notes['add']): ReadHandlers {
  const captures: Capture[] = []
  const rest = scripts.flatMap((script): Script[] => {
    if (script.type !== 'after-response') return [script]
    for (const [, , name = '', path = '', , header] of script.code.matchAll(KEPT)) {
      const expression = header === undefined ? `res.body${path}` : `res.headers['${header.toLowerCase()}']`
      captures.push({ name, expression, scope: 'runtime', enabled: true })
    }
    const code = script.code.replace(KEPT, '').trim()
    return code === '' ? [] : [{ ...script, code }]
  })
  for (const { type, code } of rest) {
    const calls = new Set([...code.matchAll(ABSENT)].map(([, call = '']) => call))
    const when = type === 'before-request' ? 'before the request' : 'after the answer'
    if (calls.size > 0)
      say('kept', `Its script (${when}) came over, and breaks where it uses what is not here: ${[...calls].slice(0, 5).join(', ')}.`)
  }
  return { scripts: rest, captures }
}
