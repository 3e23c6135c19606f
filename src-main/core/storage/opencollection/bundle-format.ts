/**
 * A whole collection in one file, as OpenCollection bundles it: what its files say, under `items` and `config`. Every part
 * is written by whoever writes its file, so that the two cannot differ.
 */
import { parse, stringify } from 'yaml'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import type { Defaults, Environment, Session } from '#contract/model/session.ts'
import { writeEnvironment } from './environment-format.ts'
import { newCollectionText, newFolderText, withSettings } from './info-format.ts'
import type { PlainMap } from './plain-edit.ts'
import { newRequestText } from './request-format.ts'

interface BundledPlace {
  readonly name: string
  readonly docs: string
  readonly defaults: Defaults
  readonly scripts: readonly Script[]
  readonly items: readonly BundledItem[]
}

interface BundledFolder extends BundledPlace {
  readonly kind: 'folder'
}

interface BundledRequest {
  readonly kind: 'request'
  readonly document: RequestDocument
  /** As a request's file keeps them. */
  readonly examples: readonly PlainMap[]
}

export type BundledItem = BundledRequest | BundledFolder

interface BundledCollection extends BundledPlace {
  readonly environments: readonly Environment[]
  readonly sessions: readonly Session[]
}

type Plain = Record<string, unknown>

/** The text of the one file. */
export function bundleText(collection: BundledCollection): string {
  const { environments, sessions, defaults, scripts, docs } = collection
  const own = plainOf(withSettings(newCollectionText(collection.name), 'The collection', { defaults, sessions, scripts, docs }))
  const { opencollection, info, extensions, ...rest } = own
  const config = environments.map((environment) => plainOf(writeEnvironment('', environment, 'The environment', 'environment')))
  return stringify(
    {
      opencollection,
      info,
      ...(config.length > 0 && { config: { environments: config } }),
      items: itemsOf(collection),
      ...rest,
      bundled: true,
      ...(extensions !== undefined && { extensions }),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  )
}

function itemsOf({ items }: BundledPlace): Plain[] {
  return items.map((item, index) => (item.kind === 'folder' ? folderOf(item, index + 1) : requestOf(item, index + 1)))
}

function folderOf(folder: BundledFolder, seq: number): Plain {
  const { name, defaults, scripts, docs } = folder
  const { info, ...rest } = plainOf(withSettings(newFolderText(name, seq), 'The folder', { defaults, scripts, docs }))
  return { info, items: itemsOf(folder), ...rest }
}

function requestOf({ document, examples }: BundledRequest, seq: number): Plain {
  const { docs, ...file } = plainOf(newRequestText(document, seq))
  return { ...file, ...(examples.length > 0 && { examples }), ...(docs !== undefined && { docs }) }
}

function plainOf(text: string): Plain {
  const value: unknown = parse(text)
  return isPlain(value) ? value : {}
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
