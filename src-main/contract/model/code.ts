/** A request as code: the same request as the preview's, in another language. */
import { z } from 'zod'
import { CODE_LANGUAGES, type CodeLanguageId } from './code-languages.ts'
import { ImportNoteSchema } from './import.ts'

export const CodeLanguageSchema = z.enum(CODE_LANGUAGES.map(({ id }) => id) as [CodeLanguageId, ...CodeLanguageId[]])

/** The answer goes to a file as it comes, and a status that says failure ends the program. `to`: its path; else it is named after the URL. */
const SaveAnswerSchema = z.object({ to: z.string().max(4096).optional() })
export type SaveAnswer = z.infer<typeof SaveAnswerSchema>

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
        /** Absent: the answer is shown. */
        save: SaveAnswerSchema.optional(),
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
