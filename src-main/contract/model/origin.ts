/**
 * Where a value of a request comes from: the layers that make it up, the nearest first. One order for headers, params,
 * cookies, credentials and options: request, folders from the inside out, mounted adapter, session, collection,
 * settings, the process's environment, default. That of variables is in `docs/variables.md`.
 */
import { z } from 'zod'
import { CollectionIdSchema, NodeIdSchema } from './ids.ts'

export const OriginSchema = z.discriminatedUnion('layer', [
  z.object({ layer: z.literal('request') }),
  z.object({ layer: z.literal('folder'), id: NodeIdSchema, name: z.string() }),
  z.object({ layer: z.literal('adapter'), session: z.string(), prefix: z.string() }),
  z.object({ layer: z.literal('session'), name: z.string() }),
  z.object({ layer: z.literal('collection'), id: CollectionIdSchema.nullable(), name: z.string() }),
  /** An environment of the collection, or a file that one reads. */
  z.object({ layer: z.literal('environment'), name: z.string() }),
  z.object({ layer: z.literal('dotenv'), path: z.string() }),
  /** The environment of the process: `{{process.env.NAME}}`. */
  z.object({ layer: z.literal('process') }),
  /** Taken from an answer. */
  z.object({ layer: z.literal('captured') }),
  /** Given for this send: `--var`, a row of data, or an answer to a question. */
  z.object({ layer: z.literal('given') }),
  /** Made anew for each send: `{{$uuid}}`. */
  z.object({ layer: z.literal('dynamic') }),
  /** The settings of this machine. */
  z.object({ layer: z.literal('settings') }),
  z.object({ layer: z.literal('default') }),
])
export type Origin = z.infer<typeof OriginSchema>
