/** What commands write of which that can be told without running them: echo, printf, cat of a here-document, date, uuidgen. */
import { ansiText } from './ansi-c.ts'
import { programName, type ShellCommand, type Stdin } from './shell-text.ts'

/** Formats of `date`, by the dynamic value that says the same. */
const DATES: Readonly<Record<string, string>> = {
  '+%s': '{{$timestamp}}',
  '+%s%3N': '{{$timestampMs}}',
  '+%s%N': '{{$timestampMs}}',
  '+%Y-%m-%d': '{{$isoDate}}',
  '+%F': '{{$isoDate}}',
  '+%Y-%m-%dT%H:%M:%SZ': '{{$isoTimestamp}}',
  '+%FT%TZ': '{{$isoTimestamp}}',
  '+%Y-%m-%dT%H:%M:%S.%3NZ': '{{$isoTimestamp}}',
  '-Iseconds': '{{$isoTimestamp}}',
  '-Is': '{{$isoTimestamp}}',
}

/** What a command writes into a pipe. A file that `cat` reads, or a here-document whose lines are yet to come, goes through it as it is. */
export function handedOn(command: Pick<ShellCommand, 'words' | 'stdin'>): Stdin | null {
  const [program = '', ...args] = command.words.map(({ text }) => text)
  const [path = '-', ...more] = args
  if (programName(program) === 'cat' && more.length === 0 && (path === '-' || !path.startsWith('-')))
    return path === '-' ? command.stdin : { kind: 'file', path }
  const text = outputOf(command)
  return text === null ? null : { kind: 'text', text }
}

/** @returns null where it cannot be told */
export function outputOf({ words, stdin }: Pick<ShellCommand, 'words' | 'stdin'>): string | null {
  const [program = '', ...args] = words.map(({ text }) => text)
  const input = stdin?.kind === 'text' ? stdin.text : null
  switch (programName(program)) {
    case 'echo':
      return echoed(args)
    case 'printf':
      return printed(args)
    case 'cat':
      return args.every((arg) => arg === '-') ? input : null
    case 'base64':
      return input === null || input.includes('{{') || args.some((arg) => /^-(?:d|D|-decode)/.test(arg))
        ? null
        : `${Buffer.from(input, 'utf8').toString('base64')}\n`
    case 'date':
      return dated(args)
    case 'uuidgen':
      return '{{$uuid}}'
    default:
      return null
  }
}

function echoed(args: readonly string[]): string {
  const first = args.findIndex((arg) => !/^-[neE]+$/.test(arg))
  const options = args.slice(0, first < 0 ? args.length : first).join('')
  const text = first < 0 ? '' : args.slice(first).join(' ')
  return options.includes('n') ? text : `${text}\n`
}

function printed(args: readonly string[]): string | null {
  const [format = '', value, ...more] = args
  if (more.length > 0) return null
  if (value === undefined) return format.includes('%') ? null : ansiText(format).text
  return format === '%s' ? value : format === '%s\\n' ? `${value}\n` : null
}

function dated(args: readonly string[]): string | null {
  const [format, ...more] = args.filter((arg) => arg !== '-u' && arg !== '--utc')
  if (format === undefined || more.length > 0) return null
  return Object.hasOwn(DATES, format) ? (DATES[format] ?? null) : null
}
