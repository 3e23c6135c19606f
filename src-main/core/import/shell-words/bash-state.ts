/** What the readers of one script of bash have in common, those of its `$(…)` and here-documents too. */
import { LineCounter, type ShellCommand, type ShellSource, type ShellText } from './shell-text.ts'

/** How deep `$(…)` may stand in `$(…)`. */
export const MAX_NESTING = 50

export interface Shared {
  readonly source: ShellSource
  readonly text: string
  readonly commands: ShellCommand[]
  readonly values: Map<string, string>
  readonly used: Set<string>
  /** Variables that stand for what commands write, which is not known. */
  readonly outputs: Map<string, { readonly program: string; readonly line: number }>
  readonly counter: LineCounter
  at: number
}

export interface OpenWord {
  text: string
  readonly line: number
  isQuoted: boolean
}

/** A name for what a command writes, which the script does not use. */
export function outputName({ used, outputs }: Shared): string {
  for (let number = outputs.size + 1; ; number += 1) {
    const name = number === 1 ? 'output' : `output${number}`
    if (!used.has(name)) return name
  }
}

/** The same script, of which another text is read. */
export function within(shared: Shared, text: string): Shared {
  return { ...shared, text, at: 0, counter: new LineCounter(text) }
}

export function newShared(source: ShellSource): Shared {
  const text = source.text.replaceAll('\r\n', '\n')
  return { source, text, commands: [], values: new Map(), used: new Set(), outputs: new Map(), counter: new LineCounter(text), at: 0 }
}

/** What was read, with the variables that its commands use: an output that no one reads is not told of. */
export function finished({ source, commands, values, used, outputs }: Shared): ShellText {
  const texts = commands.flatMap(({ words, stdin }) => [...words.map(({ text }) => text), stdin?.kind === 'text' ? stdin.text : ''])
  const reached = new Set(texts.flatMap(namesIn))
  for (const name of reached) for (const inner of namesIn(values.get(name) ?? '')) reached.add(inner)
  for (const [name, { program, line }] of outputs) {
    const what = /^[\w.-]{1,30}$/.test(program) ? ` of ${program}` : ''
    if (reached.has(name))
      source.notes.add('lost', `What the command${what} in $(…) writes is not known: give the variable {{${name}}} a value.`, line)
  }
  return { commands, values, used: new Set([...used].filter((name) => reached.has(name) && !outputs.has(name))) }
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '')
}
