/** Names in English beside those in the language of the window: manuals, other programs and fingers know actions by them. */
import { inEnglish } from '../lib/t.ts'

interface Named {
  readonly label: string
  readonly english?: string
}

/** @param make makes the same things each time, whose labels are texts of the window */
export function withEnglish<Item extends Named>(make: () => readonly Item[]): readonly Item[] {
  const english = inEnglish(make)
  return make().map((item, at) => {
    const name = english?.[at]?.label
    return name === undefined || name === item.label ? item : { ...item, english: name }
  })
}
