/** Whether a body holds to a JSON Schema, which stands in the expression or in a file. */
import type { AnswerBody } from './answer-body.ts'
import type { SchemaSource } from './expression.ts'
import { known, problem, type CheckProblem, type Known } from './value.ts'

/** A schema's text, by a path below the collection's folder. */
export type ReadSchema = (path: string) => Promise<string | CheckProblem>

/** How long validating may take, in milliseconds. */
const SCHEMA_MS = 10_000

export async function schemaValue(schema: SchemaSource, body: AnswerBody, readSchema: ReadSchema): Promise<Known | CheckProblem> {
  const text = schema.kind === 'inline' ? schema.text : await readSchema(schema.path)
  if (typeof text !== 'string') return text
  const result = await body.task(({ source, encoding }) => ({ kind: 'schema', schema: text, source, encoding, timeMs: SCHEMA_MS }))
  if (result.kind === 'problem') return problem(result.message)
  if (result.kind !== 'validity') throw new Error(`The query worker answered with ${result.kind}.`)
  return result.faults.length === 0 ? known(true) : { ...known(false), shown: result.faults.join('\n') }
}
