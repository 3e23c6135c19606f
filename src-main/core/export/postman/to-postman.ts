/**
 * A collection as Postman 2.1 has it, with a file for each environment. What is secret is a variable without a value.
 *
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
import type { Environment } from '#contract/model/session.ts'
import { createExportNotes, fileNameOf, type ExportNotes } from '../export-notes.ts'
import { placedRequests, type Exported, type ExportedFile, type ExportItem, type ExportTree, type PlacedRequest } from '../export-tree.ts'
import { postmanAuth } from './postman-auth.ts'
import { noteOptions, postmanBehaviour, postmanEvents, postmanRequest, postmanVariable } from './postman-request.ts'

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'

export function toPostman(tree: ExportTree): Exported {
  const notes = createExportNotes()
  const placed = placedRequests(tree)
  const text = jsonText({
    info: { name: tree.name, ...(tree.docs !== '' && { description: tree.docs }), schema: SCHEMA },
    item: itemsOf(tree.items, placed[Symbol.iterator](), notes),
    ...placeFields(tree, '', notes),
  })
  if (tree.sessions.length > 0) notes.lost('', 'Sessions are not exported: Postman has none.')
  const environments = tree.environments.map((environment) => environmentFile(environment, notes))
  return { files: [{ name: fileNameOf(tree.name, '.postman_collection.json'), text }, ...environments], notes: notes.all() }
}

/** @param placed the requests in the same order, with what is around them */
function itemsOf(items: readonly ExportItem[], placed: Iterator<PlacedRequest>, notes: ExportNotes): object[] {
  return items.flatMap((item): object[] => {
    if (item.kind === 'folder')
      return [
        {
          name: item.name,
          item: itemsOf(item.items, placed, notes),
          ...placeFields(item, item.name, notes),
          ...(item.docs !== '' && { description: item.docs }),
        },
      ]
    const next = placed.next()
    return next.done === true ? [] : [postmanRequest(next.value, notes)]
  })
}

/** What a collection and a folder have in common. Headers are in the requests: Postman has none around them. */
function placeFields({ defaults, scripts }: Pick<ExportTree, 'defaults' | 'scripts'>, where: string, notes: ExportNotes): object {
  const { auth, variables, options } = defaults
  const written = auth.kind === 'none' || auth.kind === 'inherit' ? null : postmanAuth(auth, (message) => notes.lost(where, message))
  const events = postmanEvents(scripts)
  const behaviour = postmanBehaviour(options)
  noteOptions(options, (message) => notes.lost(where, message))
  return {
    ...(written && { auth: written }),
    ...(events.length > 0 && { event: events }),
    ...(variables.length > 0 && { variable: variables.map(postmanVariable) }),
    ...(Object.keys(behaviour).length > 0 && { protocolProfileBehavior: behaviour }),
  }
}

function environmentFile({ name, variables, extends: parent, dotEnvPath }: Environment, notes: ExportNotes): ExportedFile {
  if (parent !== null) notes.lost(name, `That it builds on the environment ${parent} is not exported: Postman has no such thing.`)
  if (dotEnvPath !== null) notes.lost(name, 'Values of its .env file are not exported.')
  const values = variables.map((variable) => ({
    key: variable.name,
    value: variable.secret === true ? '' : variable.value,
    type: variable.secret === true ? 'secret' : 'default',
    enabled: variable.enabled,
  }))
  return { name: fileNameOf(name, '.postman_environment.json'), text: jsonText({ name, values, _postman_variable_scope: 'environment' }) }
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
