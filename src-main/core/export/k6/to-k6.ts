/**
 * A script for k6: each request in order, folders as groups, assertions as checks. Variables are read from the environment
 * of the script by their names, with their values here where they are no secrets; a data file gives a row to each iteration.
 *
 * @see https://grafana.com/docs/k6/latest/javascript-api/
 */
import type { LoadOptions } from '#contract/model/export.ts'
import { envNameOf } from '../../lib/env-name.ts'
import { createExportNotes, fileNameOf, type ExportNotes } from '../export-notes.ts'
import { placedRequests, type Exported, type ExportTree, type PlacedRequest } from '../export-tree.ts'
import { partsOf, scopeOf } from '../references.ts'
import { DYNAMIC, indented, jsText, nameText, quoted } from './js-text.ts'
import { helperLines } from './k6-helpers.ts'
import { k6Request, type K6Needs } from './k6-request.ts'
import { tagOf, thresholdLines } from './k6-thresholds.ts'

export function toK6(tree: ExportTree, load: LoadOptions): Exported {
  const notes = createExportNotes()
  const needs: K6Needs = { helpers: new Set(), files: new Map(), tokens: new Map() }
  const placed = placedRequests(tree)
  noteLosses(placed, notes)
  const requests = placed.map((one) => ({
    path: one.path,
    made: k6Request(one, needs, (message) => notes.lost(tagOf(one), message)),
  }))
  const hasChecks = requests.some(({ made }) => made.hasChecks)
  const body = flowLines(
    requests.map(({ path, made }) => ({ path, lines: made.lines })),
    load,
  )
  const variables = variableLines(tree, placed, body.join('\n'), [...needs.tokens.keys()].join('\n'), notes)
  if ([...body, ...variables, ...needs.tokens.keys()].some((line) => line.includes('uuid()'))) needs.helpers.add('uuid')
  const text = [
    ...importLines(needs, load, hasChecks, body),
    '',
    ...optionLines(load, placed, hasChecks),
    '',
    ...variables,
    ...dataLines(load),
    ...[...needs.files].map(([path, name]) => `const ${name} = open(${quoted(path)}, 'b')`),
    ...setupLines(needs),
    ...mainLines(body, needs, load),
    ...helperLines(needs.helpers, load),
  ]
  return { files: [{ name: fileNameOf(tree.name, '.k6.js'), text: textOf(text) }], notes: notes.all() }
}

/** One empty line where there are several; those inside a text are its own. */
function textOf(lines: readonly string[]): string {
  return `${lines.filter((line, index) => line !== '' || lines[index - 1] !== '').join('\n')}\n`
}

function noteLosses(placed: readonly PlacedRequest[], notes: ExportNotes): void {
  for (const one of placed) {
    const { document, options } = one
    const where = tagOf(one)
    if ((document.scripts ?? []).length > 0) notes.lost(where, 'Scripts are not in it.')
    if (options.verify === false && placed.some((one) => one.options.verify !== false))
      notes.changed(where, 'Certificates are not checked for any request of the script: k6 has that for all of them alone.')
    if (typeof options.verify === 'string')
      notes.lost(where, `Certificates of the authority in ${options.verify} are not trusted: k6 takes those of the system.`)
  }
}

function importLines(needs: K6Needs, load: LoadOptions, hasChecks: boolean, body: readonly string[]): string[] {
  const fromK6 = [
    ...(hasChecks ? ['check'] : []),
    ...(body.some((line) => line.startsWith('group(')) ? ['group'] : []),
    ...(load.pause === undefined ? [] : ['sleep']),
  ]
  return [
    "import http from 'k6/http'",
    ...(fromK6.length > 0 ? [`import { ${fromK6.join(', ')} } from 'k6'`] : []),
    ...(load.data === undefined ? [] : ["import { SharedArray } from 'k6/data'", "import { scenario } from 'k6/execution'"]),
    ...(needs.helpers.has('speak') ? ["import ws from 'k6/ws'"] : []),
    ...(needs.helpers.has('basic') || needs.helpers.has('binary') ? ["import encoding from 'k6/encoding'"] : []),
    ...(needs.helpers.has('formData') ? ["import { FormData } from 'https://jslib.k6.io/formdata/0.0.2/index.js'"] : []),
  ]
}

/** Checks that fail, answers that are late, and requests that fail make the run fail. */
function optionLines({ stages }: LoadOptions, placed: readonly PlacedRequest[], hasChecks: boolean): string[] {
  const listed =
    stages && stages.length > 0
      ? ['stages: [', ...stages.map(({ duration, target }) => `  { duration: '${duration}', target: ${target} },`), '],']
      : []
  const isInsecure = placed.some(({ options }) => options.verify === false)
  const thresholds = ['thresholds: {', ...indented(thresholdLines(placed, hasChecks)), '},']
  return ['export const options = {', ...indented([...listed, ...(isInsecure ? ['insecureSkipTLSVerify: true,'] : []), ...thresholds]), '}']
}

/** Every name that the script refers to. A variable whose value holds references is made of those before it. */
function variableLines(tree: ExportTree, placed: readonly PlacedRequest[], body: string, tokens: string, notes: ExportNotes): string[] {
  const scopes = new Map(placed.flatMap((one) => [...scopeOf(tree, one)]))
  for (const [name, variable] of scopeOf(tree)) if (!scopes.has(name)) scopes.set(name, variable)
  const code = `${body}\n${tokens}`
  const order: string[] = []
  const add = (name: string, above: readonly string[]): void => {
    if (order.includes(name) || above.includes(name) || Object.hasOwn(DYNAMIC, name)) return
    for (const part of partsOf(scopes.get(name)?.value ?? '')) if (typeof part !== 'string') add(part.name, [...above, name])
    order.push(name)
  }
  for (const name of namesIn(code, placed)) add(name, [])
  if (order.length === 0) return []
  const lines = order.map((name) => {
    const variable = scopes.get(name)
    const known = variable !== undefined && variable.secret !== true && variable.ask !== true
    if (name.startsWith('$')) notes.lost('', `The value {{${name}}} is not made in the script: it is read from ${envNameOf(name)}.`)
    return `vars${/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${quoted(name)}]`} = __ENV.${envNameOf(name)}${known ? ` || ${jsText(variable.value)}` : " || ''"}`
  })
  return ['const vars = {}', ...lines, '']
}

/** Names that the code looks up, in the order of the requests that they are of. */
function namesIn(code: string, placed: readonly PlacedRequest[]): string[] {
  const inTexts = placed.flatMap(({ document, headers, auth, path }) =>
    partsOf(JSON.stringify([path, document, headers, auth]).replaceAll('\\"', '"')),
  )
  const captured = placed.flatMap(({ document }) => (document.captures ?? []).flatMap(({ enabled, name }) => (enabled ? [name] : [])))
  const names = new Set([...inTexts.flatMap((part) => (typeof part === 'string' ? [] : [part.name])), ...captured])
  if (code.includes('vars.access_token')) names.add('access_token')
  return [...names].filter((name) => code.includes(`vars.${name}`) || code.includes(`vars[${quoted(name)}]`))
}

function dataLines({ data }: LoadOptions): string[] {
  if (data === undefined) return []
  const read = /\.json$/i.test(data) ? `JSON.parse(open(${quoted(data)}))` : `csvRows(open(${quoted(data)}))`
  return [`const rows = new SharedArray('data', () => ${read})`, '']
}

function setupLines({ tokens }: K6Needs): string[] {
  if (tokens.size === 0) return []
  const lines = [...tokens].map(([code, name]) => `${name}: ${code},`)
  return ['', 'export function setup() {', '  return {', ...indented(indented(lines)), '  }', '}']
}

function mainLines(body: readonly string[], { tokens }: K6Needs, { data }: LoadOptions): string[] {
  const row = data === undefined ? [] : ['Object.assign(vars, rows[scenario.iterationInTest % rows.length])']
  return ['', `export default function (${tokens.size > 0 ? 'data' : ''}) {`, ...indentedCode([...row, ...body]), '}']
}

interface Step {
  readonly path: readonly string[]
  readonly lines: readonly string[]
}

/** Requests one after another; those of a folder in its group. */
function flowLines(steps: readonly Step[], { pause }: LoadOptions): string[] {
  const wait = pause === undefined ? [] : [`sleep(${pause})`]
  const written = (from: readonly Step[], depth: number): string[] => {
    const lines: string[] = []
    for (let index = 0; index < from.length;) {
      const step = from[index]
      if (!step) break
      const folder = step.path[depth]
      if (folder === undefined) {
        lines.push('{', ...indentedCode(step.lines), '}', ...wait)
        index += 1
        continue
      }
      const end = from.findIndex((one, at) => at > index && one.path[depth] !== folder)
      const inside = from.slice(index, end < 0 ? from.length : end)
      lines.push(`group(${nameText(folder)}, () => {`, ...indentedCode(written(inside, depth + 1)), '})')
      index += inside.length
    }
    return lines
  }
  return written(steps, 0)
}

/** A line of code may hold a text over several lines, of which only the first is moved. */
function indentedCode(lines: readonly string[]): string[] {
  return indented(lines)
}
