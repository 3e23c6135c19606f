/** Variables: names that stand for text, `{{name}}`, and what is known of where each value comes from. */
import { z } from 'zod'
import { OriginSchema } from './origin.ts'

/** What a value must be for Send to go on. An absent rule asks for nothing. */
export const VariableRulesSchema = z.object({
  /** Not empty. */
  required: z.boolean().optional(),
  type: z.enum(['string', 'number', 'integer', 'boolean', 'url', 'email', 'uuid', 'json']).optional(),
  /** In characters (code points). */
  minLength: z.number().int().optional(),
  maxLength: z.number().int().optional(),
  /** A regular expression (ECMAScript, flag `u`) that the whole value matches. */
  pattern: z.string().optional(),
})
export type VariableRules = z.infer<typeof VariableRulesSchema>

/** A variable as a scope defines it. */
export const VariableSchema = z.object({
  name: z.string(),
  /** Empty where `secret`: the value is then in the vault of the private data folder, never in a file that is shared. */
  value: z.string(),
  enabled: z.boolean(),
  description: z.string().optional(),
  secret: z.boolean().optional(),
  /** Put in as it is, in a URL too; otherwise it is encoded for its place. */
  raw: z.boolean().optional(),
  /** Asked for at each send and never kept. */
  ask: z.boolean().optional(),
  rules: VariableRulesSchema.optional(),
})
export type Variable = z.infer<typeof VariableSchema>

/** A variable as a request meets it: the value that wins, and where it is from. */
export const FoundVariableSchema = z.object({
  name: z.string(),
  /** With the references in it filled in; of a secret it is the secret, for the window to mask. */
  value: z.string(),
  origin: OriginSchema,
  secret: z.boolean(),
  description: z.string().optional(),
})
export type FoundVariable = z.infer<typeof FoundVariableSchema>

/** A variable that has to be asked for before the request can be sent. */
export const AskedVariableSchema = z.object({
  name: z.string(),
  description: z.string().optional(),
  secret: z.boolean(),
  rules: VariableRulesSchema.optional(),
  origin: OriginSchema,
})
export type AskedVariable = z.infer<typeof AskedVariableSchema>
