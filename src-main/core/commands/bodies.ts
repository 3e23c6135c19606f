/** Looking at stored bodies, as commands: text by lines, bytes by ranges, and the whole to a file. */
import type { BodyId } from '#contract/model/ids.ts'
import type { BodyViews, ViewedBodies } from '../bodies/body-views.ts'
import { encodingEvidence, SAMPLE_BYTES } from '../bodies/encoding.ts'
import { saveBody, type SavableBodies } from '../bodies/save-body.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'

/** What these commands need of the body store. */
export type ReadableBodies = Pick<ViewedBodies, 'stat' | 'read'> & SavableBodies

export interface BodyDeps {
  readonly views: BodyViews
  readonly store: ReadableBodies
  /** Whether the user chose this path in a dialog: a page alone may not name a place to write to. */
  readonly mayWrite: (path: string) => boolean
}

type BodyHandlers = Pick<Handlers, 'body.open' | 'body.grown' | 'body.encodings' | 'body.lines' | 'body.close' | 'body.bytes' | 'body.save'>

/** The handlers of every `body.…` command. */
export function bodyHandlers({ views, store, mayWrite }: BodyDeps): BodyHandlers {
  return {
    'body.open': (input, { signal }) => views.open(input, signal),
    'body.grown': ({ viewId, lines }) => views.grown(viewId, lines),
    'body.encodings': async ({ id, contentType }) => {
      const total = await lengthOf(store, id)
      const sample = total === 0 ? Buffer.alloc(0) : await store.read(id, 0, Math.min(total, SAMPLE_BYTES))
      return { evidence: [...encodingEvidence(sample, contentType, sample.length >= total)] }
    },
    'body.lines': async ({ viewId, from, count }) => ({ lines: await views.lines(viewId, from, count) }),
    'body.close': async ({ viewId }) => {
      await views.close(viewId)
      return {}
    },
    'body.bytes': async ({ id, offset, length }) => {
      const total = await lengthOf(store, id)
      const bytes = offset >= total ? Buffer.alloc(0) : await store.read(id, offset, length)
      return { base64: bytes.toString('base64'), total }
    },
    'body.save': async ({ id, path }, { signal }) => {
      if (!mayWrite(path)) throw new CoreError('Unavailable', 'store', `${path} was not chosen in a dialog, so nothing is written there.`)
      const bytes = await lengthOf(store, id)
      await saveBody(store, id, path, signal)
      return { bytes }
    },
  }
}

async function lengthOf(store: ReadableBodies, id: BodyId): Promise<number> {
  const found = await store.stat(id)
  if (!found) throw new CoreError('NotFound', 'store', 'This body is no longer kept.', { hint: 'Send the request again.' })
  return found.bytes
}
