/**
 * What a folder or a collection gives to every request in it: the `request` block of `folder.yml` and
 * `opencollection.yml`. Options that the format has no word for stand under `posthaste` in that block.
 */
import type { Document } from 'yaml'
import type { Script } from '#contract/model/script.ts'
import type { Defaults } from '#contract/model/session.ts'
import type { UnreadOption } from '#contract/model/unread-option.ts'
import { editAuth, readAuth } from './auth-format.ts'
import { posthasteChanges, readOptions, settingsChanges, type OptionNodes } from './options-format.ts'
import { editRows, readRows, ROWS } from './rows.ts'
import { SCRIPTS } from './scripts-format.ts'
import { unreadOptions } from './unread-options.ts'
import { VARIABLES } from './variables-format.ts'
import { editMap, type Change } from './yaml-edit.ts'
import { valueOf, type Value } from './yaml-nodes.ts'

/** @param root the file's mapping */
export function readDefaults(root: Value, document: Document): Defaults {
  const block = valueOf(root, 'request', document)
  const get = (key: string): Value => valueOf(block, key, document)
  return {
    headers: readRows(get('headers'), document, ROWS),
    auth: readAuth(get('auth'), document),
    variables: readRows(get('variables'), document, VARIABLES),
    options: readOptions(optionNodes(block, document), document),
  }
}

/** Options of that block that count for nothing. @param root the file's mapping */
export function unreadDefaults(root: Value, document: Document): UnreadOption[] {
  return unreadOptions(optionNodes(valueOf(root, 'request', document), document), document, { prefix: 'posthaste' })
}

/** Scripts of every request in it. @param root the file's mapping */
export function readDefaultScripts(root: Value, document: Document): Script[] {
  return readRows(valueOf(valueOf(root, 'request', document), 'scripts', document), document, SCRIPTS)
}

type WithScripts = Defaults & { readonly scripts: readonly Script[] }

/** What to change in the `request` block. */
export function defaultsChange(root: Value, document: Document, before: WithScripts, after: WithScripts): Change {
  const block = valueOf(root, 'request', document)
  const get = (key: string): Value => valueOf(block, key, document)
  const nodes = optionNodes(block, document)
  return editMap(block, document, {
    headers: editRows(get('headers'), document, ROWS, before.headers, after.headers),
    auth: editAuth(get('auth'), document, before.auth, after.auth),
    variables: editRows(get('variables'), document, VARIABLES, before.variables, after.variables),
    scripts: editRows(get('scripts'), document, SCRIPTS, before.scripts, after.scripts),
    settings: editMap(nodes.settings, document, settingsChanges(nodes, document, before.options, after.options)),
    posthaste: editMap(nodes.posthaste, document, posthasteChanges(nodes, document, before.options, after.options)),
  })
}

function optionNodes(block: Value, document: Document): OptionNodes {
  return { settings: valueOf(block, 'settings', document), posthaste: valueOf(block, 'posthaste', document) }
}
