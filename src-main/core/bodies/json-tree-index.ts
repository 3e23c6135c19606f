/** Builds the tree index of JSON that streams by. Several top-level values are the children of the list at the top. */
import { JsonScanner, type ScanProblem } from './json-scanner.ts'
import { TreeIndexer, type TreeIndex } from './tree-index.ts'

export interface StreamIndexer {
  /** Takes the next bytes. Nothing more need come once there is a problem. */
  readonly write: (bytes: Uint8Array) => void
  readonly problem: () => ScanProblem | null
  /** @param columnOf column from 1, in UTF-16 units, of an offset in the line that begins at another */
  readonly finish: (columnOf: (lineStart: number, offset: number) => number) => TreeIndex
}

/** @param start offset of the first byte that will be written */
export function indexJson(start: number): StreamIndexer {
  const indexer = new TreeIndexer(start)
  let tops = 0
  const scanner = new JsonScanner(
    {
      top: (at) => {
        // The value before is over only now: between two of them stands nothing.
        if (tops > 0) indexer.child(at)
        tops += 1
      },
      open: (at) => indexer.open(at, at + 1),
      close: (at, _depth, isEmpty) => {
        if (!isEmpty) indexer.child(at)
        indexer.close(at + 1)
      },
      comma: (at) => indexer.child(at + 1),
      colon: () => undefined,
    },
    start,
  )
  let end = start
  return {
    write: (bytes) => {
      if (scanner.problem === null) end = scanner.write(bytes)
    },
    problem: () => scanner.problem,
    finish: (columnOf) => {
      const problem = scanner.finish()
      if (scanner.isBehindValue) indexer.child(end)
      return indexer.finish(
        problem?.offset ?? end,
        problem && { line: problem.line, column: columnOf(problem.lineStart, problem.offset), reason: problem.reason },
      )
    },
  }
}
