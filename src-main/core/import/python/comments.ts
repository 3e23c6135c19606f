/** Comments of a script: those above a request, and beside it, tell of it. */
import type { Tree } from '@lezer/common'
import type { Span } from './syntax.ts'

export interface Comment {
  readonly line: number
  /** Without the sign. */
  readonly text: string
  readonly isAlone: boolean
}

/** Comments that say nothing to a reader: `#!…`, encodings, and those for tools. */
const MACHINE = /^#(?:!|\s*-\*-|\s*(?:type|noqa|pylint|pragma|fmt|mypy|ruff|flake8|isort|nosec|coding|vim|noinspection|%%)\b)/i

export function commentsOf(tree: Tree, text: string, lineOf: (offset: number) => number): Comment[] {
  const comments: Comment[] = []
  tree.iterate({
    enter: (node) => {
      if (node.name !== 'Comment') return
      const whole = text.slice(node.from, node.to)
      const before = text.slice(text.lastIndexOf('\n', node.from - 1) + 1, node.from)
      if (!MACHINE.test(whole))
        comments.push({ line: lineOf(node.from), text: whole.replace(/^#+\s?/, '').trimEnd(), isAlone: before.trim() === '' })
    },
  })
  return comments
}

/**
 * Takes out those of a statement: above it without a blank line between, and beside or inside it.
 *
 * @param isBlank whether a line is
 */
export function takeComments(
  comments: Map<number, Comment>,
  span: Span,
  lineOf: (offset: number) => number,
  isBlank: (line: number) => boolean,
): string[] {
  const [first, last] = [lineOf(span.from), lineOf(span.to)]
  let start = first
  while (start > 1 && (comments.get(start - 1)?.isAlone === true || !isBlank(start - 1))) start -= 1
  const taken: string[] = []
  for (let line = start; line <= last; line += 1) {
    const comment = comments.get(line)
    if (!comment) continue
    taken.push(comment.text)
    comments.delete(line)
  }
  return taken
}
