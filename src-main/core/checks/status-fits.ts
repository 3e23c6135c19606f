/** Whether a status is among those that a message is shown for: `404`, `4xx`, `500-503`, or several with commas. */

export function statusFits(pattern: string, status: number): boolean {
  return pattern.split(',').some((part) => fits(part.trim().toLowerCase(), status))
}

function fits(part: string, status: number): boolean {
  const range = /^(\d{3})\s*(?:-|–|\.\.)\s*(\d{3})$/.exec(part)
  if (range) return status >= Number(range[1]) && status <= Number(range[2])
  if (part === '*') return true
  return /^[1-9][0-9x]{2}$/.test(part) && new RegExp(`^${part.replaceAll('x', '\\d')}$`).test(String(status))
}
