/** Width of a column and of a list of lines. */
import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { LineSource } from './line-source.ts'

/** Both may change, with the font and the pane. `probe` goes to an element with a hundred columns in it. */
export function useMeasures(list: RefObject<HTMLDivElement | null>) {
  const probe = useRef<HTMLSpanElement>(null)
  const [measures, setMeasures] = useState({ charWidth: 7.5, width: 600 })
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const measure = (): void => {
      const hundred = probe.current?.getBoundingClientRect().width ?? 0
      setMeasures({ charWidth: hundred > 0 ? hundred / 100 : 7.5, width: element.clientWidth })
    }
    measure()
    void document.fonts.ready.then(measure)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [list])
  return { probe, ...measures }
}

/** The longest line seen so far: the list grows sideways as longer lines come into view. */
export function useWidestLine(source: LineSource) {
  const [widest, setWidest] = useState({ source, columns: 0 })
  const columns = widest.source === source ? widest.columns : 0
  const [see] = useState(() => (seen: number) => setWidest((before) => (seen > before.columns ? { ...before, columns: seen } : before)))
  if (widest.source !== source) setWidest({ source, columns: 0 })
  return { columns, see }
}
