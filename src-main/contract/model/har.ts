/** An exchange as an HTTP Archive, which browsers' network panels and other tools read. */
import { z } from 'zod'
import { ExchangeSchema } from './exchange.ts'
import { BodyIdSchema } from './ids.ts'

export const HAR_COMMANDS = {
  /** The text of a HAR 1.2 file: an entry for each try, hop and the last answer. */
  'exchange.har': {
    input: z.object({
      exchange: ExchangeSchema,
      /** Texts to mask wherever they stand. */
      secrets: z.array(z.string()),
      /** Nothing is masked: credentials and cookies stand in it as they were sent. */
      reveal: z.boolean(),
      /** To be saved to a file: kept as a body instead of going out. */
      keep: z.boolean().optional(),
    }),
    output: z.object({
      /** Empty where it is kept. */
      text: z.string(),
      bodyId: BodyIdSchema.optional(),
    }),
  },
} as const
