/** The times of what did not happen, or of which nobody kept them. */
import type { Timings } from './exchange.ts'

export const NO_TIMINGS: Timings = {
  queued: 0,
  dns: 0,
  connect: 0,
  tls: 0,
  send: 0,
  wait: 0,
  download: 0,
  total: 0,
  reusedConnection: false,
}
