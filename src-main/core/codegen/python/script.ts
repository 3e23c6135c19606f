/** A Python script that is being written: what it imports, defines and says, gathered while its call is put together. */
import { isAbsolute, win32 } from 'node:path'
import { RELATIVE_PATHS } from '../code-request.ts'
import type { CodeNote } from '../code-source.ts'
import type { Placeholders } from '../placeholders.ts'
import { LINE_WIDTH } from './python-layout.ts'
import { environParts, pythonLines, pythonString, pythonText, type TextPart } from './python-text.ts'

export interface Script {
  /** The expression of a text; what is read from the environment in it is imported. Lone surrogates are no text. */
  readonly text: (value: string) => string
  /** The same, lone surrogates included, as JSON may have them. */
  readonly exact: (value: string) => string
  /** Whether a text is only known when the script runs. */
  readonly isRead: (value: string) => boolean
  /** The parts of a text, with the module imported that what is read from the environment needs. */
  readonly environ: (value: string) => TextPart[]
  /** The expression of a file's path. */
  readonly path: (value: string) => string
  /** The expression of a text that is form-encoded, as is what is read from the environment in it. */
  readonly encoded: (value: string) => string
  /**
   * The expression of what may be a text of several lines, which is then given a name before the call.
   *
   * @param name what to call it
   */
  readonly lines: (value: string, name: string) => string
  /** `import module` */
  readonly imports: (module: string) => void
  /** `from module import name`; the name, to be used. */
  readonly from: (module: string, name: string) => string
  /**
   * A class, once for its code; stands before everything else.
   *
   * @returns its name: the one that was wished, or that with a number where another has it
   */
  readonly define: (name: string, codeOf: (name: string) => string) => string
  /** An assignment before the call. */
  readonly assign: (code: string) => void
  /** A comment above the call. */
  readonly comment: (text: string) => void
  readonly note: (severity: CodeNote['severity'], message: string) => void
  /** What has no counterpart: a note, and a comment that says so in the code. */
  readonly lose: (message: string) => void
  readonly notes: () => CodeNote[]
  /** The comments alone. */
  readonly comments: () => string
  /** The statements that send, with what stands right before them. */
  readonly block: (statements: string) => string
  /** The script around the statements that send. */
  readonly around: (statements: string) => string
}

/** What requests of one file share: what is imported and defined before everything else. */
export interface ScriptHead {
  readonly modules: Set<string>
  readonly names: Map<string, Set<string>>
  /** Code by the names of classes. */
  readonly classes: Map<string, string>
}

export function createHead(): ScriptHead {
  return { modules: new Set(['requests']), names: new Map(), classes: new Map() }
}

/** What stands before everything else, with the empty lines behind it. */
export function headCode({ modules, names, classes }: ScriptHead): string {
  const head = [importLines(modules, names), ...[...classes.values()].map((code) => `\n\n${code}`)].join('')
  return `${head}${classes.size > 0 ? '\n\n' : '\n'}`
}

export function createScript(placeholders: Placeholders, head = createHead()): Script {
  const { modules, names, classes } = head
  const [assignments, comments] = [new Set<string>(), new Set<string>()]
  const notes: CodeNote[] = []
  const environ: Script['environ'] = (value) => {
    if (placeholders.namesIn(value).length > 0) modules.add('os')
    return environParts(placeholders.parts(value))
  }
  const exact: Script['exact'] = (value) => {
    if (!placeholders.isIn(value)) return pythonString(value)
    return pythonText(environ(value))
  }
  const text: Script['text'] = (value) => exact(value.toWellFormed())
  const note: Script['note'] = (severity, message) => {
    if (!notes.some((one) => one.message === message)) notes.push({ severity, message })
  }
  const block: Script['block'] = (statements) => {
    const set = assignments.size > 0 ? `${[...assignments].join('\n')}\n\n` : ''
    return `${set}${[...comments].map(commentLines).join('')}${statements}`
  }
  return {
    text,
    exact,
    environ,
    isRead: placeholders.isIn,
    path: (value) => {
      if (!isAbsolute(value) && !win32.isAbsolute(value) && !placeholders.isIn(value)) note(RELATIVE_PATHS.severity, RELATIVE_PATHS.message)
      return text(value)
    },
    encoded: (value) => {
      if (!placeholders.isIn(value)) return text(value)
      names.set('urllib.parse', (names.get('urllib.parse') ?? new Set()).add('quote_plus'))
      return pythonText(environ(value).map((part) => (typeof part === 'string' ? part : (quote) => `quote_plus(${part(quote)})`)))
    },
    lines: (value, name) => {
      const laidOut = pythonLines(environ(value.toWellFormed()))
      if (laidOut === null) return text(value)
      assignments.add(`${name} = ${laidOut}`)
      return name
    },
    imports: (module) => void modules.add(module),
    from: (module, name) => {
      names.set(module, (names.get(module) ?? new Set()).add(name))
      return name
    },
    define: (wished, codeOf) => defined(classes, wished, codeOf),
    assign: (code) => void assignments.add(code),
    comment: (line) => void comments.add(line),
    note,
    lose: (message) => {
      comments.add(message)
      note('lost', message)
    },
    notes: () => notes,
    comments: () => [...comments].map(commentLines).join(''),
    block,
    around: (statements) => `${headCode(head)}${block(statements)}`,
  }
}

function defined(classes: Map<string, string>, wished: string, codeOf: (name: string) => string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wished : `${wished}${number}`
    const code = codeOf(name)
    if (!classes.has(name)) classes.set(name, code)
    if (classes.get(name) === code) return name
  }
}

/** The modules of Python's own library that are ever imported. */
const STANDARD: ReadonlySet<string> = new Set(['os', 'urllib.parse'])

/** As isort sorts them with black's profile: Python's own first, plain imports before those of names. */
function importLines(modules: ReadonlySet<string>, names: ReadonlyMap<string, ReadonlySet<string>>): string {
  const section = (isIn: (module: string) => boolean): string => {
    const plain = [...modules]
      .filter(isIn)
      .toSorted()
      .map((module) => `import ${module}\n`)
    const from = [...names]
      .filter(([module]) => isIn(module))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([module, some]) => `from ${module} import ${[...some].toSorted(asIsort).join(', ')}\n`)
    return [...plain, ...from].join('')
  }
  const sections = [section((module) => STANDARD.has(module)), section((module) => !STANDARD.has(module))]
  return sections.filter((lines) => lines !== '').join('\n')
}

/** Constants before classes before functions. */
function asIsort(one: string, other: string): number {
  const rank = (name: string): number => (/^[A-Z\d_]+$/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2)
  return rank(one) - rank(other) || (one < other ? -1 : 1)
}

/** Comments of a text, broken where lines end. */
export function commentLines(text: string): string {
  const lines: string[] = []
  let line = '#'
  for (const word of text.split(/\s+/)) {
    if (line.length + 1 + word.length > LINE_WIDTH && line !== '#') {
      lines.push(line)
      line = '#'
    }
    line += ` ${word}`
  }
  return [...lines, line].map((one) => `${one}\n`).join('')
}
