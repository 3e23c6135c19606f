/**
 * Options of a request file: `settings`, which other programs know too, and the `posthaste` block for what they have
 * no word for. An absent key means the default; so does `inherit`.
 */
import { isMap, isScalar, type Document } from 'yaml'
import type { Options } from '#contract/model/request.ts'
import { plainChange } from './plain-edit.ts'
import { changed, editMap, fresh, type Change } from './yaml-edit.ts'
import { readWireOptions, wireOptionChanges } from './wire-options-format.ts'
import { booleanOf, followed, isAbsent, itemsOf, numberOf, textOf, valueOf, type Value } from './yaml-nodes.ts'

export interface OptionNodes {
  readonly settings: Value
  readonly posthaste: Value
  /** There is no `settings` beside it, as in a session: everything stands in the one block. */
  readonly isAlone?: boolean
}

type Seconds = number | null | undefined

/** Read the options. `settings.timeout` is the total in milliseconds, 0 for none; `posthaste.timeout` wins over it. */
export function readOptions({ settings, posthaste }: OptionNodes, document: Document): Options {
  const timeout = readTimeout(settings, posthaste, document)
  const followRedirects = booleanOf(valueOf(settings, 'followRedirects', document), document)
  const maxRedirects = numberOf(valueOf(settings, 'maxRedirects', document), document)
  const omitHeaders = readNames(valueOf(settings, 'omitHeaders', document), document)
  const verify = readVerify(valueOf(posthaste, 'verify', document), document)
  return {
    ...(timeout && { timeout }),
    ...(followRedirects !== undefined && { followRedirects }),
    ...(maxRedirects !== undefined && Number.isSafeInteger(maxRedirects) && { maxRedirects }),
    ...(verify !== undefined && { verify }),
    ...(omitHeaders !== undefined && { omitHeaders }),
    ...readWireOptions(posthaste, document),
  }
}

/** What to change in `settings`. */
export function settingsChanges(nodes: OptionNodes, document: Document, before: Options, after: Options): Record<string, Change> {
  const total = after.timeout?.total
  const old = numberOf(valueOf(nodes.settings, 'timeout', document), document)
  const isSame = before.timeout?.total === total
  const ms = wholeMilliseconds(total)
  const inSettings = ms !== null && !hasOwnTotal(nodes.posthaste, document)
  return {
    timeout: isSame
      ? undefined
      : inSettings || (old !== undefined && ms !== null)
        ? fresh(ms)
        : old === undefined
          ? undefined
          : total === undefined
            ? null
            : fresh(0),
    followRedirects: optional(before.followRedirects, after.followRedirects),
    maxRedirects: optional(before.maxRedirects, after.maxRedirects),
    omitHeaders: plainChange(valueOf(nodes.settings, 'omitHeaders', document), document, before.omitHeaders, after.omitHeaders),
  }
}

/** A list of names, as Bruno has it for headers that are not to be sent. */
function readNames(node: Value, document: Document): string[] | undefined {
  const names = itemsOf(node, document).flatMap((item) => textOf(item, document).trim() || [])
  return isAbsent(node, document) ? undefined : names
}

/** What to change in `posthaste`, cookies apart. */
export function posthasteChanges(nodes: OptionNodes, document: Document, before: Options, after: Options): Record<string, Change> {
  return {
    timeout: timeoutChange(nodes, document, before, after),
    verify: optional(before.verify, after.verify),
    ...wireOptionChanges(nodes.posthaste, document, before, after),
  }
}

function timeoutChange({ posthaste, isAlone = false }: OptionNodes, document: Document, before: Options, after: Options): Change {
  const node = valueOf(posthaste, 'timeout', document)
  const was = before.timeout ?? {}
  const now = after.timeout ?? {}
  const ownTotal = isAlone || hasOwnTotal(posthaste, document) || wholeMilliseconds(now.total) === null
  const total = ownTotal ? optional(was.total, now.total) : undefined
  const changes = { connect: optional(was.connect, now.connect), read: optional(was.read, now.read), total }
  if (Object.values(changes).every((change) => change === undefined)) return undefined
  if (isAbsent(node, document) || isMap(followed(node, document))) return editMap(node, document, changes)
  // One number for both, as requests has it, becomes a mapping as soon as they differ.
  return editMap(null, document, { connect: optional(undefined, now.connect), read: optional(undefined, now.read), total })
}

function readTimeout(settings: Value, posthaste: Value, document: Document): Options['timeout'] {
  const node = valueOf(posthaste, 'timeout', document)
  const both = numberOf(node, document)
  const part = (key: string): Seconds => secondsOf(valueOf(node, key, document), document)
  const connect = both ?? part('connect')
  const read = both ?? part('read')
  const ms = numberOf(valueOf(settings, 'timeout', document), document)
  const total = hasOwnTotal(posthaste, document) ? part('total') : ms !== undefined && ms > 0 ? ms / 1000 : undefined
  if (connect === undefined && read === undefined && total === undefined) return undefined
  return { ...(connect !== undefined && { connect }), ...(read !== undefined && { read }), ...(total !== undefined && { total }) }
}

function hasOwnTotal(posthaste: Value, document: Document): boolean {
  return secondsOf(valueOf(valueOf(posthaste, 'timeout', document), 'total', document), document) !== undefined
}

/** A number; null where null is written; undefined where nothing is. */
function secondsOf(node: Value, document: Document): Seconds {
  const value = followed(node, document)
  if (isScalar(value) && value.value === null) return null
  return numberOf(value, document)
}

function readVerify(node: Value, document: Document): Options['verify'] {
  if (isAbsent(node, document)) return undefined
  return booleanOf(node, document) ?? textOf(node, document)
}

/** Seconds as whole milliseconds that read back as the same seconds; null where they cannot stand in `settings`. */
function wholeMilliseconds(seconds: Seconds): number | null {
  if (seconds === undefined || seconds === null || seconds <= 0) return null
  const ms = Math.round(seconds * 1000)
  return Number.isSafeInteger(ms) && ms > 0 && ms / 1000 === seconds ? ms : null
}

function optional<T extends string | number | boolean | null>(before: T | undefined, after: T | undefined): Change {
  if (after === undefined) return before === undefined ? undefined : null
  return before === undefined ? fresh(after) : changed(before, after)
}
