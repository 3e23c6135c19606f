/** The selector of what has a label, in the language of the window. */
export function labelled(label: string): string {
  return `[aria-label=${JSON.stringify(label)}]`
}
