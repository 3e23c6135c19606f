/** The one way out of the sandbox: texts to the thread around it, which checks every one of them. */

type Host = (name: string, argument: string) => string

const outside = (globalThis as unknown as { readonly __host: Host }).__host // Set before this module is evaluated.

/** @throws {Error} what is outside says no, in words */
export function ask(name: string, argument: unknown): string {
  const said = outside(name, typeof argument === 'string' ? argument : JSON.stringify(argument ?? null))
  const text = said.slice(1)
  if (said.startsWith('-')) throw new Error(text)
  return said.startsWith('j') ? String(JSON.parse(text)) : text
}

/** Milliseconds on a clock that nobody sets, neither the system's user nor a script that puts something in place of `Date`. */
export function elapsed(): number {
  return Number(ask('elapsed', ''))
}

/** The place of the nearest line of the script in a stack; the script stands one line further down than it was typed. */
export function placeIn(stack: unknown): { readonly line: number; readonly column: number } | null {
  const found = typeof stack === 'string' ? /(?:\(|at )script:(\d+)(?::(\d+))?/.exec(stack) : null
  return found ? { line: Math.max(1, Number(found[1]) - 1), column: Number(found[2] ?? 1) } : null
}

/** Whether a value has properties. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

export function isFunction(value: unknown): value is (...values: unknown[]) => unknown {
  return typeof value === 'function'
}

/** What JavaScript makes of a value where a text is wanted. */
export function textOf(value: unknown): string {
  return String(value)
}

/** A value as the text that is kept of it. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value
  return isObject(value) ? (JSON.stringify(value) ?? '') : String(value)
}
