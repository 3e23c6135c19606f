/** Requests of the workspace: open, create, save. A file changed elsewhere since it was opened is never overwritten unasked. */
import { basename, join } from 'node:path'
import type { NodeId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { OpenedRequest, ParentRef } from '#contract/model/workspace.ts'
import { CoreError } from '../lib/core-error.ts'
import { atomicWrite } from './atomic-write.ts'
import { nameForItem } from './file-names.ts'
import { assertInside, baseOf, isRequestFile, nodeIdOf, notFound } from './item-paths.ts'
import { newRequestText, readRequest, writeRequest } from './opencollection/request-format.ts'
import { toldBy } from './opencollection/request-summary.ts'
import { readTextFile, revisionOf, type TextFile } from './text-file.ts'
import { lookWhole } from './tree.ts'
import { childrenOf, freeNameIn, joined, nextSeq, parentOf } from './workspace-files.ts'
import { placeOf } from './workspace-items.ts'
import type { Located } from './open-collections.ts'
import type { WorkspaceState } from './workspace-state.ts'

export interface Saved {
  nodeId: NodeId
  revision: string
}

export interface WorkspaceRequests {
  readonly open: (id: NodeId) => Promise<OpenedRequest>
  readonly create: (parent: ParentRef, document: RequestDocument) => Promise<Saved>
  readonly save: (id: NodeId, document: RequestDocument, revision: string | null) => Promise<Saved>
  /** The text of a request's file. @throws {CoreError} `NotFound` */
  readonly text: (id: NodeId) => Promise<string>
  /** Change the text of a request's file, whatever it holds by now. */
  readonly edit: (id: NodeId, change: (text: string, fileName: string) => string) => Promise<Saved>
  readonly saveText: (id: NodeId, text: string, revision: string | null) => Promise<Saved>
}

export function createWorkspaceRequests(state: WorkspaceState): WorkspaceRequests {
  return {
    open: async (id) => opened(await readTextFile(requestAt(state, id).absolute), requestAt(state, id)),
    create: (parent, document) =>
      state.change([parent.collectionId], async () => {
        const { opened: collection, folder } = placeOf(state, parent)
        const named = { ...document, name: document.name.trim() === '' ? 'Untitled request' : document.name }
        const free = await freeNameIn(collection, folder, nameForItem(named.name, 'request'), '.yml')
        const path = joined(folder, free)
        const text = newRequestText(named, nextSeq(childrenOf(collection, folder)))
        await assertInside(collection.root, join(collection.root, path))
        await atomicWrite(join(collection.root, path), text)
        return { value: { nodeId: nodeIdOf(collection.id, path), revision: revisionOf(text) } }
      }),
    save: (id, document, revision) =>
      saveWith(state, id, revision, (current, located) => {
        if (current && readable(current, located)) {
          return writeRequest(current.text, document, basename(located.path), baseOf(basename(located.path)))
        }
        const seq = current ? toldBy(current.text, '').seq : undefined
        return newRequestText(document, seq ?? nextSeq(childrenOf(located.opened, parentOf(located.path))))
      }),
    text: async (id) => (await readTextFile(requestAt(state, id).absolute)).text,
    edit: (id, change) =>
      saveWith(state, id, null, (current, located) => {
        if (current === null) throw notFound(located.path)
        if (current.fault !== null) throw current.fault
        return change(current.text, basename(located.path))
      }),
    saveText: (id, text, revision) => saveWith(state, id, revision, () => text),
  }
}

async function saveWith(
  state: WorkspaceState,
  id: NodeId,
  revision: string | null,
  textFor: (current: TextFile | null, located: Located) => string,
): Promise<Saved> {
  const located = requestAt(state, id)
  return state.write(located.opened, parentOf(located.path), async () => {
    const current = await readTextFile(located.absolute).catch((error: unknown) => {
      if (error instanceof CoreError && error.kind === 'NotFound' && revision === null) return null
      throw error
    })
    await assertInside(located.opened.root, located.absolute)
    const text = textFor(current, located)
    if (current && revision !== null && current.revision !== revision) throw conflict(located, current.text, text)
    if (text !== current?.text || current.fault !== null) {
      await located.opened.backups.replace(located.path, text)
    }
    lookWhole(located.opened.root, located.path, located.opened.memory)
    return { nodeId: id, revision: revisionOf(text) }
  })
}

function conflict({ path }: Located, theirs: string, mine: string): CoreError {
  return new CoreError('Conflict', 'store', `${path} was changed by another program since it was opened.`, {
    hint: 'Look at both sides, and keep one or save yours as a copy.',
    details: { theirs, mine },
  })
}

function requestAt(state: WorkspaceState, id: NodeId): Located {
  const located = state.locate(id)
  if (!isRequestFile(basename(located.path))) throw notFound(located.path)
  return located
}

function opened(file: TextFile, located: Located): OpenedRequest {
  const name = basename(located.path)
  const { text, revision } = file
  try {
    if (file.fault) throw file.fault
    return { kind: 'request', document: readRequest(text, name, baseOf(name)).document, revision }
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    return { kind: 'broken', name: toldBy(text, baseOf(name)).name, text, revision, error: error.toWire() }
  }
}

function readable(file: TextFile, located: Located): boolean {
  return opened(file, located).kind === 'request'
}
