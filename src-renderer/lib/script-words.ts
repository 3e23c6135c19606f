/** Scripts and what they print, in words. */
import type { ConsoleLine, ScriptPlace } from '#contract/model/checks.ts'
import { t } from './t.ts'

const TYPES: Readonly<Record<string, string>> = {
  'before-request': t`Before request`,
  'after-response': t`After response`,
  tests: t`Tests`,
}

/** What a kind of script is called. */
export function scriptTypeWords(type: string): string {
  return TYPES[type] ?? type
}

/** Which script: `Tests`, `Before request of users`. */
export function scriptWords({ type, of }: ScriptPlace): string {
  return of === undefined ? scriptTypeWords(type) : t`${scriptTypeWords(type)} of ${of}`
}

/** Whether the script is the request's own: not of a folder or collection around it. */
export function isOwnScript({ of }: ScriptPlace): boolean {
  return of === undefined
}

export const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const satisfies readonly ConsoleLine['level'][]

/** The lines as text, one below the other, as a terminal would have them. */
export function consoleText(lines: readonly ConsoleLine[]): string {
  return lines.map(({ level, text, from, line }) => `${level}\t${scriptWords(from)}${line === null ? '' : `:${line}`}\t${text}`).join('\n')
}

/** Things said by one script after another, each script once and in the order of its first. */
export function byScript<T extends { readonly from: ScriptPlace }>(
  items: readonly T[],
): readonly (readonly [words: string, items: readonly T[]])[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const words = scriptWords(item.from)
    groups.set(words, [...(groups.get(words) ?? []), item])
  }
  return [...groups]
}
