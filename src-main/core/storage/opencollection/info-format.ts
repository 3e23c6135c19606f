/** The `info` block that requests, folders and collections share, and the files of the latter two. */
import { isMap, isSeq } from 'yaml'
import type { Script } from '#contract/model/script.ts'
import type { Defaults, Session } from '#contract/model/session.ts'
import type { UnreadOption } from '#contract/model/unread-option.ts'
import { defaultsChange, readDefaults, readDefaultScripts, unreadDefaults } from './defaults-format.ts'
import { readSessions, sessionsChange, unreadOfSessions } from './session-format.ts'
import { editMap, fresh, type Change } from './yaml-edit.ts'
import { booleanOf, followed, itemsOf, numberOf, pairOf, textOf, valueOf } from './yaml-nodes.ts'
import { patchYaml } from './yaml-patch.ts'
import { renderPairs } from './yaml-render.ts'
import { parseYaml, unreadable, type YamlSource } from './yaml-source.ts'

export interface FolderInfo {
  /** Empty where the file gives none. */
  readonly name: string
  readonly seq: number | undefined
}

export interface CollectionInfo {
  readonly name: string
  /** Paths, relative to the root, that are no part of the tree. */
  readonly ignored: readonly string[]
  /** The requests are in this one file, not in files beside it. */
  readonly isBundled: boolean
}

/** The settings of a folder's or a collection's file; a folder has no sessions. */
export interface FileSettings {
  readonly name: string
  readonly defaults: Defaults
  readonly sessions: readonly Session[]
  /** Of every request in it. */
  readonly scripts: readonly Script[]
  /** Bruno's `scripts.flow: sequential`: behind an answer the collection's scripts come first too. Absent: they do not. */
  readonly isSequential?: true
  /** Options in it that count for nothing; absent: there are none. */
  readonly unread?: readonly UnreadSetting[]
}

export interface UnreadSetting {
  readonly option: UnreadOption
  /** Name of the session that it is of; null: of what the file gives to every request. */
  readonly session: string | null
  /** Prefix of the session's adapter that it is of. */
  readonly adapter: string | null
}

export interface SettingsChanges {
  readonly defaults?: Defaults
  readonly sessions?: readonly Session[]
  /** Of every request in it; they go with its defaults. */
  readonly scripts?: readonly Script[]
  readonly docs?: string
}

export interface InfoChanges {
  readonly name?: string
  readonly seq?: number
}

/** @throws {CoreError} `Unreadable` */
export function readFolderFile(text: string, fileName: string): FolderInfo {
  const source = parseYaml(text, fileName)
  const { document } = source
  const root = document.contents
  const info = valueOf(isMap(root) ? root : null, 'info', document)
  return { name: textOf(valueOf(info, 'name', document), document), seq: numberOf(valueOf(info, 'seq', document), document) }
}

/** @throws {CoreError} `Unreadable` */
export function readCollectionFile(text: string, fileName: string): CollectionInfo {
  const { document } = parseYaml(text, fileName)
  const root = isMap(document.contents) ? document.contents : null
  const extensions = valueOf(root, 'extensions', document)
  const ignored = [valueOf(extensions, 'ignore', document), valueOf(valueOf(extensions, 'bruno', document), 'ignore', document)]
  const items = followed(valueOf(root, 'items', document), document)
  return {
    name: textOf(valueOf(valueOf(root, 'info', document), 'name', document), document),
    ignored: ignored.flatMap((list) => itemsOf(list, document).map((item) => textOf(item, document))).filter((path) => path !== ''),
    isBundled: booleanOf(valueOf(root, 'bundled', document), document) === true || (isSeq(items) && items.items.length > 0),
  }
}

/**
 * The same file with another name or place; all else stays.
 *
 * @throws {CoreError} `Unreadable`
 */
export function withInfo(text: string, fileName: string, changes: InfoChanges): string {
  const source = parseYaml(text, fileName, true)
  const root = source.document.contents
  if (!isMap(root)) throw unreadable(fileName, 'it is not a mapping of keys to values')
  const build = (current: YamlSource): ReturnType<typeof infoEdit> => infoEdit(current, changes)
  if (build(source) === null) return text
  return patchYaml(source, (current) => {
    const edit = build(current)
    if (edit === null) throw new Error('An edit of a name came to nothing.')
    return edit
  })
}

/**
 * The same file with what it gives to its requests changed, and in a collection's file its sessions; all else stays.
 *
 * @throws {CoreError} `Unreadable`
 */
export function withSettings(text: string, fileName: string, changes: SettingsChanges): string {
  const source = parseYaml(text, fileName, true)
  const before = settingsOf(source, fileName)
  const build = ({ document }: YamlSource): Extract<Change, { kind: 'map' }> | null => {
    const root = document.contents
    const scripts = readDefaultScripts(root, document)
    const docs = textOf(valueOf(root, 'docs', document), document)
    const edit = editMap(root, document, {
      request: defaultsChange(
        root,
        document,
        { ...before.defaults, scripts },
        { ...before.defaults, scripts, ...changes.defaults, ...(changes.scripts && { scripts: changes.scripts }) },
      ),
      extensions: changes.sessions && sessionsChange(root, document, before.sessions, changes.sessions),
      docs: changes.docs === undefined || changes.docs === docs ? undefined : changes.docs === '' ? null : fresh(changes.docs),
    })
    return edit?.kind === 'map' ? edit : null
  }
  if (build(source) === null) return text
  return patchYaml(source, (current) => {
    const edit = build(current)
    if (edit === null) throw new Error('An edit of settings came to nothing.')
    return edit
  })
}

/**
 * What a folder's or a collection's file gives to its requests.
 *
 * @throws {CoreError} `Unreadable`
 */
export function readSettings(text: string, fileName: string): FileSettings {
  return settingsOf(parseYaml(text, fileName), fileName)
}

/**
 * What a folder's or a collection's file says of itself in words, and the scripts that it gives to its requests.
 *
 * @throws {CoreError} `Unreadable`
 */
export function readPlaceTexts(text: string, fileName: string): { readonly docs: string; readonly scripts: readonly Script[] } {
  const { document } = parseYaml(text, fileName)
  const root = isMap(document.contents) ? document.contents : null
  const docs = valueOf(root, 'docs', document)
  return {
    docs: textOf(isMap(followed(docs, document)) ? valueOf(docs, 'content', document) : docs, document),
    scripts: readDefaultScripts(root, document),
  }
}

function settingsOf({ document }: YamlSource, fileName: string): FileSettings {
  const root = document.contents
  if (!isMap(root)) throw unreadable(fileName, 'it is not a mapping of keys to values')
  const name = textOf(valueOf(pairOf(root, 'info') ? valueOf(root, 'info', document) : root, 'name', document), document)
  const bruno = valueOf(valueOf(root, 'extensions', document), 'bruno', document)
  const flow = textOf(valueOf(valueOf(bruno, 'scripts', document), 'flow', document), document)
  const unread: UnreadSetting[] = [
    ...unreadDefaults(root, document).map((option) => ({ option, session: null, adapter: null })),
    ...unreadOfSessions(root, document),
  ]
  return {
    name,
    defaults: readDefaults(root, document),
    sessions: readSessions(root, document),
    scripts: readDefaultScripts(root, document),
    ...(flow === 'sequential' && { isSequential: true as const }),
    ...(unread.length > 0 && { unread }),
  }
}

/** The text of a new `folder.yml`. */
export function newFolderText(name: string, seq?: number): string {
  return fileText([['info', { name, type: 'folder', ...(seq !== undefined && { seq }) }]])
}

/** The text of a new `opencollection.yml`. */
export function newCollectionText(name: string): string {
  return `opencollection: "1.0.0"\n\n${fileText([['info', { name }]])}`
}

function infoEdit(source: YamlSource, changes: InfoChanges): Extract<Change, { kind: 'map' }> | null {
  const { document } = source
  const root = document.contents
  if (!isMap(root)) return null
  const isFlat = !pairOf(root, 'info') && (pairOf(root, 'type') !== undefined || pairOf(root, 'name') !== undefined)
  const info = isFlat ? root : valueOf(root, 'info', document)
  const name = textOf(valueOf(info, 'name', document), document)
  const seq = numberOf(valueOf(info, 'seq', document), document)
  const wanted = {
    name: changes.name === undefined || changes.name === name ? undefined : fresh(changes.name),
    type: undefined,
    seq: changes.seq === undefined || changes.seq === seq ? undefined : fresh(changes.seq),
  }
  const edit = editMap(root, document, isFlat ? wanted : { info: editMap(info, document, wanted) })
  return edit?.kind === 'map' ? edit : null
}

function fileText(pairs: Parameters<typeof renderPairs>[0]): string {
  return `${renderPairs(pairs, 0, { step: 2, literals: 'none' }).join('\n')}\n`
}
