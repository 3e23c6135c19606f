/** `test(name, function)`, and chai once a script names it. */
import { ask, isFunction, isObject } from './host.ts'
import { shown } from './console.ts'

interface Chai {
  readonly expect: (...values: unknown[]) => unknown
  readonly assert: unknown
}

let chai: (Chai & Record<string, unknown>) | null = null
let open = new Map<number, string>()
let lastId = 0

export function setChai(loaded: Chai & Record<string, unknown>): void {
  chai = loaded
}

/** @throws {Error} where the script does not name it, so that it was not loaded */
export function chaiOf(): Chai & Record<string, unknown> {
  if (chai === null) throw new Error('chai is loaded where a script names it: write “expect”, “assert” or “chai” in the script.')
  return chai
}

export const expect = Object.assign((...values: unknown[]) => chaiOf().expect(...values), {
  fail: (...values: unknown[]) => (chaiOf().expect as unknown as { fail: (...all: unknown[]) => never }).fail(...values),
})

export function openTests(): readonly string[] {
  return [...open.values()]
}

export function startTests(): void {
  open = new Map()
}

function report(name: string, error: { readonly thrown: unknown } | null): void {
  ask('test', { name, passed: error === null, ...(error && { message: messageOf(error.thrown) }) })
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.name === 'AssertionError' ? thrown.message : `${thrown.name}: ${thrown.message}`
  return isObject(thrown) && typeof thrown.message === 'string' ? thrown.message : shown(thrown)
}

/** Runs a test and tells how it came out. One that is not done when its function returns has to give a promise or take `done`. */
function run(name: unknown, body: unknown): Promise<void> {
  const title = String(name)
  if (!isFunction(body)) {
    report(title, { thrown: new Error('A test needs a function.') })
    return Promise.resolve()
  }
  lastId += 1
  const id = lastId
  const end = (error: { readonly thrown: unknown } | null): void => {
    if (!open.delete(id)) return
    report(title, error)
  }
  open.set(id, title)
  try {
    if (body.length > 0) {
      return new Promise<void>((resolve) => {
        const done = (error?: unknown): void => (end(error === undefined || error === null ? null : { thrown: error }), resolve())
        const result = body(done)
        if (result instanceof Promise) result.catch(done)
      }).catch((error: unknown) => end({ thrown: error }))
    }
    const result = body()
    if (isObject(result) && typeof result.then === 'function') {
      return Promise.resolve(result).then(
        () => end(null),
        (error: unknown) => end({ thrown: error }),
      )
    }
    end(null)
  } catch (error) {
    end({ thrown: error })
  }
  return Promise.resolve()
}

export const test = Object.assign(run, {
  skip: (name: unknown): void => void ask('test', { name: String(name), passed: true, skipped: true }),
})

/** What waits for something that never comes. @returns whether there was any */
export function endTests(): boolean {
  const names = [...open.values()]
  open.clear()
  for (const name of names) report(name, { thrown: new Error('It waits for something that never comes.') })
  return names.length > 0
}
