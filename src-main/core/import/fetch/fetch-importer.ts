/** Calls of `fetch` and axios in JavaScript, as browsers copy them and as scripts have them. */
import { importedRequest } from '../imported.ts'
import type { Importer } from '../importer.ts'
import type { SourceFile } from '../import-source.ts'
import { createNotes, unreadable, type Notes } from '../notes.ts'
import { commandImport } from '../request-parts/command-import.ts'
import { documentOf } from '../request-parts/raw-request.ts'
import { requestOfCall } from './calls.ts'
import { dottedName, readScript } from './js-program.ts'
import { Values } from './js-values.ts'

/** Calls of other clients, which send too. */
const OTHER_CLIENT =
  /^(?:(?:\$|jQuery)\.(?:ajax|get|post|getJSON)|(?:got|ky|superagent|needle)(?:\.(?:get|post|put|patch|delete|head))?|https?\.(?:get|request))$/

const CALL = /\b(?:fetch|axios(?:\.\w+)?)\s*\(/

export const fetchImporter: Importer = {
  format: 'fetch',
  detect: ({ name, text }) => {
    if (name !== '' && /\.\w+$/.test(name) && !/\.(?:[cm]?js|jsx|[cm]?ts|txt)$/i.test(name)) return 0
    const start = text.slice(0, 100_000)
    if (/^\s*(?:(?:const|let|var)\s+[\w{}, ]+=\s*)?(?:await\s+)?(?:window\.)?(?:fetch|axios(?:\.\w+)?)\s*\(/.test(start)) return 3
    return CALL.test(start) && !/^[^\S\n]*(?:import\s+\w+\s*$|from\s+\w+\s+import|def\s)/m.test(start) ? 2 : 0
  },
  read: (files, tools) => {
    const notes = createNotes()
    const reads = files.map((file, index) => {
      tools.progress(index / files.length)
      return readFile(file, notes)
    })
    const items = reads.flatMap((read) => read.items)
    if (items.length === 0) throw unreadable('There is no call of fetch or axios in the text.', files[0]?.name ?? '', 1, 1)
    return commandImport('fetch', items, reads, notes)
  },
}

function readFile(file: SourceFile, notes: Notes) {
  try {
    const script = readScript(file)
    const values = new Values(script, notes)
    const items = script.calls.flatMap((call) => {
      const raw = requestOfCall(call, script, values, notes)
      if (raw) return [importedRequest(documentOf(raw, notes))]
      const name = dottedName(call.callee) ?? ''
      if (OTHER_CLIENT.test(name))
        notes.add('lost', `A call of ${name} is not read: only those of fetch and axios are.`, call.loc?.start.line ?? 1)
      return []
    })
    const written = JSON.stringify(items)
    const used = new Set([...values.used].filter((name) => written.includes(`{{${name}}}`) && name !== 'expression'))
    return { items, used, values: new Map<string, string>() }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw unreadable('The script is nested too deeply.', file.name, 1, 1)
  }
}
