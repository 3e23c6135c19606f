/**
 * A .http file cut into its requests: what stands before the request line, the line, the headers, the body. Dialects are
 * those of JetBrains' HTTP Client and of the REST Client of VS Code.
 *
 * @see https://www.jetbrains.com/help/idea/exploring-http-syntax.html; https://github.com/Huachao/vscode-restclient
 */

export interface Script {
  readonly type: 'before-request' | 'after-response'
  readonly code: string
}

/** A line that says something about the request: `# @name value`. */
export interface Meta {
  readonly name: string
  readonly value: string
  readonly line: number
}

export interface Block {
  /** What stands behind `###`. */
  readonly title: string
  readonly comments: readonly string[]
  readonly metas: readonly Meta[]
  readonly scripts: readonly Script[]
  /** Null where the block has none. */
  readonly request: { readonly text: string; readonly line: number } | null
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Of a request that is a cURL command, the lines that it goes on in. */
  readonly body: readonly string[]
  /** Lines that are something else: `import`, `run`, references to responses and to scripts in files. */
  readonly others: readonly { readonly text: string; readonly line: number }[]
}

export interface FileVariable {
  readonly name: string
  readonly value: string
}

interface OpenBlock {
  title: string
  comments: string[]
  metas: Meta[]
  scripts: Script[]
  request: { text: string; line: number } | null
  headers: (readonly [string, string])[]
  body: string[]
  others: { text: string; line: number }[]
}

type Stage = 'before' | 'url' | 'headers' | 'body'

const META = /^(?:#|\/\/)\s*@([\w-]+)(?:\s*=\s*|\s+|$)(.*)$/
const VARIABLE = /^@([^\s=]+)\s*=\s*(.*)$/
const OTHER = /^(?:import\s+\S|run\s+[#\S]|<>\s*\S|>>!?\s*\S|>\s*[^\s{]|client\.)/
const CURL = /^curl(?:\.exe)?\s/i
const HEADER = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*:\s*(.*)$/

/** VS Code's dialect takes a command line for a request. */
export function isCurlBlock({ request }: Block): boolean {
  return request !== null && CURL.test(request.text)
}

export function blocksOf(text: string): { readonly blocks: Block[]; readonly variables: FileVariable[] } {
  const reader = new BlockReader(text.split(/\r?\n/))
  reader.read()
  return { blocks: reader.blocks, variables: reader.variables }
}

class BlockReader {
  readonly blocks: OpenBlock[] = [emptyBlock('')]
  readonly variables: FileVariable[] = []
  private readonly lines: readonly string[]
  private at = 0
  private stage: Stage = 'before'

  constructor(lines: readonly string[]) {
    this.lines = lines
  }

  read(): void {
    for (; this.at < this.lines.length; this.at += 1) this.line(this.lines[this.at] ?? '')
  }

  private get block(): OpenBlock {
    return this.blocks.at(-1) ?? emptyBlock('')
  }

  private line(text: string): void {
    const separator = /^###+\s*(.*)$/.exec(text)
    if (separator) {
      this.blocks.push(emptyBlock((separator[1] ?? '').trim()))
      this.stage = 'before'
    } else if (this.isScript(text)) return
    else if (this.stage === 'before') this.before(text)
    else if (this.stage === 'body') this.inBody(text)
    else this.head(text)
  }

  private isScript(text: string): boolean {
    const [, sign] = /^([<>])\s*\{%/.exec(text) ?? []
    if (sign === undefined || (sign === '<' && this.stage !== 'before') || (sign === '>' && this.stage === 'before')) return false
    const code: string[] = [text.replace(/^[<>]\s*\{%/, '')]
    while (!(code.at(-1) ?? '').includes('%}') && this.at + 1 < this.lines.length) {
      this.at += 1
      code.push(this.lines[this.at] ?? '')
    }
    const last = code.pop() ?? ''
    const joined = [...code, last.slice(0, last.includes('%}') ? last.lastIndexOf('%}') : last.length)].join('\n')
    this.block.scripts.push({ type: sign === '<' ? 'before-request' : 'after-response', code: joined.trim() })
    if (sign === '>') this.stage = 'body'
    return true
  }

  private other(text: string): void {
    this.block.others.push({ text: text.trim(), line: this.at + 1 })
  }

  private before(text: string): void {
    const trimmed = text.trim()
    if (trimmed === '') return
    const variable = VARIABLE.exec(trimmed)
    if (variable) this.variables.push({ name: variable[1] ?? '', value: (variable[2] ?? '').trim() })
    else if (this.isComment(trimmed)) this.comment(trimmed)
    else if (OTHER.test(trimmed) || /^<\s/.test(trimmed)) this.other(trimmed)
    else {
      this.block.request = { text: trimmed, line: this.at + 1 }
      this.stage = CURL.test(trimmed) ? 'body' : 'url'
    }
  }

  private isComment(text: string): boolean {
    return text.startsWith('#') || text.startsWith('//')
  }

  private comment(text: string): void {
    const meta = META.exec(text)
    if (meta) this.block.metas.push({ name: (meta[1] ?? '').toLowerCase(), value: (meta[2] ?? '').trim(), line: this.at + 1 })
    else this.block.comments.push(text.replace(/^(?:#+|\/\/+)\s?/, ''))
  }

  /** Lines of the URL that go on, then headers; an empty line ends them. */
  private head(text: string): void {
    const trimmed = text.trim()
    if (trimmed === '') {
      this.stage = 'body'
      return
    }
    const { request } = this.block
    const goesOn = /^[?&]/.test(trimmed) || (/^\s/.test(text) && !HEADER.test(trimmed)) || (/^\s/.test(text) && trimmed.startsWith('/'))
    const header = HEADER.exec(trimmed)
    if (this.stage === 'url' && request && goesOn) request.text = withTail(request.text, trimmed)
    else if (this.isComment(trimmed)) this.comment(trimmed)
    else if (header) {
      this.stage = 'headers'
      this.block.headers.push([header[1] ?? '', header[2] ?? ''])
    } else this.other(trimmed)
  }

  private inBody(text: string): void {
    if (/^(?:<>\s*\S|>>!?\s*\S|>\s+\S)/.test(text) && !text.startsWith('> {')) this.other(text)
    else this.block.body.push(text)
  }
}

/** The request line with what goes on in the next line: an HTTP version at its end stays there. */
function withTail(line: string, more: string): string {
  const version = /(?<!\s)\s+HTTP\/\d(?:\.\d)?$/.exec(line)?.[0] ?? ''
  return line.slice(0, line.length - version.length) + more + version
}

function emptyBlock(title: string): OpenBlock {
  return { title, comments: [], metas: [], scripts: [], request: null, headers: [], body: [], others: [] }
}
