/** .http and .rest files: each block becomes a request, each file of several a folder. */
import type { Variable } from '#contract/model/variable.ts'
import { emptyImport, importedFolder, importedRequest, NO_DEFAULTS, type ImportedItem } from '../imported.ts'
import type { Importer } from '../importer.ts'
import type { SourceFile } from '../import-source.ts'
import { createNotes, unreadable, type Notes } from '../notes.ts'
import { hasRelativeFile, isSecretName } from '../request-parts/command-import.ts'
import { blocksOf, isCurlBlock, type FileVariable } from './blocks.ts'
import { documentsOfCommand } from './curl-block.ts'
import { environmentsOf, isEnvironmentFile } from './environments.ts'
import { ownReferences } from './references.ts'
import { documentOfBlock } from './request.ts'

const REQUEST = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|CONNECT|GRAPHQL|WEBSOCKET)[ \t]+\S/m

export const httpFileImporter: Importer = {
  format: 'http-file',
  detect: (file) => {
    if (isEnvironmentFile(file) || /\.(?:http|rest)$/i.test(file.name)) return 3
    if (/\.\w+$/.test(file.name) && !/\.(?:txt|md)$/i.test(file.name)) return 0
    const start = file.text.slice(0, 20_000)
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
      const { blocks, variables } = blocksOf(file.text)
      const items = blocks.flatMap((block) => {
        if (isCurlBlock(block)) return documentsOfCommand(block, file.name, notes).map((document) => importedRequest(document))
        const document = documentOfBlock(block, notes)
        return document ? [importedRequest(document)] : []
      })
      return { file, items, variables: variables.map((variable) => variableOf(variable, secrets, notes)) }
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

function folderName({ name }: SourceFile): string {
  return name.replace(/^.*[\\/]/s, '').replace(/\.(?:http|rest|txt)$/i, '')
}

function variableOf({ name, value }: FileVariable, secrets: [string, string][], notes: Notes): Variable {
  const own = ownReferences(value, notes.add)
  const isSecret = isSecretName(name) && own !== '' && !/^\{\{[^{}]*\}\}$/.test(own)
  if (isSecret) secrets.push([name, own])
  return { name, value: isSecret ? '' : own, enabled: true, ...(isSecret && { secret: true }) }
}
