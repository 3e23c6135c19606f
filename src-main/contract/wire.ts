/**
 * The frames that cross between a window and its host, whatever carries them (Electron's IPC or a WebSocket).
 * A call is answered by one reply with its id; a cancel aborts the call of that id; events come unasked.
 */
import { z } from 'zod'
import { WireErrorSchema } from './errors.ts'

export const CallFrameSchema = z.object({
  type: z.literal('call'),
  id: z.number().int().min(0),
  name: z.string().max(100),
  input: z.unknown().optional(),
})
export const CancelFrameSchema = z.object({ type: z.literal('cancel'), id: z.number().int().min(0) })
export const ClientFrameSchema = z.discriminatedUnion('type', [CallFrameSchema, CancelFrameSchema])
export type ClientFrame = z.infer<typeof ClientFrameSchema>

export const ReplyFrameSchema = z.object({
  type: z.literal('reply'),
  id: z.number().int(),
  result: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: z.unknown() }),
    z.object({ ok: z.literal(false), error: WireErrorSchema }),
  ]),
})
export const EventFrameSchema = z.object({ type: z.literal('event'), name: z.string(), payload: z.unknown() })
export const ServerFrameSchema = z.discriminatedUnion('type', [ReplyFrameSchema, EventFrameSchema])
export type ServerFrame = z.infer<typeof ServerFrameSchema>

export { MAX_FRAME_BYTES } from './frame-limits.ts'
