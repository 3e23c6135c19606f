/** An environment's file, as Bruno writes it: `name`, `extends`, `color`, `dotEnvFilePath`, `variables`. */
import { isMap, type YAMLMap } from 'yaml'
import type { Environment } from '#contract/model/session.ts'
import { editRows, readRows } from './rows.ts'
import { VARIABLES } from './variables-format.ts'
import { editMap, fresh, type Change } from './yaml-edit.ts'
import { textOf, valueOf } from './yaml-nodes.ts'
import { patchYaml } from './yaml-patch.ts'
import { parseYaml, unreadable, type YamlSource } from './yaml-source.ts'

/**
 * @param fallbackName its name where the file gives none
 * @throws {CoreError} `Unreadable`
 */
export function readEnvironment(text: string, fileName: string, fallbackName: string): Environment {
  const source = parseYaml(text, fileName)
  return environmentOf(source, rootOf(source, fileName), fallbackName)
}

/**
 * The text of an environment's file with another content; a new one where `text` is empty.
 *
 * @throws {CoreError} `Unreadable`
 */
export function writeEnvironment(text: string, environment: Environment, fileName: string, fallbackName: string): string {
  const from = text.trim() === '' ? 'name: x\n' : text
  const source = parseYaml(from, fileName, true)
  const before = environmentOf(source, rootOf(source, fileName), fallbackName)
  if (editOf(source, before, environment) === null) return from
  return patchYaml(source, (current) => {
    const edit = editOf(current, before, environment)
    if (edit === null) throw new Error('An edit of an environment came to nothing.')
    return edit
  })
}

function environmentOf({ document }: YamlSource, root: YAMLMap, fallbackName: string): Environment {
  const text = (key: string): string | null => textOf(valueOf(root, key, document), document) || null
  return {
    name: text('name') ?? fallbackName,
    extends: text('extends'),
    dotEnvPath: text('dotEnvFilePath'),
    color: text('color'),
    variables: readRows(valueOf(root, 'variables', document), document, VARIABLES),
  }
}

function editOf({ document }: YamlSource, before: Environment, after: Environment): Extract<Change, { kind: 'map' }> | null {
  const root = document.contents
  const text = (was: string | null, is: string | null): Change => (was === is ? undefined : is === null || is === '' ? null : fresh(is))
  const edit = editMap(root, document, {
    name: text(before.name, after.name),
    extends: text(before.extends, after.extends),
    color: text(before.color, after.color),
    dotEnvFilePath: text(before.dotEnvPath, after.dotEnvPath),
    variables: editRows(valueOf(root, 'variables', document), document, VARIABLES, before.variables, after.variables),
  })
  return edit?.kind === 'map' ? edit : null
}

function rootOf(source: YamlSource, fileName: string): YAMLMap {
  const root = source.document.contents
  if (isMap(root)) return root
  throw unreadable(fileName, root === null ? 'it is empty' : 'it is not a mapping of keys to values')
}
