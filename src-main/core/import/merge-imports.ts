/**
 * Several imports as one: what was handed over together comes over together. Where more than one gives something to all
 * its requests, each keeps that to itself, in a folder of its own.
 */
import type { ImportNote } from '#contract/model/import.ts'
import { importedFolder, type Imported, type ImportedItem } from './imported.ts'

/** @param parts at least one, the most telling first: it gives the whole its name and format */
export function mergeImports(parts: readonly [Imported, ...Imported[]]): Imported {
  const [first, ...rest] = parts
  if (rest.length === 0) return first
  const giving = parts.filter(givesToAll)
  const keeper = giving.length === 1 && parts.every((part) => part === giving[0] || part.items.length === 0) ? giving[0] : undefined
  const own = parts.map((part) => (part === keeper || !givesToAll(part) ? plain(part) : inFolder(part)))
  return {
    ...first,
    ...(keeper === undefined
      ? { docs: '', defaults: { headers: [], auth: { kind: 'none' }, variables: [], options: {} }, scripts: [] }
      : { docs: keeper.docs, defaults: keeper.defaults, scripts: keeper.scripts }),
    name: parts.map(({ name }) => name).find((name) => name !== '') ?? '',
    items: own.flatMap(({ items }) => items),
    environments: parts.flatMap(({ environments }) => environments),
    sessions: parts.flatMap(({ sessions }) => sessions),
    secrets:
      keeper?.secrets ?? Object.fromEntries(parts.filter((part) => !givesToAll(part)).flatMap(({ secrets }) => Object.entries(secrets))),
    notes: own.flatMap(({ notes }) => notes),
  }
}

/** Whether an import has something that holds for each of its requests. */
export function givesToAll({ defaults, scripts, docs }: Pick<Imported, 'defaults' | 'scripts' | 'docs'>): boolean {
  const { headers, auth, variables, options } = defaults
  const isEmpty = headers.length === 0 && auth.kind === 'none' && variables.length === 0 && Object.keys(options).length === 0
  return !isEmpty || scripts.length > 0 || docs !== ''
}

type Part = { readonly items: readonly ImportedItem[]; readonly notes: readonly ImportNote[] }

function plain({ items, notes }: Imported): Part {
  return { items, notes }
}

/** The folder bears the collection's name, and notes say where their things are now. */
function inFolder({ name, docs, defaults, scripts, items, notes, format, secrets }: Imported): Part {
  const folder = name === '' ? format : name
  return {
    items: [importedFolder(folder, items, { docs, defaults, scripts, secrets })],
    notes: notes.map((note) => ({ ...note, where: note.where === '' ? folder : `${folder} / ${note.where}` })),
  }
}
