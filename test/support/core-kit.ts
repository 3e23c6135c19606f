/** A whole core over a data folder of its own, with a clock that a test can move. */
import { onTestFinished } from 'vitest'
import type { Capabilities } from '#contract/capabilities.ts'
import type { Exchange, ExchangeStep } from '#contract/model/exchange.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { createCore, type Core } from '#core/create-core.ts'
import { tempDir } from './temp-dir.ts'

export interface CoreKit {
  readonly core: Core
  readonly dataDir: string
  readonly logged: string[]
  readonly clock: { now: number }
  readonly send: (
    document: Partial<RequestDocument>,
    options?: { signal?: AbortSignal; onStep?: (step: ExchangeStep) => void },
  ) => Promise<Exchange>
  /** A command's value. @throws its error as JSON */
  readonly call: (name: string, input: unknown, signal?: AbortSignal) => Promise<unknown>
}

/** Call it from within a test. @param dataDir one that another core has left */
export async function coreKit(
  env: Readonly<Record<string, string>> = {},
  dataDir?: string,
  capabilities: Partial<Capabilities> = {},
): Promise<CoreKit> {
  const dir = dataDir ?? (await tempDir())
  const logged: string[] = []
  const clock = { now: Date.now() }
  const core = await createCore({
    dataDir: dir,
    log: (line) => void logged.push(line),
    watch: false,
    now: () => clock.now,
    hostCipher: null,
    // No file of whoever runs the test.
    env: { HOME: dir, ...env },
    capabilities: { realPaths: true, dialogs: false, reveal: false, nativeMenu: false, ...capabilities },
  })
  onTestFinished(core.close)
  return {
    core,
    dataDir: dir,
    logged,
    clock,
    send: async (document, { signal = new AbortController().signal, onStep } = {}) =>
      (
        await core.sendOnce({
          document: { ...emptyRequest(), ...document },
          root: dir,
          file: null,
          choice: { environment: null, session: null, given: {} },
          overrides: {},
          signal,
          ...(onStep && { onStep }),
        })
      ).exchange,
    call: async (name, input, signal = new AbortController().signal) => {
      const result = await core.call(name, input, { signal, clientId: 'test' })
      if (!result.ok) throw new Error(JSON.stringify(result.error))
      return result.value
    },
  }
}
