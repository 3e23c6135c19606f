/**
 * Rows as lines of text, and back: `name: value`, one a line, with `# ` before those that are switched off, as bulk editors of
 * this kind of program write them. A row that a line still stands for keeps what a line has no room for, such as a description.
 */
import type { Row } from '#contract/model/request.ts'
import { parseQuery } from '#contract/model/url-query.ts'

const OFF = /^(?:#|\/\/) ?/
const QUERY = /^\??([^=&\s:]+=[^&\s]*(?:&[^=&\s]+(?:=[^&\s]*)?)+)$/

type Line = Pick<Row, 'name' | 'value' | 'enabled'>

export function textOfRows(rows: readonly Row[]): string {
  return rows.map(({ name, value, enabled }) => `${enabled ? '' : '# '}${name}: ${value}`).join('\n')
}

/** The rows that a text stands for. @param before those that it was made of, or last stood for */
export function rowsOfText(text: string, before: readonly Row[]): readonly Row[] {
  const left = [...before]
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .flatMap(linesOf)
    .map((line) => {
      const at = left.findIndex(({ name }) => name === line.name)
      const known = at === -1 ? undefined : left.splice(at, 1)[0]
      if (known === undefined) return line
      return known.value === line.value && known.enabled === line.enabled ? known : changed(known, line)
    })
}

/** Whether rows come back from their text as they are: not those with line breaks in them, say. */
export function canBeText(rows: readonly Row[]): boolean {
  const back = rowsOfText(textOfRows(rows), [])
  return (
    back.length === rows.length &&
    rows.every(({ name, value, enabled }, at) => back[at]?.name === name && back[at].value === value && back[at].enabled === enabled)
  )
}

/** A value that is typed is sent, though the name was taken away before. */
function changed({ omit, ...row }: Row, line: Line): Row {
  return { ...row, ...line, ...(omit === true && line.value === '' && { omit }) }
}

function linesOf(line: string): Line[] {
  const isOff = OFF.test(line)
  const text = line.replace(OFF, '')
  const query = QUERY.exec(text.trim())?.[1]
  if (query !== undefined) return parseQuery(query).map(({ name, value }) => ({ name, value, enabled: !isOff }))
  const { name, value } = pairOf(text)
  return [{ name, value, enabled: !isOff }]
}

/** Of what people paste, `name=value` and `name<tab>value` as well; a text without any of them is a name. */
function pairOf(text: string): { readonly name: string; readonly value: string } {
  const own = /^(.*?):(?: (.*))?$/.exec(text)
  if (own) return { name: own[1] ?? '', value: own[2] ?? '' }
  const other = /^([^\t:=]+?)\s*[\t:=]\s*(.*)$/.exec(text.trim())
  return other ? { name: other[1] ?? '', value: other[2] ?? '' } : { name: text.trim(), value: '' }
}
