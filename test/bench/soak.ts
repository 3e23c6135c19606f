/**
 * A long time in a short one: small requests by the ten thousand through the host of a window, as its page would send them,
 * and what memory the host holds meanwhile. It must not grow with what has passed.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import WebSocket from 'ws'
import type { RequestDocument } from '#contract/model/request.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { startHost } from './host-process.ts'
import { median, startServer } from './measure.ts'

export interface Soak {
  readonly answered: number
  /** Messages of those that were not, each once. */
  readonly problems: readonly string[]
  /** From the first third of the parts to the last, medians; the beginning, in which code is compiled, left out. */
  readonly grew: { readonly resident: number; readonly live: number }
}

export interface Part {
  readonly sent: number
  /** Of the whole process, in bytes, while it sent; null where the system does not tell. */
  readonly busyBytes: number | null
  /** The same once garbage was collected. It is this that must not grow: how much garbage there is at a time goes by how fast a host is let run. */
  readonly residentBytes: number
  /** Objects and buffers that are still needed. */
  readonly liveBytes: number
}

const PARTS = 25
/** 50,000 take two to five minutes. What takes so long does not go on. */
const LONGEST_MS = 30 * 60_000

/** @param onPart told of each part as it is over */
export async function soak(sends: number, atOnce: number, onPart: (part: Part) => void = () => undefined): Promise<Soak> {
  const [server, dataDir] = [await startServer(), await mkdtemp(join(tmpdir(), 'posthaste-soak-'))]
  const host = await startHost(dataDir)
  try {
    const socket = await openWindow(host.url)
    const document = { ...emptyRequest('Soak'), url: `${server.url}/small` }
    const parts: Part[] = []
    const problems = new Set<string>()
    let answered = 0
    for (let sent = 0; sent < sends; sent = parts.at(-1)?.sent ?? sends) {
      const more = Math.min(Math.ceil(sends / PARTS), sends - sent)
      await sendAll(socket, document, more, atOnce, (problem) => {
        if (problem === null) answered += 1
        else problems.add(problem)
      })
      const busyBytes = heldBy(host.child.pid)
      const { residentBytes, heapBytes, buffersBytes } = await host.held()
      const part = { sent: sent + more, busyBytes, residentBytes, liveBytes: heapBytes + buffersBytes }
      parts.push(part)
      onPart(part)
    }
    socket.terminate()
    const grew = { resident: growth(parts.map((part) => part.residentBytes)), live: growth(parts.map((part) => part.liveBytes)) }
    return { answered, problems: [...problems], grew }
  } finally {
    await host.stop()
    server.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Lets itself in with the launch token, as a browser does. */
export async function openWindow(url: string): Promise<WebSocket> {
  const { origin } = new URL(url)
  const { headers } = await fetch(url, { redirect: 'manual' })
  const cookie = headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws?client=soak-window`, { headers: { cookie, origin } })
  await once(socket, 'open')
  return socket
}

/** Keeps so many under way. @param onDone told of each that is over, and what was wrong with it */
export async function sendAll(
  socket: WebSocket,
  document: RequestDocument,
  sends: number,
  atOnce: number,
  onDone: (problem: string | null) => void,
): Promise<void> {
  const over = Promise.withResolvers<void>()
  let begun = 0
  let done = 0
  const next = (): void => {
    if (begun === sends) return
    begun += 1
    const input = { document, nodeId: null, seed: 'seed-of-a-soak', draftId: null }
    socket.send(JSON.stringify({ type: 'call', id: begun, name: 'exchange.send', input }))
  }
  const finish = (problem: string | null): void => {
    done += 1
    onDone(problem)
    if (done === sends) over.resolve()
    else next()
  }
  const listen = (data: Buffer): void => {
    const frame = JSON.parse(data.toString()) as Frame
    if (frame.type === 'reply' && frame.result?.ok === false) finish(frame.result.error?.message ?? 'refused')
    const step = frame.name === 'exchange.progressed' ? frame.payload?.step : undefined
    if (step?.kind === 'done') finish(step.exchange?.error?.message ?? null)
  }
  socket.on('message', listen)
  const lost = (): void => over.reject(new Error('The host closed the window.'))
  socket.once('close', lost)
  const late = setTimeout(() => over.reject(new Error(`${done} of ${sends} were over after ${LONGEST_MS / 60_000} minutes.`)), LONGEST_MS)
  for (let count = 0; count < atOnce; count += 1) next()
  await over.promise.finally(() => {
    clearTimeout(late)
    socket.off('message', listen)
    socket.off('close', lost)
  })
}

/** Of what the host says, what is looked at here. */
interface Frame {
  readonly type: string
  readonly name?: string
  readonly result?: { readonly ok: boolean; readonly error?: { readonly message: string } }
  readonly payload?: {
    readonly step?: { readonly kind: string; readonly exchange?: { readonly error: { readonly message: string } | null } }
  }
}

/** Memory of a process, in bytes; null where the system does not tell. */
export function heldBy(pid: number | undefined): number | null {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) * 1024
  } catch {
    return null
  }
}

function growth(memory: readonly number[]): number {
  const settled = memory.slice(Math.floor(memory.length / 5))
  const third = Math.ceil(settled.length / 3)
  return median(settled.slice(-third)) - median(settled.slice(0, third))
}
