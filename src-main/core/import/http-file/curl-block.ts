/** A block of a .http file that is a cURL command, as the REST Client of VS Code takes it. */
import type { RequestDocument } from '#contract/model/request.ts'
import { readCurl } from '../curl/curl-importer.ts'
import type { Notes } from '../notes.ts'
import { variablesOf } from '../request-parts/command-import.ts'
import type { Block } from './blocks.ts'
import type { NamedAnswers } from './named-answers.ts'
import { ownReferences } from './references.ts'
import { moreOf, nameOfBlock, optionsOf } from './request.ts'

/**
 * @returns one for each URL of the command
 * @throws {CoreError} `Unreadable` where a quotation mark of it is not closed
 */
export function documentsOfCommand(block: Block, file: string, notes: Notes, answers?: NamedAnswers): RequestDocument[] {
  const { request } = block
  if (request === null) return []
  const named = nameOfBlock(block)
  const say: Notes['add'] = (severity, message, line = request.line) => notes.add(severity, message, line, named)
  const command = [request.text, ...block.body].map((line) => ownReferences(line, say, answers)).join('\n')
  // Line breaks in front keep the numbers of its lines those of the file.
  const { items, shell } = readCurl({ name: file, text: '\n'.repeat(request.line - 1) + command }, notes)
  if (items.length === 0) say('lost', 'There is no URL in the command.')
  const { options, variables } = optionsOf(block.metas, '', say)
  const known = variablesOf([shell], notes).variables
  return items.map(({ document }) => ({
    ...document,
    ...(named !== '' && items.length === 1 && { name: named }),
    ...moreOf(block, [...variables, ...known], say),
    options: { ...document.options, ...options },
  }))
}
