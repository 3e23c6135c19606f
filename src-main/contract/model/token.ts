/** An OAuth 2.0 token as the window shows it. It is kept in the private data folder, never in a collection. */
import { z } from 'zod'

export const TokenSchema = z.object({
  accessToken: z.string(),
  idToken: z.string().nullable(),
  refreshToken: z.string().nullable(),
  /** As the server wrote it, such as `Bearer`. */
  tokenType: z.string(),
  /** As granted; null where the server did not say, which means as asked. */
  scope: z.string().nullable(),
  /** Milliseconds since the epoch; null: the server did not say. */
  expiresAt: z.number().nullable(),
  obtainedAt: z.number(),
})
export type Token = z.infer<typeof TokenSchema>

/** The token that a request's settings lead to; null: there is none yet. */
export const TokenStatusSchema = z.object({ token: TokenSchema.nullable() })

/** Either the token is there, or the user has to sign in at `url` first: `oauth2.finish` then waits for that. */
export const TokenProgressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('token'), token: TokenSchema }),
  z.object({ kind: z.literal('authorize'), url: z.string(), attemptId: z.string() }),
])
