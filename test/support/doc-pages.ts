/** The pages of the documentation, and the examples in them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '..', '..')

export interface Example {
  /** What stands behind the fence: `sh`, `yaml`, `json`, or nothing. */
  readonly language: string
  readonly text: string
  /** Of its first line, from 1. */
  readonly line: number
}

export interface Page {
  /** Below the project, such as `docs/cli.md`. */
  readonly path: string
  readonly text: string
  /** The text without its examples. */
  readonly prose: string
  readonly examples: readonly Example[]
}

export function allPages(): readonly Page[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  return ['README.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)].sort().map(readPage)
}

function readPage(path: string): Page {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const examples: Example[] = []
  const prose: string[] = []
  let open: { language: string; lines: string[]; line: number } | null = null
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^```(.*)$/.exec(line)
    if (open !== null && fence) {
      examples.push({ language: open.language, text: `${open.lines.join('\n')}\n`, line: open.line })
      open = null
    } else if (open !== null) open.lines.push(line)
    else if (fence) open = { language: (fence[1] ?? '').trim(), lines: [], line: index + 2 }
    else prose.push(line)
  }
  if (open !== null) throw new Error(`${path}: the fence before line ${open.line} is not closed.`)
  return { path, text, prose: prose.join('\n'), examples }
}

/** The name that links to a heading go by. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}

/** Path that an example of a file names in its first line, as a comment. */
export function fileNamed({ text }: Example): string | null {
  return /^# ([\w./ -]+\.(?:yml|json))$/m.exec(text.split('\n', 1)[0] ?? '')?.[1] ?? null
}
