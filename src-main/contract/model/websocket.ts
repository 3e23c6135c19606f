/**
 * WebSocket requests (RFC 6455): the messages that a request keeps to be sent, what goes to and fro while the connection
 * is open, and the calls that send and close. Connecting is an exchange like any other, answered by a 101.
 */
import { z } from 'zod'
import { ExchangeIdSchema } from './ids.ts'

export const SOCKET_MESSAGE_KINDS = ['text', 'json', 'xml', 'binary'] as const

/** A message to be sent, as it is kept in the file. `json` and `xml` are sent as text; `binary` is Base64. */
export const SocketMessageSchema = z.object({
  title: z.string(),
  type: z.enum(SOCKET_MESSAGE_KINDS),
  data: z.string(),
})
export type SocketMessage = z.infer<typeof SocketMessageSchema>

/** One event of an open connection, a line of its log. */
export const SocketEventSchema = z.object({
  from: z.enum(['client', 'server']),
  type: z.enum(['text', 'binary', 'ping', 'pong', 'close']),
  /** Text, the reason of a close, or Base64 of what is binary. */
  data: z.string(),
  /** Of the payload. */
  bytes: z.number().int(),
  /** Of a close: its status (RFC 6455 §7.4), 1005 where it had none, 1006 where the connection broke off. */
  code: z.number().int().optional(),
})
export type SocketEvent = z.infer<typeof SocketEventSchema>

/** Type of the body that a log is kept as: a `SocketEvent` as JSON in each line. */
export const SOCKET_LOG_TYPE = 'application/vnd.posthaste.websocket-log'

const CloseCodeSchema = z.union([z.literal(1000), z.number().int().min(3000).max(4999)])
/** A message is whole in memory on its way; a larger one is for a file upload. */
const MAX_MESSAGE_CHARACTERS = 64 * 1024 * 1024
const nothing = z.object({})

/** @param subject the request whose variables a message is filled in with */
export function socketCommands<S extends z.ZodRawShape>(subject: S) {
  return {
    /** Fails with `Unavailable` where the WebSocket is not open, `UndefinedVariable`, `InvalidBody`. */
    'socket.send': {
      input: z.object({
        ...subject,
        exchangeId: ExchangeIdSchema,
        type: z.enum(SOCKET_MESSAGE_KINDS),
        data: z.string().max(MAX_MESSAGE_CHARACTERS),
      }),
      output: nothing,
    },
    /** Closes as RFC 6455 §7.1.2 asks for; the exchange ends when the other side has answered, or after two seconds. */
    'socket.close': {
      input: z.object({ exchangeId: ExchangeIdSchema, code: CloseCodeSchema.default(1000), reason: z.string().max(120).default('') }),
      output: nothing,
    },
  } as const
}
