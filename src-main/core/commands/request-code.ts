/** Code of one request, for whoever asks: credentials that were typed in clear are read from the environment, unless they are asked for. */
import type { SaveAnswer } from '#contract/model/code.ts'
import type { CodeLanguageId } from '#contract/model/code-languages.ts'
import type { CodeNote } from '../codegen/code-source.ts'
import { generatorOf } from '../codegen/languages.ts'
import type { Placeholders } from '../codegen/placeholders.ts'
import { codeSourceOf } from './code-source.ts'
import type { PrepareSubject, Surroundings } from './prepare-for.ts'
import { withoutTypedCredentials } from './typed-credentials.ts'

export interface CodeWishes {
  readonly language: CodeLanguageId
  /** `typed`: only credentials that were typed in clear stay so; `clear`: the values of secrets and the cookies of the jar stand in it, too. */
  readonly secrets: 'environment' | 'typed' | 'clear'
  /** Absent: the answer is shown. */
  readonly save?: SaveAnswer | undefined
  /** Whether it is to stand in a file, rather than be pasted. */
  readonly isFile?: true
}

export interface RequestCode {
  readonly text: string
  readonly notes: readonly CodeNote[]
  /** Names of the environment variables that it reads. */
  readonly environment: readonly string[]
}

/** @throws {CoreError} the first problem of a request of which nothing can be made */
export async function codeOfRequest(subject: PrepareSubject, around: Surroundings, wishes: CodeWishes): Promise<RequestCode> {
  const { language, secrets, save } = wishes
  const asked = secrets === 'environment' ? await withHidden(subject, around) : { subject, hidden: [] }
  const { source, notes } = await codeSourceOf(asked.subject, around, secrets === 'clear' ? 'clear' : 'environment', save ?? null)
  const code = (await generatorOf(language))({ ...source, isFile: wishes.isFile === true && language === 'curl-cmd' })
  const { placeholders } = source
  return {
    text: code.text,
    notes: [...code.notes, ...notes, ...typedNotes(asked.hidden, placeholders)],
    environment: placeholders.names(),
  }
}

async function withHidden(
  subject: PrepareSubject,
  { settings }: Surroundings,
): Promise<{ readonly subject: PrepareSubject; readonly hidden: readonly string[] }> {
  const layers = subject.layers ?? (await settings.layersAt(subject.place))
  const { requests, hidden } = await withoutTypedCredentials([{ ...subject, layers }], settings.knownSecrets)
  return { subject: requests[0] ?? subject, hidden }
}

/** Which of what the code reads stands for what was typed in clear. */
export function typedNotes(hidden: readonly string[], { envOf }: Placeholders): CodeNote[] {
  const names = hidden.flatMap((name) => envOf(name) ?? [])
  if (names.length === 0) return []
  const words = names.length === 1 ? 'stands for a credential that is' : 'stand for credentials that are'
  return [{ severity: 'changed', message: `${names.join(', ')} ${words} typed in clear.` }]
}
