/**
 * Makes what code is generated from: the request prepared once more as ever, but with placeholders for what the code is to
 * read from its environment, and without what belongs to this machine alone (cookies of the jar, netrc).
 */
import type { WireError } from '#contract/errors.ts'
import type { SaveAnswer } from '#contract/model/code.ts'
import type { InheritedRow } from '#contract/model/prepared.ts'
import type { Body, RequestDocument, Row } from '#contract/model/request.ts'
import type { CodeNote, CodeSession, CodeSource } from '../codegen/code-source.ts'
import { withoutLargeBody } from '../codegen/large-body.ts'
import { createPlaceholders, type Placeholders } from '../codegen/placeholders.ts'
import { answerFileName } from '../codegen/save-answer.ts'
import { isSecretVariable } from '../import/credential-names.ts'
import { CoreError } from '../lib/core-error.ts'
import { createProblems } from '../prepare/problems.ts'
import type { Variables } from '../prepare/references.ts'
import { fillIn, fillRows } from '../prepare/variables.ts'
import type { Resolved } from '../resolve/resolve-request.ts'
import { prepareFor, typedDocument, type Prepared, type PrepareSubject, type Surroundings } from './prepare-for.ts'
import { graphqlText } from '../lib/graphql-text.ts'
import { isJson } from '../lib/is-json.ts'

/** What stands in code for an OAuth 2.0 token. */
const ACCESS_TOKEN = 'access_token'

export interface CodeSubject {
  readonly source: CodeSource
  /** Name of the session that it goes with. */
  readonly session: string
  readonly notes: readonly CodeNote[]
}

/** What requests have in common that are code in one place. */
export interface CodeSeries {
  readonly placeholders: Placeholders
  /** The text that stands for the value of a variable which a request before has taken from its answer; null: none has. */
  readonly capturedOf: (name: string) => string | null
}

/**
 * @param secrets `clear`: their values, and the cookies of the jar, are in it
 * @param save where the code is to write the answer, if it is; without `to` it is named after the URL
 * @param series absent: it is alone
 * @throws {CoreError} the first problem of a request of which nothing can be made
 */
export async function codeSourceOf(
  subject: PrepareSubject,
  around: Surroundings,
  secrets: 'environment' | 'clear',
  save: SaveAnswer | null = null,
  series: CodeSeries | null = null,
): Promise<CodeSubject> {
  const placeholders = series?.placeholders ?? createPlaceholders(subject.seed)
  const lookUp = lookUpOf(placeholders, secrets, series?.capturedOf ?? (() => null))
  const notes: CodeNote[] = []
  const isClear = secrets === 'clear'
  const prepared = async (document: RequestDocument): Promise<Prepared> =>
    isClear
      ? prepareFor({ ...subject, document, lookUp }, around)
      : prepareFor({ ...subject, document, withoutAmbient: true, lookUp }, impersonal(around, placeholders, notes))
  const filledIn = ({ resolved }: Prepared): { readonly form: RequestDocument; readonly variables: Variables } => {
    const variables = lookUp(resolved.variables)
    return { form: fillIn(resolved.document, variables, createProblems()), variables }
  }
  const document = await typedDocument(subject, around)
  const asAsked = await prepared(document)
  const isBroken = asAsked.problems.length > 0 && isBrokenJson(filledIn(asAsked).form.body, placeholders)
  const made = isBroken ? await prepared(asTyped(document)) : asAsked
  const { request, problems, resolved } = made
  const [first] = problems
  if (!request) throw first ? readable(first, placeholders) : new Error('A request that was not prepared has no problem.')
  const { form: whole, variables } = filledIn(made)
  const { form, notes: ofSize } = withoutLargeBody(whole, request.body?.bytes ?? null)
  return {
    source: {
      form: isBroken && form.body.kind === 'json' ? { ...form, body: { ...form.body, asTyped: false } } : form,
      inherited: {
        headers: filled(resolved.inherited.headers, variables),
        params: filled(resolved.inherited.params, variables),
        cookies: filled(resolved.inherited.cookies, variables),
      },
      session: sessionOf(resolved),
      omitted: resolved.omitted,
      request,
      placeholders,
      saveTo: save && saveName(save, answerFileName(request, form.body, placeholders)),
      jar: null,
      isFile: false,
    },
    session: resolved.session.name,
    notes: [...notes, ...ofSize],
  }
}

/** What is wrong, with the names of variables where placeholders stand for them. */
function readable(problem: WireError, { parts }: Placeholders): CoreError {
  const named = parts(problem.message).map((part) => (typeof part === 'string' ? part : 'env' in part ? `{{${part.env}}}` : ''))
  return CoreError.fromWire({ ...problem, message: named.join('') })
}

/** A request without an answer to save has no name for one. */
function saveName({ to }: SaveAnswer, own: string | null): string | null {
  return own === null || to === undefined || to === '' ? own : to
}

/** Whether a placeholder stands in place of a number or more, so that the text is no JSON for the moment. */
function isBrokenJson(body: Body, placeholders: Placeholders): boolean {
  const text = body.kind === 'json' ? body.text : body.kind === 'graphql' ? body.variables : ''
  return placeholders.isIn(text) && !isJson(text)
}

/** A body that is taken as it is, which any text can be. */
function asTyped(document: RequestDocument): RequestDocument {
  const { body } = document
  if (body.kind === 'json') return { ...document, body: { ...body, asTyped: true } }
  if (body.kind !== 'graphql') return document
  return { ...document, body: { kind: 'json', text: graphqlText(body), asTyped: true } }
}

function sessionOf({ layers, session, adapters }: Resolved): CodeSession {
  const isGiven = ({ origin, hidden }: InheritedRow): boolean => origin.layer === 'session' && !hidden
  const givesAuth = layers.auth?.origin.layer === 'session'
  return {
    gives: givesAuth || [layers.headers, layers.params, layers.cookies].some((rows) => rows.some(isGiven)),
    givesAuth,
    mounts: adapters.variants.map(({ options: { retry }, pool }, index) => ({
      prefix: session.adapters[index - 1]?.prefix ?? '',
      ...(retry && { retry }),
      ...(pool && { pool }),
    })),
  }
}

/** What has no value that code may hold (undefined, asked for, against its rules) is a placeholder too. */
function lookUpOf(
  placeholders: Placeholders,
  secrets: 'environment' | 'clear',
  capturedOf: CodeSeries['capturedOf'],
): (variables: Variables) => Variables {
  return ({ lookUp }) => ({
    lookUp: (name) => {
      const captured = capturedOf(name)
      if (captured !== null) return { kind: 'value', value: captured, isRaw: false }
      if (secrets === 'clear') return lookUp(name)
      const looked = /^process\.env\./.test(name) ? null : lookUp(name)
      return looked?.kind === 'value' ? looked : { kind: 'value', value: placeholders.of(name), isRaw: false }
    },
  })
}

function impersonal(around: Surroundings, placeholders: Placeholders, notes: CodeNote[]): Surroundings {
  return {
    ...around,
    tokenFor: async () => ({ value: placeholders.of(ACCESS_TOKEN), note: '', isExpired: false }),
    settings: {
      ...around.settings,
      secretOf: async (_layers, _origin, name) => placeholders.of(name),
      capturedIn: async (layers) => withoutSecrets(await around.settings.capturedIn(layers)),
      dotEnvOf: async (layers, path) => {
        const values = await around.settings.dotEnvOf(layers, path)
        return values && withoutSecrets(values)
      },
    },
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

/** Values of answers and of `.env` files are marked as secret by nobody: their names say it. */
function withoutSecrets(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !isSecretVariable(name, value)))
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
