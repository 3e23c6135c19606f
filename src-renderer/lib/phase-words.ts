/** The phases of a hop in the order they come in, and what they are called wherever their times are shown. */
import type { Timings } from '#contract/model/exchange.ts'
import { t } from './t.ts'

export type Phase = Exclude<keyof Timings, 'total' | 'reusedConnection'>

export const PHASES: readonly (readonly [Phase, string])[] = [
  ['queued', t`Queued`],
  ['dns', t`DNS look-up`],
  ['connect', t`TCP connection`],
  ['tls', t`TLS handshake`],
  ['send', t`Sending`],
  ['wait', t`Waiting for the answer`],
  ['download', t`Download`],
]
