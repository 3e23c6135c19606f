/**
 * Answers that are kept as examples in a request's own file, as OpenCollection writes them. Listed in short; one that is
 * opened comes as an exchange, so that it is shown, compared and copied as any other answer is.
 */
import { z } from 'zod'
import { ExchangeSchema, ReceivedResponseSchema } from './exchange.ts'
import { NodeIdSchema } from './ids.ts'
import { RequestDocumentSchema } from './request.ts'

/** Text of a body that an example can hold, in bytes of UTF-8. */
export const MAX_EXAMPLE_BYTES = 1024 * 1024

const name = z.string().trim().min(1).max(500)

export const ExampleSchema = z.object({
  /** Its place among the file's examples, from 0. */
  index: z.number().int().min(0),
  name: z.string(),
  description: z.string(),
  method: z.string(),
  url: z.string(),
  /** Null where the file gives none. */
  status: z.number().int().nullable(),
  statusText: z.string(),
})
export type Example = z.infer<typeof ExampleSchema>

/** Which example is meant; the name has to be the one it has there, so that a file that changed meanwhile is noticed. */
const reference = { id: NodeIdSchema, index: z.number().int().min(0), name: z.string() }

const revised = z.object({ revision: z.string() })

export const EXAMPLE_COMMANDS = {
  'example.list': { input: z.object({ id: NodeIdSchema }), output: z.object({ examples: z.array(ExampleSchema) }) },
  /** Puts its body into the store; the exchange has no times and no connection. */
  'example.open': { input: z.object(reference), output: z.object({ example: ExampleSchema, exchange: ExchangeSchema }) },
  /**
   * Appends an answer to the request's file. The request goes as it was typed, with its variables by name. Headers that hold
   * secrets by their name, and Set-Cookie, are left out. Fails with `TooLarge` above 1 MiB of text, with `InvalidBody` where the
   * body is no text, with `SecretInFile` as saving does, unless `secrets` says otherwise.
   */
  'example.add': {
    input: z.object({
      id: NodeIdSchema,
      name,
      document: RequestDocumentSchema,
      response: ReceivedResponseSchema,
      /** Known secrets: refused, put by their names, or kept in clear. */
      secrets: z.enum(['refuse', 'reference', 'clear']).default('refuse'),
    }),
    output: z.object({ revision: z.string(), index: z.number().int(), leftOut: z.array(z.string()) }),
  },
  'example.rename': { input: z.object({ ...reference, to: name }), output: revised },
  /** `removal` brings it back, until the core is closed. */
  'example.remove': { input: z.object(reference), output: z.object({ revision: z.string(), removal: z.string() }) },
  'example.restore': { input: z.object({ removal: z.string().max(100) }), output: revised },
} as const
