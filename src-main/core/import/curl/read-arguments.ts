/** The arguments of one curl command, taken apart as curl does: operations, parted by `--next`, each with its URLs. */
import { shown, type Notes } from '../notes.ts'
import type { Word } from '../shell-words/shell-text.ts'
import { longOption, shortOption, type CurlOption } from './options.ts'

export interface GivenOption extends CurlOption {
  /** Empty where the option takes none. */
  readonly value: string
  readonly line: number
}

export interface CurlOperation {
  readonly options: readonly GivenOption[]
  readonly urls: readonly { readonly url: string; readonly line: number }[]
}

interface OpenOperation {
  options: GivenOption[]
  urls: { url: string; line: number }[]
}

export function readArguments(words: readonly Word[], notes: Notes): CurlOperation[] {
  const operations: OpenOperation[] = [{ options: [], urls: [] }]
  const current = (): OpenOperation => operations.at(-1) ?? { options: [], urls: [] }
  const rest = [...words].reverse()
  const give = (option: CurlOption, glued: string | null, line: number): void => {
    if (option.name === 'next') {
      operations.push({ options: [], urls: [] })
      return
    }
    const word = option.takesValue && glued === null ? rest.pop() : undefined
    if (option.takesValue && glued === null && !word) notes.add('lost', `The option --${option.name} has no value.`, line)
    const given = { ...option, value: glued ?? word?.text ?? '', line }
    if (option.name === 'url') current().urls.push({ url: plainValue(given, notes), line })
    else current().options.push({ ...given, value: plainValue(given, notes) })
  }
  let takesOptions = true
  for (let word = rest.pop(); word; word = rest.pop()) {
    const { text, line } = word
    if (!takesOptions || !text.startsWith('-') || text === '-') current().urls.push({ url: text, line })
    else if (text === '--') takesOptions = false
    else if (text.startsWith('--')) readLong(text.slice(2), line, give, notes)
    else readShort(text.slice(1), line, give, notes)
  }
  return operations
}

type Give = (option: CurlOption, glued: string | null, line: number) => void

/** `--option=value` is read since curl 8.16. */
function readLong(text: string, line: number, give: Give, notes: Notes): void {
  const equals = text.indexOf('=')
  const name = equals < 0 ? text : text.slice(0, equals)
  const option = longOption(name)
  if (!option) notes.add('lost', `curl has no option --${shown(name)}.`, line)
  else give(option, option.takesValue && equals >= 0 ? text.slice(equals + 1) : null, line)
}

/** Several letters may stand together; the first that takes a value has the rest of them. */
function readShort(letters: string, line: number, give: Give, notes: Notes): void {
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] ?? ''
    const option = shortOption(letter)
    if (!option) {
      notes.add('lost', `curl has no option -${shown(letter)}.`, line)
      continue
    }
    const rest = letters.slice(at + 1)
    give(option, option.takesValue && rest !== '' ? rest : null, line)
    if (option.takesValue) return
  }
}

/** `{{name:function}}` of `--expand-…` as a reference to the name alone. */
function plainValue({ isExpanded, name, value, line }: GivenOption, notes: Notes): string {
  if (!isExpanded || !value.includes('{{')) return value
  return value.replace(/\{\{([A-Za-z_]\w*)((?::[a-z0-9]+)+)\}\}/g, (_whole, variable: string, functions: string) => {
    notes.add('changed', `{{${variable}${functions}}} of --expand-${name} stands as {{${variable}}}, without its functions.`, line)
    return `{{${variable}}}`
  })
}
