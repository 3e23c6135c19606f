/** What happens while a request is sent, on one line of the terminal that is written over. Nothing where none looks. */
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { createStatusLine } from './status-line.ts'

export interface Progress {
  readonly step: (step: ExchangeStep) => void
  /** Wipes the line. */
  readonly end: () => void
}

/** A wait before a retry is said on a line that stays, also where no terminal looks. */
export function createProgress(terminal: NodeJS.WriteStream): Progress {
  const line = createStatusLine(terminal)
  return {
    step: (step) => {
      if (step.kind === 'retryWait') {
        line.end()
        terminal.write(`${retryLine(step)}\n`)
      }
      const text = describeStep(step)
      if (text === null) return
      if (step.kind === 'bodySent' || step.kind === 'bodyReceived') line.drawCount(() => text)
      else line.draw(text)
    },
    end: line.end,
  }
}

/** `Attempt 2 of 4 in 1.5 s: 503 Service Unavailable` */
export function retryLine({ attempt, of, waitMs, reason }: Extract<ExchangeStep, { kind: 'retryWait' }>): string {
  return `Attempt ${attempt} of ${of} ${waitMs === 0 ? 'now' : `in ${waitText(waitMs)}`}: ${reason}`
}

/** `1.5 s`, `2 min 5 s`, `6 h` */
function waitText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${Math.round(ms / 100) / 10} s`
  const units = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const
  return units.flatMap(([count, unit]) => (count === 0 ? [] : `${count} ${unit}`)).join(' ')
}

/** One step in words; null for one that is over before it could be read. */
export function describeStep(step: ExchangeStep): string | null {
  switch (step.kind) {
    case 'connecting':
      return `Connecting to ${step.host}:${step.port}`
    case 'requestHead':
      return `Sending ${step.method}`
    case 'bodySent':
      return `Sent ${amount(step.bytes, step.total)}`
    case 'responseHead':
      return `${step.status} ${step.reason}`.trim()
    case 'bodyReceived':
      return `Received ${amount(step.bytes, step.total)}`
    case 'redirect':
      return `${step.status}, redirected`
    case 'challenge':
      return `${step.status}, answering the challenge`
    case 'part':
      return `Part ${step.number} of ${step.of}`
    case 'opened':
      return 'Connected'
    case 'checking':
      return 'Running tests'
    case 'token':
      return 'Getting an access token'
    case 'authorize': // printed in full, whether or not anyone looks
    case 'queued':
    case 'retryWait': // said on a line of its own
    case 'paused':
    case 'dns':
    case 'connected':
    case 'tunnel':
    case 'tls':
    case 'done':
      return null
  }
}

function amount(bytes: number, total: number | null): string {
  return total === null || total === 0 ? size(bytes) : `${size(bytes)} of ${size(total)}`
}

/** Bytes in decimal units, such as `12.5 MB`. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`
}
