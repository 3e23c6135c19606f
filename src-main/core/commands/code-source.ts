/**
 * Makes what code is generated from: the request prepared once more as ever, but with placeholders for what the code is to
 * read from its environment, and without what belongs to this machine alone (cookies of the jar, netrc).
 */
import type { InheritedRow } from '#contract/model/prepared.ts'
import type { RequestDocument, Row } from '#contract/model/request.ts'
import type { CodeNote, CodeSource } from '../codegen/code-source.ts'
import { createPlaceholders, type Placeholders } from '../codegen/placeholders.ts'
import { CoreError } from '../lib/core-error.ts'
import { createProblems } from '../prepare/problems.ts'
import type { Variables } from '../prepare/references.ts'
import { fillIn, fillRows } from '../prepare/variables.ts'
import { prepareFor, type Prepared, type PrepareSubject, type Surroundings } from './prepare-for.ts'

/** What stands in code for an OAuth 2.0 token. */
const ACCESS_TOKEN = 'access_token'

export interface CodeSubject {
  readonly source: CodeSource
  readonly notes: readonly CodeNote[]
}

/**
 * @param secrets `clear`: their values, and the cookies of the jar, are in it
 * @throws {CoreError} the first problem of a request of which nothing can be made
 */
export async function codeSourceOf(subject: PrepareSubject, around: Surroundings, secrets: 'environment' | 'clear'): Promise<CodeSubject> {
  const placeholders = createPlaceholders(subject.seed)
  const notes: CodeNote[] = []
  const isClear = secrets === 'clear'
  const prepared = (document: RequestDocument): Promise<Prepared> => {
    if (isClear) return prepareFor({ ...subject, document }, around)
    const asked = { ...subject, document, withoutAmbient: true, lookUp: placeheld(placeholders) }
    return prepareFor(asked, impersonal(around, placeholders, notes))
  }
  const asIs = await prepared(subject.document)
  const { request, problems, resolved } = asIs.request || isClear ? asIs : await prepared(asTyped(subject.document))
  const [first] = problems
  if (!request) throw first ? CoreError.fromWire(first) : new Error('A request that was not prepared has no problem.')
  const variables = isClear ? resolved.variables : placeheld(placeholders)(resolved.variables)
  return {
    source: {
      form: fillIn(resolved.document, variables, createProblems()),
      inherited: {
        headers: filled(resolved.inherited.headers, variables),
        params: filled(resolved.inherited.params, variables),
        cookies: filled(resolved.inherited.cookies, variables),
      },
      omitted: resolved.omitted,
      request,
      placeholders,
    },
    notes,
  }
}

/** A placeholder where a number stands makes a text that is no JSON; it is to be taken as it is. */
function asTyped(document: RequestDocument): RequestDocument {
  return document.body.kind === 'json' ? { ...document, body: { ...document.body, asTyped: true } } : document
}

/** What has no value that code may hold (undefined, asked for, against its rules) is a placeholder too. */
function placeheld(placeholders: Placeholders): (variables: Variables) => Variables {
  return ({ lookUp }) => ({
    lookUp: (name) => {
      const looked = /^process\.env\./.test(name) ? null : lookUp(name)
      return looked?.kind === 'value' ? looked : { kind: 'value', value: placeholders.of(name), isRaw: false }
    },
  })
}

function impersonal(around: Surroundings, placeholders: Placeholders, notes: CodeNote[]): Surroundings {
  return {
    ...around,
    tokenFor: async () => ({ value: placeholders.of(ACCESS_TOKEN), note: '', isExpired: false }),
    settings: { ...around.settings, secretOf: async (_layers, _origin, name) => placeholders.of(name) },
    jarFor: async (key) => {
      const jar = await around.jarFor(key)
      return {
        ...jar,
        cookiesFor: (...asked) => {
          const { length } = jar.cookiesFor(...asked)
          if (length > 0 && notes.length === 0) notes.push(cookiesLeftOut(length))
          return []
        },
      }
    },
  }
}

function cookiesLeftOut(count: number): CodeNote {
  const which = count === 1 ? 'A cookie of the jar is' : `${count} cookies of the jar are`
  return { severity: 'lost', message: `${which} not in the code: cookies sign people in.` }
}

function filled(rows: readonly InheritedRow[], variables: Variables): Row[] {
  return fillRows(
    rows.map(({ row }) => row),
    'headers',
    variables,
    createProblems(),
  )
}
