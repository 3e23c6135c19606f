/** What the button says that leads to where a name without a value is given one. */

/** @param place the environment it is defined in; null: one is made first */
export function defineWords(name: string, place: string | null): string {
  return place === null ? `Define ${name} in a new environment` : `Define ${name} in ${place}`
}
