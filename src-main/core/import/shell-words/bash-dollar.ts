/** What `$` stands for in a script of bash: variables as references, and commands whose output is put in. */

/** What is read from, at a `$`. */
export interface DollarReader {
  readonly text: string
  at: number
  readonly reference: (name: string) => string
  readonly offer: (name: string, value: string) => void
  readonly substitution: () => string
  readonly note: (severity: 'lost' | 'changed', message: string) => void
  readonly fault: (message: string, at: number) => Error
}

const NAME = /\$([A-Za-z_]\w*)/y
const BRACED = /\$\{([A-Za-z_]\w*)\}/y
const PARAMETER = /\$[0-9@*#?!$-]/y

/** Reads what begins with the `$` that the reader is at. A lone `$` is itself. */
export function dollarAt(reader: DollarReader): string {
  const name = matched(NAME, reader) ?? matched(BRACED, reader)
  if (name) return reader.reference(name[1] ?? '')
  const { text, at } = reader
  if (text.startsWith('$((', at)) return arithmetic(reader)
  if (text.startsWith('$(', at)) {
    reader.at += 1
    return reader.substitution()
  }
  if (text.startsWith('${', at)) return expansion(reader)
  const parameter = matched(PARAMETER, reader)
  if (!parameter) {
    reader.at += 1
    return '$'
  }
  const digit = /\d/.exec(parameter[0])?.[0]
  reader.note('lost', `What ${parameter[0]} stands for is known to the script alone.`)
  return reader.reference(digit === undefined ? 'arguments' : `argument${digit}`)
}

function matched(pattern: RegExp, reader: DollarReader): RegExpExecArray | null {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)
  if (found) reader.at += found[0].length
  return found
}

function arithmetic(reader: DollarReader): string {
  const end = reader.text.indexOf('))', reader.at)
  if (end < 0) throw reader.fault('This $(( is not closed.', reader.at)
  reader.at = end + 2
  reader.note('lost', 'A calculation in $((…)) is not carried over: give the variable {{calculated}} a value.')
  return reader.reference('calculated')
}

/** `${NAME…}` with something done to the value. */
function expansion(reader: DollarReader): string {
  const start = reader.at
  let depth = 0
  const stop = /\\.|\$\{|\}/gs
  stop.lastIndex = start
  for (let found = stop.exec(reader.text); found; found = stop.exec(reader.text)) {
    if (found[0] === '${') depth += 1
    if (found[0] === '}') depth -= 1
    if (depth === 0 && found[0] === '}') {
      reader.at = found.index + 1
      return expanded(reader, reader.text.slice(start + 2, found.index))
    }
  }
  throw reader.fault('This ${ is not closed.', start)
}

function expanded(reader: DollarReader, inner: string): string {
  const [, name, operator = '', word = ''] = /^[!#]?([A-Za-z_]\w*)(:?[-=?+]|)(.*)$/s.exec(inner) ?? []
  if (name === undefined) {
    reader.note('lost', 'A ${…} without a name is not carried over.')
    return reader.reference('expanded')
  }
  const isDefault = /^:?[-=]$/.test(operator) && !/[$`\\]/.test(word)
  if (isDefault) reader.offer(name, word.replace(/^(["'])(.*)\1$/s, '$2'))
  else if (!/^:?\?$/.test(operator)) reader.note('lost', `What \${…} does to the value of ${name} is not carried over.`)
  return reader.reference(name)
}
