/** Several scripts that were handed over together: a folder for each that makes requests. */
import { emptyImport, importedFolder, type Imported, type ImportedItem } from '../imported.ts'
import type { SourceFile } from '../import-source.ts'

export function joinImports(all: readonly { readonly file: SourceFile; readonly made: Imported }[]): Imported {
  const [only] = all
  if (!only) return emptyImport('python')
  if (all.length === 1) return only.made
  const variables = new Map(all.flatMap(({ made }) => made.defaults.variables).map((variable) => [variable.name, variable]))
  const taken = new Set<string>()
  const apart = all.map(({ made, file }) => ({ file, made: withOwnSessions(made, taken) }))
  return {
    ...emptyImport('python'),
    defaults: { ...only.made.defaults, variables: [...variables.values()] },
    items: apart.map(({ made, file }) => importedFolder(made.name === '' ? file.name : made.name, made.items, { docs: made.docs })),
    sessions: apart.flatMap(({ made }) => made.sessions),
    secrets: Object.fromEntries(all.flatMap(({ made }) => Object.entries(made.secrets))),
    notes: all.flatMap(({ made, file }) =>
      made.notes.map((note) => ({ ...note, where: [file.name, note.where].filter((part) => part !== '').join(' / ') })),
    ),
  }
}

/** Sessions of two scripts are two, though they have one name. */
function withOwnSessions(made: Imported, taken: Set<string>): Imported {
  const names = new Map<string, string>()
  for (const { name } of made.sessions) {
    const free = taken.has(name) ? `${made.name} ${name}` : name
    names.set(name, free)
    taken.add(free)
  }
  const items = made.items.map((item): ImportedItem => {
    const session = item.kind === 'request' ? item.document.options.session : undefined
    if (item.kind !== 'request' || session === undefined) return item
    return { ...item, document: { ...item.document, options: { ...item.document.options, session: names.get(session) ?? session } } }
  })
  return { ...made, items, sessions: made.sessions.map((session) => ({ ...session, name: names.get(session.name) ?? session.name })) }
}
