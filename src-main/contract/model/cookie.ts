/**
 * Cookies as they are kept: which jar holds them, and all that is known of each. What a response set is described by
 * `exchange.ts`; the two share their words.
 */
import { z } from 'zod'
import { ResponseCookieSchema } from './exchange.ts'
import { CollectionIdSchema } from './ids.ts'
import { InstantSchema } from './instant.ts'
import { BehaviourSchema } from './wire-options.ts'

/** Whose cookies: a session of a collection, or of requests outside any (null). Session names are any text. */
export const JarKeySchema = z.object({ collectionId: CollectionIdSchema.nullable(), session: z.string().max(10_000) })
export type JarKey = z.infer<typeof JarKeySchema>

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
  expires: InstantSchema.nullable(),
  created: InstantSchema.nullable(),
  /** When it was last set or sent. */
  lastUsed: InstantSchema.nullable(),
  /** The value's bytes, one character each, where they are not UTF-8 text. */
  rawValue: z.string().optional(),
})
export type KeptCookie = z.infer<typeof KeptCookieSchema>

/** A cookie as a person writes it down. */
export const CookieFieldsSchema = z.object({
  name: z.string().max(65_536),
  value: z.string().max(65_536),
  /** A host or an IP address; a dot before it says `hostOnly: false`. */
  domain: z.string().max(1000),
  hostOnly: z.boolean(),
  path: z.string().max(65_536),
  /** ISO 8601, or null for a session cookie. */
  expires: z.string().max(100).nullable(),
  secure: z.boolean(),
  httpOnly: z.boolean(),
  sameSite: z.enum(['strict', 'lax', 'none']).nullable(),
})
export type CookieFields = z.infer<typeof CookieFieldsSchema>

export const CookieProblemSchema = z.object({ field: CookieFieldsSchema.keyof(), message: z.string(), hint: z.string().optional() })
export type CookieProblem = z.infer<typeof CookieProblemSchema>

/** A cookie and whether it goes to some URL. `reason` says why it does not; null where it does. */
export const CookieForUrlSchema = z.object({ cookie: KeptCookieSchema, isSent: z.boolean(), reason: z.string().nullable() })
export type CookieForUrl = z.infer<typeof CookieForUrlSchema>

/** What of a text could not be imported: which line, or which entry of a JSON list, from 1; null: all of it. */
export const ImportProblemSchema = z.object({ at: z.number().int().nullable(), unit: z.enum(['line', 'entry']), message: z.string() })
export type ImportProblem = z.infer<typeof ImportProblemSchema>

/** The commands on cookie jars. */
export const COOKIE_COMMANDS = {
  /** Every jar there is, that of requests without a session first. */
  'cookies.jars': { input: z.object({}), output: z.object({ jars: z.array(z.object({ key: JarKeySchema, count: z.number().int() })) }) },
  /** Cookies that have not expired, oldest first: all, those whose domain holds a text, or those that could go to a host. */
  'cookies.list': {
    input: z.object({ jar: JarKeySchema, domain: z.string().max(1000).optional(), host: z.string().max(1000).optional() }),
    output: z.object({ cookies: z.array(KeptCookieSchema) }),
  },
  /** Adds a cookie, or changes the one that `replaces` names. `replaced` is what it was before. */
  'cookies.set': {
    input: z.object({ jar: JarKeySchema, cookie: CookieFieldsSchema, replaces: CookieIdSchema.nullable() }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('saved'), cookie: KeptCookieSchema, replaced: KeptCookieSchema.nullable() }),
      z.object({ kind: z.literal('refused'), problems: z.array(CookieProblemSchema).min(1) }),
    ]),
  },
  /** What was removed comes back, for `cookies.restore`. */
  'cookies.remove': {
    input: z.object({ jar: JarKeySchema, cookies: z.array(CookieIdSchema).max(100_000) }),
    output: z.object({ removed: z.array(KeptCookieSchema) }),
  },
  /** Removes all cookies, or those that could go to a host: its own and those of the domains above it. */
  'cookies.clear': {
    input: z.object({ jar: JarKeySchema, host: z.string().max(1000).nullable() }),
    output: z.object({ removed: z.array(KeptCookieSchema) }),
  },
  /** Puts cookies back. One that has been set again meanwhile stays as it is. */
  'cookies.restore': {
    input: z.object({ jar: JarKeySchema, cookies: z.array(KeptCookieSchema).max(100_000) }),
    output: z.object({ restored: z.number().int() }),
  },
  /** Adds the cookies of a Netscape cookies.txt or of a JSON list; what cannot be understood is told of and left out. */
  'cookies.import': {
    input: z.object({ jar: JarKeySchema, text: z.string().max(5_000_000) }),
    output: z.object({
      imported: z.array(CookieIdSchema),
      /** What those of the same name, domain and path were before. */
      replaced: z.array(KeptCookieSchema),
      problems: z.array(ImportProblemSchema),
    }),
  },
  'cookies.export': {
    input: z.object({ jar: JarKeySchema, format: z.enum(['netscape', 'json']) }),
    output: z.object({
      text: z.string(),
      count: z.number().int(),
      /** Names of cookies that the format cannot hold. */
      leftOut: z.array(z.string()),
    }),
  },
  /** The cookies that have to do with a URL's site: which would go to it now, and why the others would not. */
  'cookies.forUrl': {
    input: z.object({ jar: JarKeySchema, url: z.string().max(1_000_000), behaviour: BehaviourSchema.optional() }),
    output: z.object({ cookies: z.array(CookieForUrlSchema) }),
  },
} as const
