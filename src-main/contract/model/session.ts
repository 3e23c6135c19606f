/**
 * A session: requests' `Session` as something to see and edit. It is kept in its collection's `opencollection.yml`, under
 * `extensions.posthaste.sessions`; its cookie jar is private and elsewhere.
 */
import { z } from 'zod'
import { VariableSchema } from './variable.ts'
import { AuthSchema, OptionsSchema, RowSchema } from './request.ts'
import { ScriptSchema } from './script.ts'

const PoolSchema = z.object({
  /** Connections to one origin at a time. */
  maxConnections: z.number().int().optional(),
  /** Seconds that an idle connection is kept. */
  keepAlive: z.number().optional(),
})

/** Options for the URLs below a prefix, as requests mounts an `HTTPAdapter`. */
export const AdapterSchema = z.object({
  /** Scheme, host and path; the longest that matches a URL, on its parsed origin and path, wins. */
  prefix: z.string(),
  pool: PoolSchema.optional(),
  ...OptionsSchema.pick({ retry: true, timeout: true, tls: true, http2: true, verify: true, cert: true, proxies: true }).shape,
})
export type Adapter = z.infer<typeof AdapterSchema>

export const SessionSchema = z.object({
  name: z.string(),
  headers: z.array(RowSchema),
  params: z.array(RowSchema),
  /** Sent with every request, beside those of the jar. */
  cookies: z.array(RowSchema),
  /** `none` and `inherit` say the same: it has no credentials. */
  auth: AuthSchema,
  options: OptionsSchema,
  adapters: z.array(AdapterSchema),
})
export type Session = z.infer<typeof SessionSchema>

/** A session that has another name now; its cookies go with it. */
export const SessionRenameSchema = z.object({ from: z.string().max(10_000), to: z.string().max(10_000) })
export type SessionRename = z.infer<typeof SessionRenameSchema>

/** Names what was put aside when sessions were removed. */
export const RemovalSchema = z.string().regex(/^[0-9a-f]{18}$/)

/** What a folder or a collection gives to every request in it. */
export const DefaultsSchema = z.object({
  headers: z.array(RowSchema),
  /** `none` where it says nothing, `inherit` where it says to look further up. */
  auth: AuthSchema,
  variables: z.array(VariableSchema),
  options: OptionsSchema,
})
export type Defaults = z.infer<typeof DefaultsSchema>

/** The same with the scripts that run around each of those requests. */
export const ScriptedDefaultsSchema = DefaultsSchema.extend({
  /** Absent: there are none. */
  scripts: z.array(ScriptSchema).optional(),
})
export type ScriptedDefaults = z.infer<typeof ScriptedDefaultsSchema>

export const EnvironmentSchema = z.object({
  name: z.string(),
  /** Name of the environment whose variables hold where this one has none of the name. */
  extends: z.string().nullable(),
  /** Path of a `.env` file, relative to the collection's root; its values hold where no variable of the environment does. */
  dotEnvPath: z.string().nullable(),
  color: z.string().nullable(),
  variables: z.array(VariableSchema),
})
export type Environment = z.infer<typeof EnvironmentSchema>
