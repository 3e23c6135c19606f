/** Loaded into a host beside its own code: tells who started it what it holds once everything that can go has gone. */
import { readdirSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

export interface Held {
  /** Of the whole process, as the system counts it. */
  readonly residentBytes: number
  readonly heapBytes: number
  readonly buffersBytes: number
  readonly workers: number
  /** Sockets, timers, watchers and the like, counted by kind. */
  readonly handles: Readonly<Record<string, number>>
  /** Open files and sockets; null where the system does not tell. */
  readonly descriptors: number | null
}

interface Report {
  readonly workers: readonly unknown[]
  readonly libuv: readonly { readonly type: string; readonly is_active?: boolean }[]
}

if (isMainThread && process.send) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (how: object) => void
  Object.assign(process.report, { excludeNetwork: true }) // not in the types yet; without it names are looked up
  process.on('message', () => {
    // Gives back the room for what is new as well: how much V8 takes for that goes by how fast it is used, not by what is kept.
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    process.send?.(held())
  })
  // The host ends when its own work does.
  process.channel?.unref()
}

function held(): Held {
  const { rss, heapUsed, external } = process.memoryUsage()
  const { workers, libuv } = process.report.getReport() as unknown as Report
  const handles: Record<string, number> = {}
  for (const { type, is_active: isActive } of libuv) if (isActive !== false) handles[type] = (handles[type] ?? 0) + 1
  return { residentBytes: rss, heapBytes: heapUsed, buffersBytes: external, workers: workers.length, handles, descriptors: descriptors() }
}

function descriptors(): number | null {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return null
  }
}
