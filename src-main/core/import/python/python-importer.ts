/**
 * Scripts that send requests by Python's requests. The script is parsed and followed as far as its values are known; it is
 * never run, and no file that it names is read.
 */
import type { Imported } from '../imported.ts'
import type { SourceFile } from '../import-source.ts'
import type { Importer } from '../importer.ts'
import { commentsOf } from './comments.ts'
import { finishImport } from './finish-import.ts'
import { parseScript } from './parse-script.ts'
import { readScript } from './read-script.ts'
import { joinImports } from './join-imports.ts'
import { checkMakesRequests } from './script-faults.ts'
import { readStatements } from './read-statements.ts'

/** How much of a text is looked at to tell what it is. */
const LOOKED_AT = 64 * 1024

// Of a line: `\s` would take in the lines after it, from each of them anew.
const IMPORTS = /^[^\S\n]*(?:>>>\s*|In \[\d+\]:\s*)?(?:import\s+(?:[\w.]+\s*,\s*){0,20}requests?\b|from\s+requests?(?:\.\w+)*\s+import\b)/m
const CALLS =
  /(?:^|[=(\s])(?:requests?|s|session|client|http)\.(?:get|post|put|patch|delete|head|options|request)\s*\(\s*(?:[frbu]{0,2}["'“‘]|url\b|\w+\s*[,)+])/im
const JAVASCRIPT = /\b(?:const|let|var)\s+[\w{[]|=>|;\s*$/m

export const pythonImporter: Importer = {
  format: 'python',
  detect: (file) => {
    const text = file.text.slice(0, LOOKED_AT)
    if (/^\s*[{[]/.test(text)) return text.includes('"nbformat"') || text.includes('"cell_type"') ? 2 : 0
    // Descriptions of an API have scripts in them as samples.
    if (/^(?:openapi|swagger|opencollection|meta|_type)\b/m.test(text)) return 0
    if (IMPORTS.test(text)) return 3
    if (CALLS.test(text) && !JAVASCRIPT.test(text)) return 2
    return /\.py$/i.test(file.name) ? 1 : 0
  },
  read: (files, { progress }) =>
    joinImports(
      files.map((file, index) => {
        const made = readFile(file)
        progress((index + 1) / files.length)
        return { file, made }
      }),
    ),
}

function readFile(file: SourceFile): Imported {
  const { tree, text, notes, lineOf } = parseScript(file)
  const statements = readStatements(tree.topNode, text)
  const machine = readScript(statements, text, lineOf)
  machine.notes.push(...notes)
  checkMakesRequests(machine, statements, file)
  return finishImport(machine, statements, commentsOf(tree, text, lineOf), file.name)
}
