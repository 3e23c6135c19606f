/** A platform that a test answers itself: calls are recorded, answers and events are given by hand. */
import type { CommandName, Input, Output } from '../../src-main/contract/commands.ts'
import type { WireError } from '../../src-main/contract/errors.ts'
import type { EventName, EventPayload } from '../../src-main/contract/events.ts'
import type { HostCommandName, HostInput, HostOutput } from '../../src-main/contract/host-commands.ts'
import { failed, ok, type Result } from '../../src-main/contract/result.ts'
import { Emitter } from '../../src-renderer/platform/emitter.ts'
import type { ConnectionState, Platform, UploadOptions } from '../../src-renderer/platform/platform.ts'

type Answer<T> = Result<T, WireError> | Promise<Result<T, WireError>>
type Handler = (input: unknown, signal?: AbortSignal) => Answer<unknown>

export interface RecordedCall {
  readonly name: string
  readonly input: unknown
}

export class FakePlatform implements Platform {
  readonly clientId = 'w-test'
  readonly calls: RecordedCall[] = []
  readonly #handlers = new Map<string, Handler>()
  readonly #events = new Emitter()
  readonly #connection = new Set<(state: ConnectionState) => void>()
  reconnects = 0
  /** Files with a path of their own; the others are uploaded. */
  paths = new Map<File, string>()
  uploads: (file: File, options: UploadOptions) => Answer<{ readonly path: string; readonly bytes: number }> = (file) =>
    ok({ path: `/data/uploads/${file.name}`, bytes: file.size })

  /** Answer a command with a value, or with what a function makes of its input. */
  answer<N extends CommandName>(name: N, answer: Output<N> | ((input: Input<N>, signal?: AbortSignal) => Answer<Output<N>>)): this {
    const handler = typeof answer === 'function' ? (answer as Handler) : () => ok(answer)
    this.#handlers.set(name, handler)
    return this
  }

  answerHost<N extends HostCommandName>(name: N, answer: (input: HostInput<N>) => Answer<HostOutput<N>>): this {
    this.#handlers.set(name, answer as Handler)
    return this
  }

  refuse(name: CommandName, error: WireError): this {
    this.#handlers.set(name, () => failed(error))
    return this
  }

  /** Inputs of the calls of a command so far. */
  inputs<N extends CommandName>(name: N): Input<N>[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.input as Input<N>)
  }

  emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
    this.#events.emit(name, payload)
  }

  connection(state: ConnectionState): void {
    this.#connection.forEach((listener) => listener(state))
  }

  async call<N extends CommandName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Result<Output<N>, WireError>> {
    return (await this.#run(name, input, signal)) as Result<Output<N>, WireError>
  }

  async callHost<N extends HostCommandName>(name: N, input: HostInput<N>): Promise<Result<HostOutput<N>, WireError>> {
    return (await this.#run(name, input)) as Result<HostOutput<N>, WireError>
  }

  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    return this.#events.on(name, listener)
  }

  onConnection(listener: (state: ConnectionState) => void): () => void {
    this.#connection.add(listener)
    return () => this.#connection.delete(listener)
  }

  reconnect(): void {
    this.reconnects += 1
  }

  /** What was asked to be asked before the page is left. */
  isLeavingAsked: () => boolean = () => false

  askBeforeLeaving(isNeeded: () => boolean): void {
    this.isLeavingAsked = isNeeded
  }

  filePath(file: File): string | null {
    return this.paths.get(file) ?? null
  }

  async upload(file: File, options: UploadOptions = {}): Promise<Result<{ readonly path: string; readonly bytes: number }, WireError>> {
    return this.uploads(file, options)
  }

  bodyUrl(id: string): string {
    return `/body/${id}`
  }

  async #run(name: string, input: unknown, signal?: AbortSignal): Promise<Result<unknown, WireError>> {
    this.calls.push({ name, input })
    const handler = this.#handlers.get(name)
    return handler ? handler(input, signal) : failed({ kind: 'InvalidCall', stage: 'call', message: `No answer to ${name} was given.` })
  }
}

/** A promise with its handles outside, to decide when an answer comes. */
export function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
