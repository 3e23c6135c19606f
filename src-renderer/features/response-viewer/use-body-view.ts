/**
 * Keeps one body open as text in the format and encoding asked for. While another is being opened the last one stays,
 * so that switching between Pretty and Raw does not flash. A large one is shown while it is still being laid out.
 */
import { useEffect, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { BodyId, ViewId } from '#contract/model/ids.ts'
import { closeView, grownView, openBody, readBytes, type BodyFormat, type BodyView } from '../../actions/bodies.ts'
import type { LineSource } from './line-source.ts'
import { pagedLines, type PagedLines } from './paged-lines.ts'

export interface OpenedBody {
  readonly view: BodyView
  readonly bodyId: BodyId
  readonly format: BodyFormat
  /** Its lines, where the text did not come whole. */
  readonly paged: LineSource | null
}

export interface BodyViewState {
  /** The last that was opened; null before the first. */
  readonly opened: OpenedBody | null
  readonly error: WireError | null
  /** Another format or encoding is on its way. */
  readonly opening: boolean
}

const NOTHING: BodyViewState = { opened: null, error: null, opening: true }

export function useBodyView(bodyId: BodyId, contentType: string, format: BodyFormat, encoding: string | null): BodyViewState {
  const [state, setState] = useState(NOTHING)
  useEffect(() => {
    const abort = new AbortController()
    let viewId: ViewId | null = null
    const open = async (): Promise<void> => {
      setState((before) => ({ ...before, opening: true }))
      let answer = await openBody(bodyId, contentType, format, encoding, abort.signal, true)
      if (abort.signal.aborted) {
        if (answer.ok) closeView(answer.value.viewId)
        return
      }
      let paged: PagedLines | null = null
      while (answer.ok) {
        const view: BodyView = answer.value
        viewId = view.viewId
        if (view.text === null) paged ??= pagedLines(view)
        paged?.grow(view.lines, view.share === undefined)
        setState({ opened: { view, bodyId, format, paged: view.text === null ? paged : null }, error: null, opening: false })
        if (view.share === undefined) return
        answer = await grownView(viewId, view.lines, abort.signal)
        if (abort.signal.aborted) return
      }
      setState({ opened: null, error: answer.error, opening: false })
    }
    void open()
    return () => {
      abort.abort()
      if (viewId !== null) closeView(viewId)
    }
  }, [bodyId, contentType, format, encoding])
  return state
}

/** The first bytes of a body, to tell what it is; null until they are there. A body that cannot be read has none. */
export function useBodyHead(bodyId: BodyId | null, length: number): Uint8Array | null {
  const [head, setHead] = useState<{ readonly bodyId: BodyId; readonly bytes: Uint8Array } | null>(null)
  useEffect(() => {
    if (bodyId === null) return
    const abort = new AbortController()
    void readBytes(bodyId, 0, length, abort.signal).then((read) => {
      if (!abort.signal.aborted) setHead({ bodyId, bytes: read.ok ? read.value.bytes : new Uint8Array() })
    })
    return () => abort.abort()
  }, [bodyId, length])
  return head !== null && head.bodyId === bodyId ? head.bytes : null
}

/** True once `on` has lasted for `ms`: what is over sooner is not worth showing. */
export function useLasting(on: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!on) return
    const timer = setTimeout(() => setLasting(true), ms)
    return () => {
      clearTimeout(timer)
      setLasting(false)
    }
  }, [on, ms])
  return on && lasting
}
