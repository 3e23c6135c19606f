/** An exchange as an HTTP Archive, which browsers' network panels and other tools read. */
import { z } from 'zod'
import { ExchangeSchema } from './exchange.ts'

export const HAR_COMMANDS = {
  /** The text of a HAR 1.2 file: an entry for each try, hop and the last answer. */
  'exchange.har': {
    input: z.object({
      exchange: ExchangeSchema,
      /** Texts to mask wherever they stand. */
      secrets: z.array(z.string()),
      /** Nothing is masked: credentials and cookies stand in it as they were sent. */
      reveal: z.boolean(),
    }),
    output: z.object({ text: z.string() }),
  },
} as const
