/**
 * Shell completion, made from commander's own tree of commands, so that it knows every command and option there is. Plain
 * scripts of each shell: completing starts no process.
 */
import type { Command, Option } from 'commander'
import { ImportFormatSchema } from '#contract/model/import.ts'
import { RUN_REPORT_FORMATS } from '#contract/model/run-facts.ts'
import { CODE_LANGUAGES } from '#contract/model/code-languages.ts'
import { EXPORT_FORMATS } from '#contract/model/export-formats.ts'
import { SHELLS, type Shell } from './shells.ts'

interface CompletedOption {
  readonly long: string
  readonly description: string
  /** What its value may be; `file`, `text` (nothing to offer), or null: it takes none. */
  readonly value: readonly string[] | 'file' | 'text' | null
}

interface CompletedCommand {
  readonly name: string
  readonly description: string
  readonly options: readonly CompletedOption[]
  /** What its argument may be; files where it is one. */
  readonly words: readonly string[]
}

/** Values that are known, by command and option. */
const KNOWN_VALUES: Readonly<Record<string, readonly string[]>> = {
  'run --reporter': RUN_REPORT_FORMATS,
  'import --from': ImportFormatSchema.options,
  'export --to': [...Object.keys(EXPORT_FORMATS), ...CODE_LANGUAGES.map(({ id }) => id)],
}
const FILE_VALUE = /^<(?:file|folder|path)>$/

/** The script that a shell reads. */
export function completionScript(program: Command, shell: Shell): string {
  const commands = program.commands.map(completedCommand)
  switch (shell) {
    case 'bash':
      return bashScript(commands)
    case 'zsh':
      return zshScript(commands)
    case 'fish':
      return fishScript(commands)
  }
}

function completedCommand(command: Command): CompletedCommand {
  const name = command.name()
  const own = command.options.map((option) => completedOption(name, option))
  return {
    name,
    description: command.description(),
    options: [...own, { long: '--help', description: 'display help for command', value: null }],
    words: name === 'completion' ? SHELLS : [],
  }
}

function completedOption(command: string, { long, flags, description, required, optional }: Option): CompletedOption {
  const name = long ?? flags
  const placeholder = /<[^>]+>/.exec(flags)?.[0] ?? ''
  const known = KNOWN_VALUES[`${command} ${name}`]
  return { long: name, description, value: !required && !optional ? null : (known ?? (FILE_VALUE.test(placeholder) ? 'file' : 'text')) }
}

function bashScript(commands: readonly CompletedCommand[]): string {
  const cases = commands.map(({ name, options, words }) => {
    const listed = options.flatMap(({ long, value }) =>
      Array.isArray(value) ? [`    '${name} ${long}') words='${value.join(' ')}' ;;`] : [],
    )
    const silent = options.flatMap(({ long, value }) => (value === 'text' ? [`'${name} ${long}'`] : []))
    const files = options.flatMap(({ long, value }) => (value === 'file' ? [`'${name} ${long}'`] : []))
    return {
      values: [
        ...listed,
        ...(silent.length > 0 ? [`    ${silent.join('|')}) return ;;`] : []),
        ...(files.length > 0 ? [`    ${files.join('|')}) COMPREPLY=($(compgen -f -- "$cur")); return ;;`] : []),
      ],
      own: `    ${name}) options='${options.map(({ long }) => long).join(' ')}'${words.length > 0 ? `; words='${words.join(' ')}'` : ''} ;;`,
    }
  })
  return `# posthaste completion for bash: source it, or put it into bash_completion.d.
_posthaste() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" command="\${COMP_WORDS[1]}" words='' options=''
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$cur"))
    return
  fi
  case "$command $previous" in
${cases.flatMap(({ values }) => values).join('\n')}
  esac
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    return
  fi
  case "$command" in
${cases.map(({ own }) => own).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  elif [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  else
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
complete -o filenames -F _posthaste posthaste
`
}

function zshScript(commands: readonly CompletedCommand[]): string {
  const listed = commands.map(({ name, description }) => `    ${zshText(`${name}:${description}`)}`)
  const cases = commands.map(({ name, options, words }) => {
    const own = options.map(({ long, description, value }) => `        ${zshText(`*${long}[${zshInner(description)}]${zshValue(value)}`)}`)
    const rest = words.length > 0 ? `:what:(${words.join(' ')})` : '*:path:_files'
    return `    ${name})\n      _arguments -s \\\n${[...own, `        ${zshText(rest)}`].join(' \\\n')}\n      ;;`
  })
  return `#compdef posthaste
# posthaste completion for zsh: a file named _posthaste in a folder of fpath.
_posthaste() {
  local -a commands
  commands=(
${listed.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe 'command' commands
    return
  fi
  local command=\${words[2]}
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
if [[ \${funcstack[1]} == _posthaste ]]; then _posthaste "$@"; else compdef _posthaste posthaste; fi
`
}

function zshValue(value: CompletedOption['value']): string {
  if (value === null) return ''
  if (value === 'file') return ':file:_files'
  return value === 'text' ? ':value: ' : `:value:(${value.join(' ')})`
}

function zshText(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function zshInner(text: string): string {
  return text.replace(/[[\]:\\]/g, (character) => `\\${character}`)
}

function fishScript(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, description, options, words }) => {
    const within = `-n ${fishText(`__fish_seen_subcommand_from ${name}`)}`
    return [
      `complete -c posthaste -f -n __fish_use_subcommand -a ${name} -d ${fishText(description)}`,
      ...options.map(({ long, description: about, value }) => {
        const takes = value === null ? '' : value === 'file' ? ' -r -F' : value === 'text' ? ' -x' : ` -x -a ${fishText(value.join(' '))}`
        return `complete -c posthaste ${within} -l ${long.replace(/^--/, '')}${takes} -d ${fishText(about)}`
      }),
      words.length > 0 ? `complete -c posthaste ${within} -f -a ${fishText(words.join(' '))}` : `complete -c posthaste ${within} -F`,
    ]
  })
  return `# posthaste completion for fish: a file posthaste.fish in ~/.config/fish/completions.\n${lines.join('\n')}\n`
}

function fishText(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`
}
