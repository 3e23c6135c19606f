/** What paths lead to in a stored body of any size: one pass over its bytes for all of them. */
import type { BodyId } from '#contract/model/ids.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { parseLosslessJson } from '../bodies/lossless-json.ts'
import { toUtf8 } from '../bodies/utf8-text.ts'
import type { Step } from './expression.ts'
import { findInJson, type FoundJson, type JsonFinder } from './find-in-json.ts'
import { valueIn } from './json-value.ts'
import { known, NOTHING, problem, type Actual, type CheckProblem } from './value.ts'

export interface LargeJson {
  /** The value that steps lead to; steps into what was found and is small are gone in memory. */
  readonly at: (steps: readonly Step[]) => Promise<Actual | CheckProblem>
  /** Says which paths will be asked for, so that one pass finds them all. */
  readonly plan: (paths: readonly (readonly Step[])[]) => void
}

type Passed = { readonly kind: 'passed'; readonly found: ReadonlyMap<string, FoundJson> } | CheckProblem

export function largeJson(bodies: Pick<BodyStore, 'stream'>, id: BodyId, encoding: string): LargeJson {
  let planned = new Map<string, readonly Step[]>()
  let passed: Promise<Passed> | null = null
  return {
    plan: (paths) => {
      planned = new Map(paths.map((path) => [keyOf(withoutLength(path)), withoutLength(path)]))
    },
    at: async (steps) => {
      const wanted = withoutLength(steps)
      const key = keyOf(wanted)
      if (!planned.has(key)) {
        planned.set(key, wanted)
        passed = null
      }
      const result = await (passed ??= pass(bodies, id, encoding, planned))
      if (result.kind === 'problem') return result
      return actualOf(result.found.get(key) ?? { kind: 'none' }, steps.slice(wanted.length))
    },
  }
}

async function pass(
  bodies: Pick<BodyStore, 'stream'>,
  id: BodyId,
  encoding: string,
  planned: ReadonlyMap<string, readonly Step[]>,
): Promise<Passed> {
  const finder = findInJson([...planned.values()])
  let goesOn = true
  const stage = toUtf8(encoding, (bytes) => {
    if (goesOn) goesOn = finder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  })
  const stream = bodies.stream(id)
  try {
    for await (const chunk of stream) {
      if (Buffer.isBuffer(chunk)) stage.write(chunk)
      if (!goesOn) break
    }
  } finally {
    stream.destroy()
  }
  if (goesOn) stage.end()
  return passedBy(finder, [...planned.keys()])
}

function passedBy(finder: JsonFinder, keys: readonly string[]): Passed {
  const fault = finder.problem()
  if (fault) return problem(`The body is not JSON: line ${fault.line}: ${fault.reason}.`)
  const found = finder.finish()
  return { kind: 'passed', found: new Map(keys.map((key, index) => [key, found[index] ?? { kind: 'none' }])) }
}

function actualOf(found: FoundJson, rest: readonly Step[]): Actual | CheckProblem {
  switch (found.kind) {
    case 'none':
      return NOTHING
    case 'large':
      return rest.length > 0 ? (found.length === null ? problem('The text is too large to be counted.') : known(found.length)) : found
    case 'text': {
      const json = parseLosslessJson(found.text)
      return json.kind === 'fault' ? problem(json.message) : valueIn(json, rest)
    }
  }
}

/** A length is asked of what is found, which may have to be counted as it streams by. */
function withoutLength(steps: readonly Step[]): readonly Step[] {
  return steps.at(-1) === 'length' ? steps.slice(0, -1) : steps
}

function keyOf(steps: readonly Step[]): string {
  return JSON.stringify(steps)
}
