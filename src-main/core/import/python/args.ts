/** Arguments of a call that is followed: Python's rules of which value a parameter gets. */
import type { Args, Value } from './values.ts'

export type { Args } from './values.ts'

export const NO_ARGS: Args = { positional: [], named: new Map(), hasUnknown: false }

export function argsFrom(...positional: readonly Value[]): Args {
  return { positional, named: new Map(), hasUnknown: false }
}

/** The value of a parameter, given by its place or by its name. */
export function argument(args: Args, index: number, name: string): Value | undefined {
  return args.positional[index] ?? args.named.get(name)
}

/** The parameters in order, by name: those that were given. */
export function argumentsByName(args: Args, names: readonly string[]): Map<string, Value> {
  const found = new Map<string, Value>()
  args.positional.forEach((value, index) => {
    const name = names[index]
    if (name !== undefined) found.set(name, value)
  })
  for (const [name, value] of args.named) found.set(name, value)
  return found
}
