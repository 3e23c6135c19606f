/** A collection folder with requests that have scripts, and a whole core that sends them. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import type { Exchange } from '#contract/model/exchange.ts'
import type { Script } from '#contract/model/script.ts'
import { coreKit, type CoreKit } from './core-kit.ts'
import { tempDir } from './temp-dir.ts'

export interface ScriptKit extends CoreKit {
  readonly root: string
  /** Writes a file of the collection. */
  readonly write: (path: string, content: object) => Promise<void>
  readonly sendFile: (
    path: string,
    more?: { given?: Record<string, string>; environment?: string; signal?: AbortSignal },
  ) => Promise<Exchange>
}

/** Call it from within a test. */
export async function scriptKit(scripts: readonly Script[] = [], env: Readonly<Record<string, string>> = {}): Promise<ScriptKit> {
  const kit = await coreKit(env)
  const root = await tempDir()
  const write = async (path: string, content: object): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), stringify(content))
  }
  await write('opencollection.yml', {
    opencollection: '1.0.0',
    info: { name: 'Shop' },
    ...(scripts.length > 0 && { request: { scripts } }),
  })
  return {
    ...kit,
    root,
    write,
    sendFile: async (path, { given = {}, environment, signal = new AbortController().signal } = {}) => {
      const read = await kit.core.readRequestFile({ path: join(root, path) })
      if (!read.ok) throw new Error(read.error.message)
      const choice = { environment: environment ?? null, session: null, given }
      return (await kit.core.sendOnce({ ...read.value, choice, overrides: {}, signal })).exchange
    },
  }
}

/** The content of a request's file. */
export function requestFile(url: string, scripts: Partial<Record<string, string>> = {}, more: object = {}): object {
  return {
    info: { name: 'Request', type: 'http' },
    http: { method: 'GET', url },
    runtime: { scripts: Object.entries(scripts).map(([type, code]) => ({ type, code })) },
    ...more,
  }
}
