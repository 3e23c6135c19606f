/** What was read of a script, as an import: names, docs, variables, sessions, notes. */
import type { ImportNote } from '#contract/model/import.ts'
import type { Capture } from '#contract/model/capture.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { emptyImport, importedRequest, type Imported } from '../imported.ts'
import { docsOf } from './call.ts'
import { takeComments, type Comment } from './comments.ts'
import { createWriter } from './form-writer.ts'
import type { Declared, Leftover, Machine } from './machine.ts'
import type { MadeRequest } from './made-request.ts'
import { noteBehaviour } from './make-request.ts'
import { requestNames } from './request-names.ts'
import { savedDocs, savedNotes } from './saved-answers.ts'
import { madeSession } from './sessions.ts'
import type { Statement } from './syntax.ts'

export function finishImport(machine: Machine, statements: readonly Statement[], comments: readonly Comment[], file: string): Imported {
  noteBehaviour(machine)
  for (const session of machine.sessions) madeSession(session, createWriter(machine, { from: 0, to: 0 }, machine.notes), machine)
  const open = new Map(comments.map((comment) => [comment.line, comment]))
  const distinct = [...new Set(machine.requests)]
  const names = requestNames(distinct)
  const lines = machine.text.split('\n')
  const isBlank = (line: number): boolean => (lines[line - 1] ?? '').trim() === ''
  const told = distinct.map((made) => takeComments(open, made, machine.lineOf, isBlank))
  const captures = capturesBy(machine)
  const items = distinct.map((made, index) => {
    const name = names[index] ?? ''
    const docs = [...docsFor(made, told[index] ?? [], distinct, index), ...savedDocs(made), ...keptAfter(machine, made)].join('\n\n')
    return importedRequest({ ...made.document, name, docs, ...checksOf(made), ...capturesOf(captures.get(made) ?? []) })
  })
  const { variables, secrets } = variablesOf(machine)
  const notes = [
    ...machine.notes,
    ...distinct.flatMap((made, index) => [...made.notes, ...savedNotes(made)].map((one) => ({ ...one, where: names[index] ?? '' }))),
  ]
  return {
    ...emptyImport('python'),
    name: nameOf(file),
    docs: collectionDocs(machine, statements, [...open.values()]),
    defaults: { headers: [], auth: { kind: 'none' }, variables, options: {} },
    items,
    sessions: machine.sessions.flatMap((session) => session.made ?? []),
    secrets,
    notes: [
      ...inOrder(notes),
      ...variableNotes(machine, (made) => names[distinct.indexOf(made)] ?? ''),
      ...leftoverNotes(machine, distinct, names),
      ...passedOverNote(machine),
    ],
  }
}

function checksOf({ assertions, raisesForStatus }: MadeRequest): Pick<RequestDocument, 'assertions' | 'raiseForStatus'> {
  return { ...(assertions.length > 0 && { assertions }), ...(raisesForStatus && { raiseForStatus: true as const }) }
}

/** Values of answers that later requests hold are captured, so that one request after the other works as the script does. */
function capturesBy(machine: Machine): Map<MadeRequest, Capture[]> {
  const found = new Map<MadeRequest, Capture[]>()
  for (const { name, paths = [] } of usedVariables(machine)) {
    for (const { request, expression } of paths) {
      const made = machine.requests[request]
      const own = made ? (found.get(made) ?? []) : []
      if (!made || own.some((one) => one.name === name)) continue
      found.set(made, [...own, { name, expression, scope: 'runtime', enabled: true }])
    }
  }
  return found
}

function capturesOf(captures: Capture[]): Pick<RequestDocument, 'captures'> {
  return captures.length > 0 ? { captures } : {}
}

function nameOf(file: string): string {
  return (file.split('/').at(-1) ?? '').replace(/\.(?:py|ipynb|txt|md)$/i, '')
}

function inOrder(notes: readonly ImportNote[]): ImportNote[] {
  return [...notes].sort((one, other) => (one.line ?? 0) - (other.line ?? 0))
}

/** Docs of its function go to its first request. */
function docsFor(made: MadeRequest, comments: readonly string[], all: readonly MadeRequest[], index: number): string[] {
  const isFirst = all.findIndex((one) => one.callerDocs === made.callerDocs) === index
  return [
    ...(isFirst && made.callerDocs !== '' ? [made.callerDocs] : []),
    ...(comments.length > 0 ? [comments.join('\n')] : []),
    ...made.conditions.map((condition) => `Only if ${condition} (line ${made.line}).`),
  ]
}

function keptAfter(machine: Machine, made: MadeRequest): string[] {
  return keptText(
    [...machine.leftovers.values()].filter(({ after }) => after >= 0 && machine.requests[after] === made),
    machine,
  )
}

/** The lines that are kept, as comments in a block of code. */
function keptText(leftovers: readonly Leftover[], machine: Machine): string[] {
  if (leftovers.length === 0) return []
  const blocks = [...leftovers]
    .sort((one, other) => one.from - other.from)
    .map(({ from, to }) => {
      const indent = from - (machine.text.lastIndexOf('\n', from - 1) + 1)
      const lines = machine.text.slice(from, to).split('\n')
      const plain = lines.map((line, index) => (index === 0 ? line : line.slice(Math.min(indent, line.length - line.trimStart().length))))
      return `# line ${machine.lineOf(from)}\n${plain.join('\n').trimEnd()}`
    })
  const code = blocks.join('\n')
  const fence = code.includes('```') ? '~~~~' : '```'
  return [`Of the script, not carried over:\n\n${fence}python\n${code}\n${fence}`]
}

function collectionDocs(machine: Machine, statements: readonly Statement[], comments: readonly Comment[]): string {
  const paragraphs: string[] = []
  let last = -1
  for (const { line, text } of comments.filter(({ isAlone }) => isAlone)) {
    if (line === last + 1 && paragraphs.length > 0) paragraphs[paragraphs.length - 1] += `\n${text}`
    else paragraphs.push(text)
    last = line
  }
  const kept = keptText(
    [...machine.leftovers.values()].filter(({ after }) => after < 0),
    machine,
  )
  return [docsOf(statements), ...paragraphs.filter((text) => text.trim() !== ''), ...kept].filter((text) => text !== '').join('\n\n')
}

function variablesOf(machine: Machine): { readonly variables: Variable[]; readonly secrets: Record<string, string> } {
  const used = usedVariables(machine)
  const secrets = used.filter(({ isSecret, value }) => isSecret && value !== '').map(({ name, value }) => [name, value] as const)
  // One without a value would be sent empty; as it is, a send says that it has none.
  const held = used.filter(({ isSecret, isAsked, value }) => isSecret || isAsked || value !== '')
  return {
    variables: held.map(({ name, isSecret, isAsked, value }) => ({
      name,
      value: isSecret ? '' : value,
      enabled: true,
      ...(isSecret && { secret: true }),
      ...(isAsked && { ask: true }),
    })),
    secrets: Object.fromEntries(secrets),
  }
}

function usedVariables(machine: Machine): Declared[] {
  return [...machine.declared.values()].filter(({ name }) => machine.used.has(name))
}

const WHY: Readonly<Record<Declared['why'], (name: string) => string>> = {
  environment: (name) => `${name} is read from the environment: it is the variable {{${name}}} here.`,
  answer: (name) => `{{${name}}} comes from the answer to a request: give it the value, or take it from the answer.`,
  asked: (name) => `{{${name}}} is asked for at each send, as the script does.`,
  secret: (name) => `{{${name}}} is asked for at each send, as the script does, and never kept.`,
  open: (name) => `The script does not say what ${name} is: give {{${name}}} its value.`,
  computed: (name) => `{{${name}}} is worked out when the script runs: give it the value.`,
}

function variableNotes(machine: Machine, nameOfRequest: (made: MadeRequest) => string): ImportNote[] {
  return usedVariables(machine).map(({ name, why, line, paths = [] }) => {
    const [path] = paths
    const made = path ? machine.requests[path.request] : undefined
    const message =
      path && made ? `{{${name}}} is captured from the answer to “${nameOfRequest(made)}”: ${path.expression}.` : WHY[why](name)
    return { severity: 'changed', where: '', line: line || null, message }
  })
}

function leftoverNotes(machine: Machine, requests: readonly MadeRequest[], names: readonly string[]): ImportNote[] {
  return [...machine.leftovers.values()]
    .sort((one, other) => one.from - other.from)
    .map(({ from, to, after }) => {
      const [first, last] = [machine.lineOf(from), machine.lineOf(to)]
      const made = machine.requests[after]
      const where = made ? (names[requests.indexOf(made)] ?? '') : ''
      const lines = first === last ? `Line ${first} is` : `Lines ${first} to ${last} are`
      return { severity: 'kept', where, line: first, message: `${lines} not understood, and kept in the docs.` }
    })
}

/** One note for all that only shows, waits or writes files. */
function passedOverNote(machine: Machine): ImportNote[] {
  const lines = [...machine.passedOver].sort((one, other) => one - other)
  const [first] = lines
  if (first === undefined) return []
  const shown = lines.slice(0, 10).join(', ') + (lines.length > 10 ? ' …' : '')
  const message = `What only prints, logs, waits or writes to files is left out (line${lines.length > 1 ? 's' : ''} ${shown}).`
  return [{ severity: 'lost', where: '', line: first, message }]
}
