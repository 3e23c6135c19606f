/** .http and .rest files: each block becomes a request, each file of several a folder. */
import type { Capture } from '#contract/model/capture.ts'
import type { Variable } from '#contract/model/variable.ts'
import { emptyImport, importedFolder, importedRequest, NO_DEFAULTS, type ImportedItem } from '../imported.ts'
import { withCaptures } from '../collection-parts/captures.ts'
import type { Importer } from '../importer.ts'
import type { SourceFile } from '../import-source.ts'
import { createNotes, unreadable, type Notes } from '../notes.ts'
import { hasRelativeFile, isSecretName } from '../request-parts/command-import.ts'
import { blocksOf, isCurlBlock, type FileVariable } from './blocks.ts'
import { documentsOfCommand } from './curl-block.ts'
import { environmentsOf, isEnvironmentFile } from './environments.ts'
import { ownReferences } from './references.ts'
import { createNamedAnswers, type NamedAnswers } from './named-answers.ts'
import { documentOfBlock, metaName } from './request.ts'

const REQUEST = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|CONNECT|GRAPHQL|WEBSOCKET)[ \t]+\S/m

export const httpFileImporter: Importer = {
  format: 'http-file',
  detect: (file) => {
    if (isEnvironmentFile(file) || /\.(?:http|rest)$/i.test(file.name)) return 3
    if (/\.\w+$/.test(file.name) && !/\.(?:txt|md)$/i.test(file.name)) return 0
    const start = file.text.slice(0, 20_000)
    // What no script of a shell begins with, though there may be commands in its blocks.
    if (/^\s*(?:###|@[\w-]+[ \t]*=)/.test(start) && REQUEST.test(start)) return 3
    return REQUEST.test(start) && (/^###/m.test(start) || /^@\w+\s*=/m.test(start) || /^\s*[A-Z]+[ \t]+(?:https?:|\{\{)/.test(start))
      ? 2
      : 0
  },
  read: (files, tools) => {
    const notes = createNotes()
    const sources = files.filter((file) => !isEnvironmentFile(file))
    const secrets: [string, string][] = []
    const reads = sources.map((file, index) => {
      tools.progress(index / sources.length)
      return { file, ...readFile(file, secrets, notes) }
    })
    const environments = environmentsOf(files.filter(isEnvironmentFile), notes)
    const [first] = reads
    if (reads.every(({ items }) => items.length === 0) && environments.length === 0)
      throw unreadable('There is no request in the text.', files[0]?.name ?? '', 1, 1)
    const isOne = reads.length === 1
    const items: ImportedItem[] =
      isOne && first
        ? first.items
        : reads.map(({ file, items: own, variables }) =>
            importedFolder(folderName(file), own, {
              defaults: { ...NO_DEFAULTS, variables: variables.filter((one) => one.secret !== true) },
            }),
          )
    if (items.some(hasRelativeFile)) notes.add('changed', 'Files whose path is relative are looked for in the folder of the collection.')
    const shared = isOne && first ? first.variables : reads.flatMap(({ variables }) => variables.filter((one) => one.secret === true))
    return {
      ...emptyImport('http-file'),
      name: isOne && first ? folderName(first.file) : '',
      items,
      environments,
      defaults: { ...NO_DEFAULTS, variables: shared },
      secrets: Object.fromEntries(secrets),
      notes: notes.list,
    }
  },
}

function readFile(file: SourceFile, secrets: [string, string][], notes: Notes): { items: ImportedItem[]; variables: Variable[] } {
  const { blocks, variables } = blocksOf(file.text)
  const answers = createNamedAnswers(blocks.map(metaName).filter((name) => name !== ''))
  const captures = new Map<ImportedItem, readonly Capture[]>()
  const items = blocks.flatMap((block) => {
    const documents = isCurlBlock(block)
      ? documentsOfCommand(block, file.name, notes, answers)
      : [documentOfBlock(block, notes, answers)].filter((one) => one !== null)
    const made = documents.map((document) => importedRequest(document))
    for (const item of made) captures.set(item, answers.capturesOf(metaName(block)))
    return made
  })
  const known = variables.map((variable) => variableOf(variable, secrets, notes, answers))
  return { items: withCaptures(items, captures), variables: known }
}

function folderName({ name }: SourceFile): string {
  return name.replace(/^.*[\\/]/s, '').replace(/\.(?:http|rest|txt)$/i, '')
}

function variableOf({ name, value }: FileVariable, secrets: [string, string][], notes: Notes, answers: NamedAnswers): Variable {
  const own = ownReferences(value, notes.add, answers)
  const isSecret = isSecretName(name) && own !== '' && !/^\{\{[^{}]*\}\}$/.test(own)
  if (isSecret) secrets.push([name, own])
  return { name, value: isSecret ? '' : own, enabled: true, ...(isSecret && { secret: true }) }
}
