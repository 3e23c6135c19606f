/**
 * The value of a secret that was typed into a request instead of its name: the name is put in its place wherever that
 * sends the same, so that it is hidden, exported and kept as a secret is.
 */
import { isDeepStrictEqual } from 'node:util'
import type { RequestDocument } from '#contract/model/request.ts'
import { createProblems } from '../prepare/problems.ts'
import { fillIn } from '../prepare/variables.ts'
import { resolveRequest, type Resolved, type ResolveInput } from './resolve-request.ts'
import { secretsIn, withReferences, type KnownSecret } from './held-secrets.ts'

/** Parts of a request that are each taken as a whole: with names in the place of values, or as typed. */
const PARTS = ['url', 'headers', 'body', 'auth', 'cookies'] as const

/** Resolve a request; the secrets of the result have those that were typed as well. @param known those around the request */
export async function resolveTyped(input: ResolveInput, known: readonly KnownSecret[]): Promise<Resolved> {
  const held = secretsIn(input.document, known)
  const typed = await resolveRequest(input)
  if (held.length === 0) return typed
  const referred = withReferences(input.document, held)
  const same = samePartsOf(typed, await resolveRequest({ ...input, document: referred }))
  const document: RequestDocument = { ...input.document, ...Object.fromEntries(same.map((part) => [part, referred[part]])) }
  const resolved = same.length === 0 ? typed : await resolveRequest({ ...input, document })
  const secrets = new Set([...resolved.layers.secrets, ...held.map(({ value }) => value)])
  return { ...resolved, typed: document, layers: { ...resolved.layers, secrets: [...secrets] } }
}

function samePartsOf(one: Resolved, other: Resolved): readonly (typeof PARTS)[number][] {
  const [first, second] = [one, other].map(({ document, variables }) => fillIn(document, variables, createProblems()))
  return PARTS.filter((part) => isDeepStrictEqual(first?.[part], second?.[part]))
}
