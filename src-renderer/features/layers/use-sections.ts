/** Which section of a layer's page is shown, and the row in it that the focus is wanted at. */
import { useEffect, useLayoutEffect, useMemo, useState, type RefObject } from 'react'
import { focusTaken } from '../../actions/pages.ts'
import { openGroupOf } from '../../forms/groups-store.ts'
import type { OptionsForm } from '../../forms/options-form.ts'
import type { LayerFocus, LayerSection } from '../../stores/page-store.ts'
import type { WantedPlace } from '../../ui/key-value-table/index.ts'
import { t } from '../../lib/t.ts'

const TABLES: Partial<Record<LayerSection, string>> = {
  headers: t`Headers`,
  params: t`Query params`,
  cookies: t`Cookies`,
  variables: t`Variables`,
}

export interface Sections<S extends LayerSection> {
  readonly active: S
  readonly show: (section: S) => void
  /** For `WantedCell`. */
  readonly wanted: WantedPlace | null
}

/**
 * @param rowsOf the rows of a section's table, in order
 * @param panel holds the section's content
 * @param scope of the page's options
 */
export function useSections<S extends LayerSection>(
  sections: readonly S[],
  first: S,
  focus: LayerFocus | null,
  rowsOf: (section: LayerSection) => readonly { readonly name: string }[],
  panel: RefObject<HTMLElement | null>,
  scope: OptionsForm['scope'],
): Sections<S> {
  const [active, show] = useState<S>(first)
  const [seen, setSeen] = useState<LayerFocus | null>(null)
  const asked = sections.find((one) => one === focus?.section)
  // A new wish chooses its section before anything is drawn.
  if (focus !== null && focus !== seen) {
    setSeen(focus)
    if (asked !== undefined) show(asked)
  }
  const table = asked === undefined ? undefined : TABLES[asked]
  const row = asked === undefined || focus === null ? -1 : rowsOf(asked).findIndex(({ name }) => isSameName(name, focus.name, asked))
  const isShown = asked === active
  const wanted = useMemo((): WantedPlace | null => {
    if (focus === null || table === undefined || !isShown || row < 0) return null
    return { table, place: { row, column: 'value', at: 'all' } }
  }, [focus, table, isShown, row])
  useLayoutEffect(() => {
    if (focus !== null && asked === 'options') openGroupOf(scope, focus.name)
  }, [focus, asked, scope])
  useEffect(() => {
    if (focus === null || !isShown) return undefined
    // In the next frame: the group of options that the field is in may have to be drawn first.
    const frame = requestAnimationFrame(() => {
      // A cell has been taken up by its table by now; other fields are found by their name.
      if (table === undefined) fieldOf(panel.current, focus.name)?.focus()
      focusTaken()
    })
    return () => cancelAnimationFrame(frame)
  }, [focus, isShown, table, panel])
  return { active, show, wanted }
}

function isSameName(one: string, other: string, section: LayerSection): boolean {
  return section === 'headers' ? one.toLowerCase() === other.toLowerCase() : one === other
}

/** The field of an option, such as `timeout` for all of its fields; else the first that can be typed into. */
function fieldOf(panel: HTMLElement | null, name: string): HTMLElement | null {
  if (panel === null || name === '') return null
  const escaped = CSS.escape(name)
  const named = panel.querySelector<HTMLElement>(`[data-option="${escaped}"], [data-field="${escaped}"], [data-field^="${escaped}."]`)
  return named?.matches('input, textarea, button, select') === false
    ? named.querySelector<HTMLElement>('input, textarea, button, select')
    : named
}
