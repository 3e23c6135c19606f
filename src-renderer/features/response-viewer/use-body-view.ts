/**
 * Keeps one body open as text in the format and encoding asked for. While another is being opened the last one stays,
 * so that switching between Pretty and Raw does not flash. A large one is shown while it is still being laid out.
 */
import { useEffect, useEffectEvent, useState } from 'react'
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
  /** Names the text: that of an answer is the same while it arrives and after. */
  readonly textKey: string
}

export interface BodyViewState {
  /** The last that was opened; null before the first. */
  readonly opened: OpenedBody | null
  readonly error: WireError | null
  /** Another format or encoding is on its way. */
  readonly opening: boolean
}

const NOTHING: BodyViewState = { opened: null, error: null, opening: true }

/** What is opened, and as what. */
export interface BodyViewOf {
  /** Null: nothing is opened. */
  readonly bodyId: BodyId | null
  readonly contentType: string
  readonly format: BodyFormat
  /** Null finds it out. */
  readonly encoding: string | null
  /** `textKey` of what is opened. Another one alone opens nothing anew: the same body may have been received again. */
  readonly textKey?: string
}

export function useBodyView({ bodyId, contentType, format, encoding, textKey }: BodyViewOf): BodyViewState {
  const [state, setState] = useState(NOTHING)
  // What was open is closed. Set while rendering, as React allows for state of this component.
  if (bodyId === null && state !== NOTHING) setState(NOTHING)
  const keyNow = useEffectEvent(() => textKey ?? `${bodyId}/${format}`)
  useEffect(() => {
    if (bodyId === null) return
    const textKey = keyNow()
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
        paged?.grow(view)
        setState({ opened: { view, bodyId, format, paged: view.text === null ? paged : null, textKey }, error: null, opening: false })
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

/**
 * The first bytes of a body, to tell what it is; null until they are there. A body that cannot be read has none.
 *
 * @param of names the body where it changes its id: those that came first count until those of the whole are there
 */
export function useBodyHead(bodyId: BodyId | null, length: number, of?: string): Uint8Array | null {
  const [head, setHead] = useState<{ readonly bodyId: BodyId; readonly of: string | undefined; readonly bytes: Uint8Array } | null>(null)
  useEffect(() => {
    if (bodyId === null) return
    const abort = new AbortController()
    void readBytes(bodyId, 0, length, abort.signal).then((read) => {
      if (!abort.signal.aborted) setHead({ bodyId, of, bytes: read.ok ? read.value.bytes : new Uint8Array() })
    })
    return () => abort.abort()
  }, [bodyId, length, of])
  const isOfIt = head !== null && bodyId !== null && (head.bodyId === bodyId || (of !== undefined && head.of === of))
  return isOfIt ? head.bytes : null
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
