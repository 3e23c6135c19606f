/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Whether a text is an object or a list of JSON: a word or a number may be meant as it stands. */
export function isJsonStructure(text: string): boolean {
  return /^\s*[[{]/.test(text) && isJson(text)
}
