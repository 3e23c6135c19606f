/** Which field of the editor a step of undo changed, from the name that the step was given: `headers.2.value`. */
import type { FieldRef } from '#contract/errors.ts'

const SECTIONS = ['method', 'url', 'params', 'headers', 'body', 'auth', 'cookies', 'options', 'variables', 'tests'] as const

/** Null for a step that belongs to no field, such as the file's text being taken. */
export function placeOfStep(step: string): FieldRef | null {
  const [first = '', second = '', ...rest] = step.replace(/#\d+$/, '').split('.')
  const section = SECTIONS.find((one) => one === first)
  if (section === undefined) return null
  // Rows of the table of params are not those of the document: its path params stand elsewhere.
  if (/^\d+$/.test(second) && section !== 'params')
    return { section, row: Number(second), ...(rest[0] !== undefined && { field: rest[0] }) }
  return second === '' || section === 'method' || section === 'url' ? { section } : { section, field: [second, ...rest].join('.') }
}
