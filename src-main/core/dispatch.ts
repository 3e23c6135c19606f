/**
 * The one place where calls are checked: name and input by the contract, errors by their class. It never throws.
 */
import { COMMANDS, type CommandName, type Output, type ParsedInput } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { CoreError } from './lib/core-error.ts'
import { plainJson } from './lib/plain-json.ts'

export interface CallContext {
  /** Aborted when the caller cancels or goes away. */
  readonly signal: AbortSignal
  /** Which window calls; events that it caused name it. */
  readonly clientId: string
}

export type Handler<N extends CommandName> = (input: ParsedInput<N>, context: CallContext) => Promise<Output<N>>
export type Handlers = { readonly [N in CommandName]: Handler<N> }

export type Dispatch = (name: string, input: unknown, context: CallContext) => Promise<Result<unknown, WireError>>

/**
 * @param report called with everything that should not have happened, stack included
 */
export function createDispatch(handlers: Handlers, report: (error: unknown, during: string) => WireError): Dispatch {
  return async (name, input, context) => {
    if (!isCommand(name)) return failed(new CoreError('InvalidCall', 'call', `There is no command named ${name.slice(0, 100)}.`).toWire())
    try {
      return ok(await run(handlers, name, parse(name, input), context))
    } catch (error) {
      return failed(error instanceof CoreError ? error.toWire() : report(error, name))
    }
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name)
}

/** @throws {CoreError} `InvalidCall` */
function parse(name: CommandName, input: unknown): unknown {
  const parsed = COMMANDS[name].input.safeParse(plainJson(input ?? {}))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  // A key of a record can be of any length.
  const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.').slice(0, 200)}` : ''
  throw new CoreError('InvalidCall', 'call', `The input of ${name} is not right${place}: ${issue?.message ?? 'invalid'}.`)
}

function run(handlers: Handlers, name: CommandName, input: unknown, context: CallContext): Promise<unknown> {
  // The schema of this very name has parsed the input; the compiler cannot follow that through the union.
  const handler = handlers[name] as (input: unknown, context: CallContext) => Promise<unknown>
  return handler(input, context)
}
