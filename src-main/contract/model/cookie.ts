/**
 * Cookies as they are kept: which jar holds them, and all that is known of each. What a response set is described by
 * `exchange.ts`; the two share their words.
 */
import { z } from 'zod'
import { ResponseCookieSchema } from './exchange.ts'
import { CollectionIdSchema } from './ids.ts'

/** Whose cookies: a session of a collection, or of requests outside any (null). Session names are any text. */
export const JarKeySchema = z.object({ collectionId: CollectionIdSchema.nullable(), session: z.string().min(1).max(500) })
export type JarKey = z.infer<typeof JarKeySchema>

/** The jar of every request that names no session. */
export const DEFAULT_JAR: JarKey = { collectionId: null, session: 'default' }

/** What tells one cookie of a jar from another (RFC 6265 §5.3). */
export const CookieIdSchema = z.object({
  name: z.string().max(65_536),
  domain: z.string().max(1000),
  path: z.string().max(65_536),
})
export type CookieId = z.infer<typeof CookieIdSchema>

export const KeptCookieSchema = ResponseCookieSchema.extend({
  domain: z.string(),
  path: z.string(),
  /** It goes to its domain alone, not to the hosts under it. */
  hostOnly: z.boolean(),
  /** ISO 8601. */
  created: z.string().nullable(),
  /** When it was last set or sent, ISO 8601. */
  lastUsed: z.string().nullable(),
  /** The value's bytes, one character each, where they are not UTF-8 text. */
  rawValue: z.string().optional(),
})
export type KeptCookie = z.infer<typeof KeptCookieSchema>
