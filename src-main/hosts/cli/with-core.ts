/** The core as commands have it: loaded when one needs it, watching nothing, with what goes wrong said on standard error. */
import type { Capabilities } from '#contract/capabilities.ts'
import type { Core } from '#core/create-core.ts'
import { surviveFileLimit } from '../shell/bug-net.ts'
import { dataDirOf } from '../shell/default-data-dir.ts'
import { portsOf } from '../shell/ports.ts'

const CLI_CAPABILITIES: Capabilities = { realPaths: true, dialogs: false, reveal: false, nativeMenu: false }

/** What `send` and `run` both say of how a request is sent. */
export interface SendingOptions {
  readonly env?: string
  readonly session?: string
  readonly var: ReadonlyMap<string, string>
  readonly json: boolean
  readonly output?: string
  readonly fail: boolean
  /** Seconds. */
  readonly timeout?: number
  readonly insecure: boolean
  readonly dataDir?: string
}

/**
 * @param dataDir     where private data is kept; absent: where the window keeps it
 * @param overflowDir folder of the file that an answer is wanted in: there is room for it where the data folder has none
 */
export async function withCore<T>(
  dataDir: string | undefined,
  use: (core: Core) => Promise<T>,
  overflowDir: string | null = null,
): Promise<T> {
  surviveFileLimit()
  const { createCore } = await import('#core/create-core.ts')
  const core = await createCore({ ...portsOf(dataDirOf(dataDir), CLI_CAPABILITIES, { watch: false, log: toStderr }), overflowDir })
  try {
    return await use(core)
  } finally {
    await core.close()
  }
}

/** A line on standard error. */
export function toStderr(line: string): void {
  process.stderr.write(`${line}\n`)
}
