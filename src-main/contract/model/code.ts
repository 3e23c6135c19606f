/** A request as code: the same request as the preview's, in another language. */
import { z } from 'zod'
import { ImportNoteSchema } from './import.ts'

/** What the window calls each language, the ones of a group beside each other; `editor` is its name among Monaco's languages. */
export const CODE_LANGUAGES = [{ id: 'python', title: 'requests', group: 'Python', editor: 'python' }] as const satisfies readonly {
  readonly id: string
  readonly title: string
  readonly group: string
  readonly editor: string
}[]
export type CodeLanguageId = (typeof CODE_LANGUAGES)[number]['id']
export const CodeLanguageSchema = z.enum(CODE_LANGUAGES.map(({ id }) => id) as [CodeLanguageId, ...CodeLanguageId[]])

/** @param subject what names a request with everything around it */
export function codeCommands<S extends z.ZodRawShape>(subject: S) {
  return {
    /**
     * Fails with the first problem of the request where nothing can be made of it, as an address that is none. Secret,
     * undefined and asked-for variables are read from the environment of the program, by their names.
     */
    'code.generate': {
      input: z.object({
        ...subject,
        language: CodeLanguageSchema,
        /** `clear`: the values of secrets, and the cookies of the jar, stand in the code. */
        secrets: z.enum(['environment', 'clear']).default('environment'),
      }),
      output: z.object({
        text: z.string(),
        /** What the code does not say as the request does. */
        notes: z.array(ImportNoteSchema.pick({ severity: true, message: true })),
        /** Names of the environment variables that it reads. */
        environment: z.array(z.string()),
      }),
    },
  } as const
}
