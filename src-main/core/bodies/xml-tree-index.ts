/** Builds the tree index of XML that streams by: attributes are children, before what stands between the tags. */
import type { StreamIndexer } from './json-tree-index.ts'
import { TreeIndexer } from './tree-index.ts'
import { XmlScanner } from './xml-scanner.ts'

/** @param start offset of the first byte that will be written */
export function indexXml(start: number): StreamIndexer {
  const indexer = new TreeIndexer(start)
  const scanner = new XmlScanner(
    {
      open: (at) => indexer.open(at, at),
      attribute: () => indexer.child(null),
      inside: () => undefined,
      leaf: (_kind, _start, end) => indexer.child(end),
      close: (_contentEnd, end) => {
        indexer.close(end)
        indexer.child(end)
      },
    },
    start,
    false,
  )
  let end = start
  return {
    write: (bytes) => {
      if (scanner.problem === null) end = scanner.write(bytes)
    },
    problem: () => scanner.problem,
    finish: (columnOf) => {
      const problem = scanner.finish()
      return indexer.finish(
        problem?.offset ?? end,
        problem && { line: problem.line, column: columnOf(problem.lineStart, problem.offset), reason: problem.reason },
      )
    },
  }
}
