/** The text of a new request's file. */
import { CoreError } from '../lib/core-error.ts'
import type { NewRequest } from './additions.ts'
import { withExamples } from './opencollection/examples-format.ts'
import { newRequestText } from './opencollection/request-format.ts'
import { MAX_FILE_BYTES } from './text-file.ts'

/** @throws {CoreError} `TooLarge` */
export function requestText({ document, examples }: Pick<NewRequest, 'document' | 'examples'>, seq: number): string {
  const name = document.name.trim() === '' ? 'Untitled request' : document.name
  const text = withExamples(newRequestText({ ...document, name }, seq), examples, name)
  if (Buffer.byteLength(text) <= MAX_FILE_BYTES) return text
  throw new CoreError('TooLarge', 'store', `${name} is larger than the file of a request can be.`, {
    hint: 'Put its body into a file of its own.',
  })
}
